extension FeaturePostings {
  /// The postings after some articles changed: equal to postings counted afresh.
  ///
  /// - Parameters:
  ///   - origins: beside each article now where it comes from.
  ///   - newFeatures: beside each feature of before its number now, or `FeatureSpace.none`; ascending.
  ///   - changed: the articles that are counted anew, ascending; all others are kept ones.
  ///   - rows: what these say.
  ///   - vectorizer: as it is now.
  /// - Complexity: O(p), p the postings.
  func updated(
    origins: [ArticleOrigin], newFeatures: [UInt32], changed: [Int], rows: TermSequences,
    vectorizer: Vectorizer, jobs: Int
  ) -> FeaturePostings {
    let featureCount = vectorizer.features.count
    let fresh = ArticleCounts(of: rows, vectorizer: vectorizer, jobs: jobs)
    let added = fresh.postings(featureCount: featureCount, numbers: changed)
    /// Beside each article of before its number now; -1 for one that is gone or counted anew.
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
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { [newNumbers, oldFeatures] piece in
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
          self, old == FeatureSpace.none ? 0..<0 : range(of: Int(old)), numbers: newNumbers,
          added: added, added.range(of: feature))
      }
      return part
    }
    var starts = [0]
    starts.reserveCapacity(featureCount + 1)
    for part in parts {
      let first = starts[starts.count - 1]
      starts += part.ends.lazy.map { $0 + first }
    }
    return FeaturePostings(
      starts: starts, articles: concurrentJoin(parts.map(\.articles), jobs: jobs),
      counts: concurrentJoin(parts.map(\.counts), jobs: jobs), scales: newScales)
  }

  /// The postings of some features on their way together.
  private struct PostingsPart: Sendable {
    private(set) var ends: [Int] = []
    private(set) var articles: [Int32] = []
    private(set) var counts: [Float] = []

    mutating func reserve(_ count: Int) {
      articles.reserveCapacity(count)
      counts.reserveCapacity(count)
    }

    /// Appends a feature: kept articles, renumbered, and changed ones between them.
    mutating func append(
      _ old: FeaturePostings, _ kept: Range<Int>, numbers: [Int32], added: FeaturePostings,
      _ new: Range<Int>
    ) {
      var next = new.lowerBound
      for place in kept {
        let article = numbers[Int(old.articles[place])]
        guard article >= 0 else { continue }
        while next < new.upperBound, added.articles[next] < article {
          append(added, next)
          next += 1
        }
        articles.append(article)
        counts.append(old.counts[place])
      }
      for place in next..<new.upperBound { append(added, place) }
      ends.append(articles.count)
    }

    private mutating func append(_ added: FeaturePostings, _ place: Int) {
      articles.append(added.articles[place])
      counts.append(added.counts[place])
    }
  }
}
