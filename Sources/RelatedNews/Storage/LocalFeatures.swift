/// The terms and pairs of a few articles, by their local numbers, and in how many settled articles of
/// the whole archive each stands. In how many of all is known roughly, as no more is asked than whether
/// a term is a feature: stories that landed are not counted, nor of pairs the newest articles.
///
/// Reading an article looks up every term and pair of it: what was found then comes along with its
/// words, and is not looked up again.
struct LocalFeatures {
  private let pairs: NumberSet
  private var termFrequencies: [Int]
  private var settledFrequencies: [Int]
  private var settledPairFrequencies: [Int]
  /// Beside each pair its local terms.
  private var keys: [UInt64]

  /// - Parameter pairs: by their numbers in the file.
  init(termCount: Int, pairs: NumberSet) {
    self.pairs = pairs
    termFrequencies = [Int](repeating: 0, count: termCount)
    settledFrequencies = termFrequencies
    settledPairFrequencies = [Int](repeating: 0, count: pairs.count)
    keys = [UInt64](repeating: 0, count: pairs.count)
  }

  /// - Parameter terms: beside each word its local term.
  mutating func add(_ buffer: SequenceBuffer, terms: [UInt32]) {
    for (place, word) in buffer.words.enumerated() {
      termFrequencies[Int(terms[place])] = Int(word.documentFrequency)
      settledFrequencies[Int(terms[place])] = Int(word.settledFrequency)
      guard let pair = pairs.place(of: word.pair) else { continue }
      settledPairFrequencies[Int(pair)] = Int(word.settledPairFrequency)
      // A word that ends a pair follows another.
      keys[Int(pair)] = PairTable.key(terms[place - 1], terms[place])
    }
  }

  /// - Parameter places: of the terms, by their numbers in the archive.
  mutating func add(
    _ query: QueryText, places: LocalTerms, lexicon: inout Lexicon
  ) throws(IndexFileError) {
    for term in query.sequences.terms {
      guard let place = places.place(of: term) else { continue }
      let row = try lexicon.row(ofTerm: Int(term))
      termFrequencies[Int(place)] = row.documentFrequency
      settledFrequencies[Int(place)] = row.settledFrequency
    }
    for pair in query.pairs {
      guard let place = pairs.place(of: UInt32(pair.number)),
        let first = places.place(of: pair.first), let second = places.place(of: pair.second)
      else { continue }
      settledPairFrequencies[Int(place)] = pair.settledFrequency
      keys[Int(place)] = PairTable.key(first, second)
    }
  }

  /// New terms came with stories that landed, and are features too.
  ///
  /// - Parameter numbers: of the terms.
  mutating func add(newTerms numbers: [Int], from first: Int) {
    for (place, number) in numbers.enumerated() where number >= first { termFrequencies[place] = 1 }
  }

  /// - Parameter levels: the longest n-gram.
  func space(levels: Int) throws(IndexFileError) -> FeatureSpace {
    for place in keys.indices.dropFirst() where keys[place - 1] >= keys[place] {
      throw .inconsistent(.pairInfo, "pair \(pairs.members[place]) is not in order")
    }
    return FeatureSpace(
      terms: FeatureSpace.Frequencies(termFrequencies, settled: settledFrequencies),
      pairs: levels > 1 ? FeatureSpace.Frequencies(settledPairFrequencies) : nil, keys: keys)
  }
}
