/// What a few articles say, with their terms and features numbered anew in the order of the whole
/// archive, with its settled frequencies.
struct LocalSpace {
  /// Beside each local term its number in the archive.
  let terms: [Int]
  /// The local pairs, by their numbers in the file; ascends.
  let pairs: [Int]
  /// With texts where explanations need them; else every term is empty.
  let vocabulary: Vocabulary
  let vectorizer: Vectorizer
  /// What the articles say, in local numbers.
  let sequences: TermSequences
  /// What the query says, in local numbers; nil without one.
  let query: TermSequences?

  /// The size of the archive is that of the file: no weight is another by what landed.
  init(
    of buffer: SequenceBuffer, query: QueryText?, file: IndexFile, lexicon: inout Lexicon,
    namesAll: Bool
  ) throws(IndexFileError) {
    let places = LocalTerms(
      buffer.words.lazy.map { $0.term }, query?.sequences.terms ?? [], of: file)
    let pairPlaces = NumberSet(
      buffer.words.lazy.map { $0.pair }, query?.pairs.map { UInt32($0.number) } ?? [],
      below: file.counts.pairs)
    terms = places.numbers
    pairs = pairPlaces.members
    sequences = TermSequences(
      terms: buffer.words.map { places.place(of: $0.term) ?? 0 },
      segmentStarts: buffer.segmentStarts, segmentFields: buffer.segmentFields,
      articleSegments: buffer.articleSegments)
    self.query = query.map { Self.renumbered($0.sequences, places: places) }
    vocabulary = try Self.vocabulary(terms, isNamed: namesAll, lexicon: &lexicon)
    let options = file.settings.vectors
    var features = LocalFeatures(termCount: terms.count, pairs: pairPlaces)
    features.add(buffer, terms: sequences.terms)
    if let query { try features.add(query, places: places, lexicon: &lexicon) }
    features.add(newTerms: terms, from: file.counts.terms)
    vectorizer = Vectorizer(
      features: try features.space(levels: options.maximumNgram),
      sharedRuns: options.splitsSharedRuns
        ? try Self.sharedRuns(
          buffer, terms: sequences.terms, query: query, places: places, termCount: terms.count)
        : nil,
      options: options, articleCount: file.counts.articles)
  }

  /// The feature of the archive that a local one is.
  func code(of feature: Int) -> FeatureCode {
    let features = vectorizer.features
    return feature < features.levelStarts[1]
      ? FeatureCode(term: terms[features.terms(of: feature)[0]])
      : FeatureCode(pair: pairs[feature - features.levelStarts[1]])
  }

  private static func renumbered(_ sequences: TermSequences, places: LocalTerms) -> TermSequences {
    TermSequences(
      terms: sequences.terms.map { places.place(of: $0) ?? 0 },
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

  /// Runs are known by hashes; local terms have local ones, as most of their texts are not read.
  private static func sharedRuns(
    _ buffer: SequenceBuffer, terms: [UInt32], query: QueryText?, places: LocalTerms,
    termCount: Int
  ) throws(IndexFileError) -> SharedRuns {
    var generator = SplitMix64(seed: 5)
    let hashes = (0..<termCount).map { _ in generator.next() }
    var counts: [UInt64: UInt8] = [:]
    func add(_ terms: [UInt32], count: UInt8) {
      // One paragraph of nothing but the run.
      let run = TermSequences(
        terms: terms, segmentStarts: [0, terms.count], segmentFields: [.body],
        articleSegments: [0, 1])
      SharedRuns.forEachRun(of: 0, in: run, termHashes: hashes) { hash, _ in counts[hash] = count }
    }
    for stretch in buffer.runs {
      let first = buffer.segmentStarts[buffer.articleSegments[stretch.article]]
      let end = buffer.segmentStarts[buffer.articleSegments[stretch.article + 1]]
      for start in first + stretch.start..<first + stretch.start + stretch.length {
        guard start + SharedRuns.runLength <= end else {
          throw .inconsistent(.sequences, "a run that ends behind its article")
        }
        add(Array(terms[start..<start + SharedRuns.runLength]), count: stretch.count)
      }
    }
    for run in query?.runs ?? [] {
      add(run.terms.map { places.place(of: $0) ?? 0 }, count: run.count)
    }
    return SharedRuns(
      counts.sorted { $0.key < $1.key }.map { (hash: $0.key, count: UInt32($0.value)) },
      termHashes: hashes)
  }
}
