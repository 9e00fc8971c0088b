extension FeaturePostings {
  /// The postings after some articles changed: equal to postings counted afresh.
  ///
  /// - Parameters:
  ///   - origins: beside each article now where it comes from.
  ///   - newFeatures: beside each feature of before its number now, or `FeatureSpace.none`; ascending.
  ///   - changed: the articles that are counted anew, ascending; all others are kept ones.
  ///   - rows: what these say.
  ///   - vectorizer: as it is now.
  ///   - weights: what the features weighed, as `weights(by:jobs:)` gave them.
  /// - Returns: the postings, and what the features weigh now; nil where that cannot be told.
  /// - Complexity: O(p), p the postings.
  func updated(
    origins: [ArticleOrigin], newFeatures: [UInt32], changed: [Int], rows: TermSequences,
    vectorizer: Vectorizer, weights: [Float], jobs: Int
  ) -> (postings: FeaturePostings, weights: [Float]?) {
    let featureCount = vectorizer.features.count
    let fresh = ArticleCounts(of: rows, vectorizer: vectorizer, jobs: jobs)
    let added = fresh.postings(featureCount: featureCount, numbers: changed)
    // In the same order, but by their place among those that changed, as scales stand.
    let addedWeights = fresh.postings(featureCount: featureCount)
      .weights(by: vectorizer, jobs: jobs)
    var newNumbers = [Int32](repeating: -1, count: scales.count)
    var newScales = [Double](repeating: 1, count: origins.count)
    for (number, origin) in origins.enumerated() {
      guard let old = origin.oldNumber else { continue }
      newNumbers[old] = Int32(number)
      newScales[number] = scales[old]
    }
    for (place, number) in changed.enumerated() {
      newScales[number] = fresh.scales[place]
      if let old = origins[number].oldNumber { newNumbers[old] = -1 }
    }
    var oldFeatures = [UInt32](repeating: FeatureSpace.none, count: featureCount)
    for (old, now) in newFeatures.enumerated() where now != FeatureSpace.none {
      oldFeatures[Int(now)] = UInt32(old)
    }
    let ranges = evenRanges(of: featureCount, pieces: jobs * 8)
    let source = PostingsSource(
      kept: self, keptWeights: weights, numbers: newNumbers, added: added,
      addedWeights: addedWeights ?? [Float](repeating: 0, count: added.articles.count))
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { [oldFeatures] piece in
      var part = PostingsPart(
        room: ranges[piece].reduce(0) {
          let old = oldFeatures[$1]
          return $0 + added.range(of: $1).count
            + (old == FeatureSpace.none ? 0 : range(of: Int(old)).count)
        })
      for feature in ranges[piece] {
        let old = oldFeatures[feature]
        part.append(
          old == FeatureSpace.none ? 0..<0 : range(of: Int(old)), added.range(of: feature),
          of: source)
      }
      part.close()
      return part
    }
    var starts = [0]
    starts.reserveCapacity(featureCount + 1)
    for part in parts {
      let first = starts[starts.count - 1]
      starts += part.ends.lazy.map { $0 + first }
    }
    let postings = FeaturePostings(
      starts: starts, articles: concurrentJoin(parts.map(\.articles), jobs: jobs),
      counts: concurrentJoin(parts.map(\.counts), jobs: jobs), scales: newScales)
    return (
      postings,
      addedWeights == nil ? nil : concurrentJoin(parts.map(\.weights), jobs: jobs)
    )
  }

  /// What was before and what comes in.
  private struct PostingsSource: Sendable {
    let kept: FeaturePostings
    let keptWeights: [Float]
    /// Beside each article of before its number now; -1 for one that is gone or counted anew.
    let numbers: [Int32]
    let added: FeaturePostings
    let addedWeights: [Float]
  }

  /// The postings of some features on their way together.
  private struct PostingsPart: Sendable {
    private(set) var ends: [Int] = []
    private(set) var articles: [Int32]
    private(set) var counts: [Float]
    private(set) var weights: [Float]
    private var count = 0

    /// - Parameter room: as many postings as there may be.
    init(room: Int) {
      articles = Array(repeating: 0, count: room)
      counts = Array(repeating: 0, count: room)
      weights = Array(repeating: 0, count: room)
    }

    /// Appends a feature: kept articles, renumbered, and changed ones between them.
    mutating func append(_ kept: Range<Int>, _ new: Range<Int>, of source: PostingsSource) {
      count = Self.merge(
        kept, new, of: source, to: &articles, counts: &counts, weights: &weights, from: count)
      ends.append(count)
    }

    /// - Returns: where the postings end.
    private static func merge(
      _ kept: Range<Int>, _ new: Range<Int>, of source: PostingsSource, to articles: inout [Int32],
      counts: inout [Float], weights: inout [Float], from start: Int
    ) -> Int {
      let numbers = source.numbers.span
      let keptArticles = source.kept.articles.span.extracting(kept)
      let keptCounts = source.kept.counts.span.extracting(kept)
      let keptWeights = source.keptWeights.span.extracting(kept)
      var articles = articles.mutableSpan
      var counts = counts.mutableSpan
      var weights = weights.mutableSpan
      var end = start
      var next = new.lowerBound
      for place in 0...kept.count {
        let article = place < kept.count ? numbers[Int(keptArticles[place])] : .max
        guard article >= 0 else { continue }
        while next < new.upperBound, source.added.articles[next] < article {
          articles[end] = source.added.articles[next]
          counts[end] = source.added.counts[next]
          weights[end] = source.addedWeights[next]
          end += 1
          next += 1
        }
        guard place < kept.count else { break }
        articles[end] = article
        counts[end] = keptCounts[place]
        weights[end] = keptWeights[place]
        end += 1
      }
      return end
    }

    /// Gives back the room that was not needed.
    mutating func close() {
      articles.removeLast(articles.count - count)
      counts.removeLast(counts.count - count)
      weights.removeLast(weights.count - count)
    }
  }
}
