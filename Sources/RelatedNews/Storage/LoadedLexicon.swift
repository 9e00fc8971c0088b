/// The terms, pairs and words of an index file, all in memory: for reading everything.
struct LoadedLexicon: Sendable {
  let counts: IndexCounts
  private(set) var terms: [TermRow] = []
  private(set) var pairs: [PairRow] = []
  /// Beside each word its term.
  private(set) var termOfWord: [UInt32] = []
  /// By rank.
  private(set) var frequentWords: [UInt32] = []

  /// Reads and checks that rows follow each other without a gap.
  init(of file: IndexFile, jobs: Int) throws(IndexFileError) {
    counts = file.counts
    try readTerms(of: file, jobs: jobs)
    try readPairs(of: file, jobs: jobs)
    let column = try SectionColumn(
      file.section(.frequentWords), width: byteWidth(below: counts.words))
    frequentWords.reserveCapacity(counts.frequentWords)
    for rank in 0..<counts.frequentWords {
      guard column[rank] < UInt64(counts.words) else {
        throw .inconsistent(.frequentWords, "word \(column[rank]) of \(counts.words)")
      }
      frequentWords.append(UInt32(column[rank]))
    }
    try readWordStarts(of: file)
  }

  /// One bit a word says whether it is the first of its term, as the terms say too.
  private mutating func readWordStarts(of file: IndexFile) throws(IndexFileError) {
    let bytes = try file.section(.wordStarts).all()
    termOfWord.reserveCapacity(counts.words)
    for (term, row) in terms.enumerated() {
      for place in 0..<row.wordCount {
        let word = row.wordStart + place
        let isFirst = bytes[word >> 3] >> UInt8(word & 7) & 1 == 1
        guard isFirst == (place == 0) else {
          throw .inconsistent(.wordStarts, "word \(word) is not of term \(term)")
        }
        termOfWord.append(UInt32(term))
      }
    }
  }

  private mutating func readTerms(of file: IndexFile, jobs: Int) throws(IndexFileError) {
    let parts = try file.parts(
      .termInfo, of: counts.terms, size: TermRow.group, jobs: jobs, from: [TermRow]()
    ) { [counts] rows, piece, range throws(IndexFileError) in
      try TermRow.append(piece, count: range.count, counts: counts, to: &rows)
    }
    terms = concurrentJoin(parts, jobs: jobs)
    var next = TermRow()
    for (term, row) in terms.enumerated() {
      guard row.wordStart == next.wordStart, row.pairStart == next.pairStart else {
        throw .inconsistent(.termInfo, "term \(term) does not start where the last one ends")
      }
      next.wordStart += row.wordCount
      next.pairStart += row.pairCount
    }
    guard next.wordStart == counts.words, next.pairStart == counts.pairs else {
      throw .inconsistent(.termInfo, "words or pairs of no term")
    }
  }

  private mutating func readPairs(of file: IndexFile, jobs: Int) throws(IndexFileError) {
    let parts = try file.parts(
      .pairInfo, of: counts.pairs, size: PairRow.group, jobs: jobs, from: [PairRow]()
    ) { [counts] rows, piece, range throws(IndexFileError) in
      try PairRow.append(
        piece, count: range.count, counts: counts, fewest: file.settings.fewestOfPair,
        to: &rows)
    }
    pairs = concurrentJoin(parts, jobs: jobs)
    for row in terms {
      for pair in (row.pairStart..<row.pairStart + row.pairCount).dropFirst()
      where pairs[pair - 1].second >= pairs[pair].second {
        throw .inconsistent(.pairInfo, "pair \(pair) is not in order")
      }
    }
  }

  /// The features as the vectorizer has them.
  ///
  /// - Precondition: the file has postings.
  func featureSpace(levels: Int) -> FeatureSpace {
    var keys: [UInt64] = []
    keys.reserveCapacity(pairs.count)
    for (term, row) in terms.enumerated() {
      for pair in row.pairStart..<row.pairStart + row.pairCount {
        keys.append(PairTable.key(UInt32(term), UInt32(pairs[pair].second)))
      }
    }
    return FeatureSpace(
      terms: FeatureSpace.Frequencies(
        terms.map(\.documentFrequency), settled: terms.map(\.settledFrequency)),
      pairs: levels > 1
        ? FeatureSpace.Frequencies(
          pairs.map(\.documentFrequency), settled: pairs.map(\.settledFrequency)) : nil,
      keys: keys)
  }
}
