/// The terms and features of a few articles, numbered anew in the order of the whole archive, with
/// its document frequencies.
struct LocalSpace {
  /// Beside each local term its number in the file; ascends.
  let terms: [Int]
  /// The local pairs, by their numbers in the file; ascends.
  let pairs: [Int]
  /// With texts where explanations need them; else every term is empty.
  let vocabulary: Vocabulary
  let vectorizer: Vectorizer
  /// What the query says, in local numbers; nil without one.
  let query: TermSequences?

  /// The terms again: each one's place is its local number.
  private let places: NumberSet

  init(
    of buffer: SequenceBuffer, query: QueryText?, file: IndexFile, lexicon: inout Lexicon,
    namesAll: Bool
  ) throws(IndexFileError) {
    places = NumberSet(buffer.terms, query?.sequences.terms ?? [], below: file.counts.terms)
    terms = places.members
    pairs =
      NumberSet(
        buffer.pairs, query?.pairs.map(UInt32.init) ?? [], below: file.counts.pairs
      ).members
    self.query = query.map { [places] in Self.renumbered($0.sequences, places: places) }
    vocabulary = try Self.vocabulary(terms, isNamed: namesAll, lexicon: &lexicon)
    let options = file.settings.vectors
    vectorizer = Vectorizer(
      features: try Self.features(
        terms: terms, pairs: pairs, places: places, levels: options.maximumNgram,
        lexicon: &lexicon),
      sharedRuns: options.splitsSharedRuns
        ? try Self.sharedRuns(buffer, query: query, places: places, termCount: terms.count) : nil,
      options: options, articleCount: file.count)
  }

  func sequences(of buffer: SequenceBuffer) -> TermSequences {
    Self.renumbered(
      TermSequences(
        terms: buffer.terms, segmentStarts: buffer.segmentStarts,
        segmentFields: buffer.segmentFields, articleSegments: buffer.articleSegments),
      places: places)
  }

  private static func renumbered(_ sequences: TermSequences, places: NumberSet) -> TermSequences {
    TermSequences(
      terms: sequences.terms.map { places.place(of: Int($0)) ?? 0 },
      segmentStarts: sequences.segmentStarts,
      segmentFields: sequences.segmentFields, articleSegments: sequences.articleSegments)
  }

  private static func vocabulary(
    _ terms: [Int], isNamed: Bool, lexicon: inout Lexicon
  ) throws(IndexFileError) -> Vocabulary {
    guard isNamed else {
      let none = FlatStrings(starts: [Int](repeating: 0, count: terms.count + 1), utf8: [])
      return Vocabulary(terms: none, displayForms: none)
    }
    var texts: [String] = []
    var forms: [String] = []
    for term in terms {
      texts.append(String(decoding: try lexicon.text(ofTerm: term), as: UTF8.self))
      forms.append(try lexicon.displayForm(ofTerm: term))
    }
    return Vocabulary(terms: FlatStrings(texts), displayForms: FlatStrings(forms))
  }

  private static func features(
    terms: [Int], pairs: [Int], places: NumberSet, levels: Int, lexicon: inout Lexicon
  ) throws(IndexFileError) -> FeatureSpace {
    var featureOfTerm = [UInt32](repeating: FeatureSpace.none, count: terms.count)
    var termOfFeature: [UInt32] = []
    var frequencies: [Int] = []
    var keys: [UInt64] = []
    var frequenciesOfPairs: [Int] = []
    frequencies.reserveCapacity(terms.count + pairs.count)
    keys.reserveCapacity(pairs.count)
    frequenciesOfPairs.reserveCapacity(pairs.count)
    var rest = pairs[...]
    for (local, term) in terms.enumerated() {
      let row = try lexicon.row(ofTerm: term)
      if row.documentFrequency > 0 {
        featureOfTerm[local] = UInt32(termOfFeature.count)
        termOfFeature.append(UInt32(local))
        frequencies.append(row.documentFrequency)
      }
      while let pair = rest.first, pair < row.pairStart + row.pairCount {
        let (second, frequency) = try lexicon.secondAndFrequency(ofPair: pair)
        guard pair >= row.pairStart, let place = places.place(of: second) else {
          throw .inconsistent(.pairInfo, "pair \(pair) of terms that are not there")
        }
        let key = PairTable.key(UInt32(local), place)
        guard keys.last.map({ $0 < key }) ?? true else {
          throw .inconsistent(.pairInfo, "pair \(pair) is not in order")
        }
        keys.append(key)
        frequenciesOfPairs.append(frequency)
        rest.removeFirst()
      }
    }
    guard rest.isEmpty else { throw .inconsistent(.pairInfo, "a pair of no term") }
    frequencies += frequenciesOfPairs
    let hasPairs = levels > 1
    return FeatureSpace(
      featureOfTerm: featureOfTerm, termOfFeature: termOfFeature,
      levels: hasPairs ? [PairTable(all: keys, kept: keys)] : [],
      levelStarts: [0, termOfFeature.count] + (hasPairs ? [frequencies.count] : []),
      documentFrequencies: frequencies)
  }

  /// Runs are known by hashes; local terms have local ones, as most of their texts are not read.
  private static func sharedRuns(
    _ buffer: SequenceBuffer, query: QueryText?, places: NumberSet, termCount: Int
  ) throws(IndexFileError) -> SharedRuns {
    var generator = SplitMix64(seed: 5)
    let hashes = (0..<termCount).map { _ in generator.next() }
    var counts: [UInt64: UInt8] = [:]
    func add(_ terms: some Collection<UInt32>, count: UInt8) {
      // One paragraph of nothing but the run.
      let run = TermSequences(
        terms: terms.map { places.place(of: Int($0)) ?? 0 }, segmentStarts: [0, terms.count],
        segmentFields: [.body], articleSegments: [0, 1])
      SharedRuns.forEachRun(of: 0, in: run, termHashes: hashes) { hash, _ in counts[hash] = count }
    }
    for stretch in buffer.runs {
      let first = buffer.segmentStarts[buffer.articleSegments[stretch.article]]
      let end = buffer.segmentStarts[buffer.articleSegments[stretch.article + 1]]
      for start in first + stretch.start..<first + stretch.start + stretch.length {
        guard start + SharedRuns.runLength <= end else {
          throw .inconsistent(.sequences, "a run that ends behind its article")
        }
        add(buffer.terms[start..<start + SharedRuns.runLength], count: stretch.count)
      }
    }
    for run in query?.runs ?? [] { add(run.terms, count: run.count) }
    return SharedRuns(
      counts.sorted { $0.key < $1.key }.map { (hash: $0.key, count: UInt32($0.value)) },
      termHashes: hashes)
  }
}
