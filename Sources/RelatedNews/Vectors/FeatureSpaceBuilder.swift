/// Counts in how many articles each term and n-gram stands, and keeps those within the bounds; of
/// n-grams only those that settled articles have: see `SettledArticles`.
struct FeatureSpaceBuilder {
  let options: VectorOptions
  let sequences: TermSequences
  let termCount: Int
  let jobs: Int

  func build() -> FeatureSpace {
    let n = sequences.articleCount
    let settled = SettledNumbers(of: n, options)
    let lower = options.minimumDocumentFrequency.articles(of: n)
    let upper = options.maximumDocumentFrequency.articles(of: n)
    var featureOfTerm = [UInt32](repeating: FeatureSpace.none, count: termCount)
    var termOfFeature: [UInt32] = []
    var frequencies: [Int] = []
    let termFrequencies = termFrequencies()
    if options.minimumNgram <= 1 {
      for (term, df) in termFrequencies.enumerated()
      where df > 0 && Double(df) >= lower && Double(df) <= upper {
        featureOfTerm[term] = UInt32(termOfFeature.count)
        termOfFeature.append(UInt32(term))
        frequencies.append(df)
      }
    }
    var levels: [PairTable] = []
    var levelStarts = [0, termOfFeature.count]
    for length in 2..<max(2, options.maximumNgram + 1) {
      let firsts = levels.last.map { [Int](repeating: 1, count: $0.allKeys.count) }
      let pairs = pairFrequencies(
        length: length, shorter: levels, from: settled.first,
        parts: Self.parts(of: firsts ?? termFrequencies))
      let isLast = length == options.maximumNgram
      let isFeature = { (df: Int) in
        length >= options.minimumNgram && df >= options.minimumNgramFrequency
          && Double(df) >= lower && Double(df) <= upper
      }
      let kept = pairs.filter { isFeature($0.df) }
      frequencies += kept.map(\.df)
      levels.append(
        PairTable(all: isLast ? kept.map(\.key) : pairs.map(\.key), kept: kept.map(\.key)))
      levelStarts.append(levelStarts[levelStarts.count - 1] + kept.count)
    }
    return FeatureSpace(
      featureOfTerm: featureOfTerm, termOfFeature: termOfFeature, levels: levels,
      levelStarts: levelStarts, documentFrequencies: frequencies, settledFrequencies: frequencies
    ).counting(unsettled: settled.first, of: sequences)
  }

  /// Together, as one look fetches both.
  private struct TermCount {
    var articles: UInt32 = 0
    /// One more than the last article of the term.
    var nextArticle: UInt32 = 0
  }

  /// In how many articles each term stands.
  private func termFrequencies() -> [Int] {
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var counts = [TermCount](repeating: TermCount(), count: termCount)
      for article in ranges[piece] {
        for position in sequences.termRange(ofArticle: article) {
          let term = Int(sequences.terms[position])
          guard counts[term].nextArticle != UInt32(article + 1) else { continue }
          counts[term].nextArticle = UInt32(article + 1)
          counts[term].articles += 1
        }
      }
      return counts.map { Int($0.articles) }
    }
    guard var total = parts.first else { return [Int](repeating: 0, count: termCount) }
    for part in parts.dropFirst() { for term in part.indices { total[term] += part[term] } }
    return total
  }

  /// The n-grams of `length`, as pairs of a shorter one and a term, ascending, with the number of
  /// settled articles that have each. One of too few can be the start of no feature either.
  ///
  /// - Parameters:
  ///   - first: the first settled article.
  ///   - parts: beside each first id a part of `SharedKeys`.
  private func pairFrequencies(
    length: Int, shorter: [PairTable], from first: Int, parts: [UInt8]
  ) -> [(key: UInt64, df: Int)] {
    SharedKeys.counted(
      articleCount: sequences.articleCount - first, minimum: options.minimumNgramFrequency,
      jobs: jobs, part: { Int(parts[Int($0 >> 32)]) }
    ) { article, body in
      for segment in sequences.segments(of: first + article) {
        forEachPair(of: segment, length: length, shorter: shorter, body)
      }
    }.map { ($0.key, $0.count) }
  }

  /// Beside each first id a part, so that all parts have about as many pairs.
  private static func parts(of frequencies: [Int]) -> [UInt8] {
    let total = frequencies.reduce(1, +)
    var before = 0
    return frequencies.map { frequency in
      defer { before += frequency }
      return UInt8(min(before * SharedKeys.partCount / max(1, total), SharedKeys.partCount - 1))
    }
  }

  @inline(__always)
  private func forEachPair(
    of segment: Int, length: Int, shorter: [PairTable], _ body: (UInt64) -> Void
  ) {
    let range = sequences.termRange(of: segment)
    guard range.count >= length else { return }
    for start in range.lowerBound...(range.upperBound - length) {
      var prefix = sequences.terms[start]
      var isKnown = true
      for level in 0..<(length - 2) {
        guard let slot = shorter[level].slot(of: prefix, sequences.terms[start + level + 1]) else {
          isKnown = false
          break
        }
        prefix = shorter[level].id(at: slot)
      }
      if isKnown { body(PairTable.key(prefix, sequences.terms[start + length - 1])) }
    }
  }
}
