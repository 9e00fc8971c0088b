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
      var part = PostingsPart()
      part.reserve(
        ranges[piece].reduce(0) {
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
    private(set) var articles: [Int32] = []
    private(set) var counts: [Float] = []
    private(set) var weights: [Float] = []

    mutating func reserve(_ count: Int) {
      articles.reserveCapacity(count)
      counts.reserveCapacity(count)
      weights.reserveCapacity(count)
    }

    /// Appends a feature: kept articles, renumbered, and changed ones between them.
    mutating func append(_ kept: Range<Int>, _ new: Range<Int>, of source: PostingsSource) {
      var next = new.lowerBound
      for place in kept {
        let article = source.numbers[Int(source.kept.articles[place])]
        guard article >= 0 else { continue }
        while next < new.upperBound, source.added.articles[next] < article {
          append(added: next, of: source)
          next += 1
        }
        articles.append(article)
        counts.append(source.kept.counts[place])
        weights.append(source.keptWeights[place])
      }
      for place in next..<new.upperBound { append(added: place, of: source) }
      ends.append(articles.count)
    }

    private mutating func append(added place: Int, of source: PostingsSource) {
      articles.append(source.added.articles[place])
      counts.append(source.added.counts[place])
      weights.append(source.addedWeights[place])
    }
  }
}
