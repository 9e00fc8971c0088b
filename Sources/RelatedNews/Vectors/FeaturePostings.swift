/// How often each feature stands in each article, by feature: what an index file keeps of vectors, as
/// weights follow from it with the same bits.
///
/// Feature 3 stands twice in article 5 and once in article 9: between `starts[3]` and `starts[4]`,
/// `articles` has 5 and 9, `counts` 2 and 1.
package struct FeaturePostings: Sendable, Hashable {
  package let starts: [Int]
  /// Ascending within a feature.
  package let articles: [Int32]
  package let counts: [Float]
  /// Beside each article what its weights are multiplied by; 1 where they are not normalised.
  package let scales: [Double]

  /// - Precondition: as many counts as articles.
  init(starts: [Int], articles: [Int32], counts: [Float], scales: [Double]) {
    precondition(starts.first == 0 && starts.last == articles.count)
    precondition(articles.count == counts.count)
    self.starts = starts
    self.articles = articles
    self.counts = counts
    self.scales = scales
  }

  /// Counts them all.
  ///
  /// - Complexity: O(terms of all articles).
  package init(of sequences: TermSequences, vectorizer: Vectorizer, jobs: Int) {
    self = ArticleCounts(of: sequences, vectorizer: vectorizer, jobs: jobs)
      .postings(featureCount: vectorizer.features.count)
  }

  package var featureCount: Int { starts.count - 1 }

  /// Whether each feature stands in as many articles as `features` says.
  func haveFrequencies(of features: FeatureSpace) -> Bool {
    featureCount == features.count
      && features.documentFrequencies.enumerated().allSatisfy { range(of: $0).count == $1 }
  }

  func range(of feature: Int) -> Range<Int> { starts[feature]..<starts[feature + 1] }
}

extension FeaturePostings {
  /// Beside each of `articles` what the feature weighs there, bit for bit as in the article's vector.
  ///
  /// Nil where the vectors cannot be told from it: where a weight follows from more than a count, or
  /// is 0, as vectors leave such features out, or where the scales make no sense.
  /// - Complexity: O(p), p the postings.
  func weights(by vectorizer: Vectorizer, jobs: Int) -> [Float]? {
    let scheme = vectorizer.options.weighting.articles
    guard scheme.termFrequency.followsFromCount, vectorizer.features.count == featureCount
    else { return nil }
    let termWeights = TermWeights(of: scheme)
    let ranges = evenRanges(of: featureCount, pieces: jobs * 8)
    let parts: [[Float]?] = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part: [Float] = []
      part.reserveCapacity(starts[ranges[piece].upperBound] - starts[ranges[piece].lowerBound])
      for feature in ranges[piece] {
        let idf = vectorizer.idf(feature)
        for place in range(of: feature) {
          let weight = termWeights.weight(of: counts[place]) * idf
          guard weight > 0 else { return nil }
          guard scheme.normalization == .cosine else {
            part.append(Float(weight))
            continue
          }
          let scale = scales[Int(articles[place])]
          guard weight * scale < Self.greatest else { return nil }
          part.append(FeatureCounter.normalized(weight, scale: scale))
        }
      }
      return part
    }
    guard !parts.contains(nil) else { return nil }
    return concurrentJoin(parts.compactMap { $0 }, jobs: jobs)
  }

  /// A weight in units of 2⁻²⁴ is a whole number that fits 62 bits.
  private static let greatest = 4e18

  /// The vectors of the articles: the same by article.
  ///
  /// Each core goes through all features for the articles of its own.
  /// - Parameter weights: as `weights(by:jobs:)` gives them.
  /// - Complexity: O(p), p the postings, and for each core a search in those of each feature.
  func matrix(of weights: [Float], jobs: Int) -> SparseMatrix {
    let ranges = evenRanges(of: scales.count, pieces: min(jobs, Self.mostParts))
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { rows(ranges[$0], of: weights) }
    return SparseMatrix(joining: parts, termCount: featureCount, jobs: jobs)
  }

  /// More cores than these would search more than they write.
  private static let mostParts = 32

  private func rows(_ rows: Range<Int>, of weights: [Float]) -> MatrixRows {
    /// Beside each row how many features it has; then where its next one goes, in the end where it ends.
    var ends = [Int](repeating: 0, count: rows.count)
    let articles = articles.span
    for feature in 0..<featureCount {
      for place in places(of: rows, in: range(of: feature)) {
        ends[Int(articles[place]) - rows.lowerBound] += 1
      }
    }
    var count = 0
    for row in ends.indices {
      let start = count
      count += ends[row]
      ends[row] = start
    }
    var features = [UInt32](repeating: 0, count: count)
    var transposed = [Float](repeating: 0, count: count)
    do {
      let weights = weights.span
      var ends = ends.mutableSpan
      var features = features.mutableSpan
      var transposed = transposed.mutableSpan
      for feature in 0..<featureCount {
        for place in places(of: rows, in: range(of: feature)) {
          let row = Int(articles[place]) - rows.lowerBound
          let slot = ends[row]
          features[slot] = UInt32(truncatingIfNeeded: feature)
          transposed[slot] = weights[place]
          ends[row] = slot + 1
        }
      }
    }
    return MatrixRows(ends: ends, termIDs: features, weights: transposed)
  }

  /// The part of a feature's postings that is of some articles.
  @inline(__always)
  private func places(of rows: Range<Int>, in range: Range<Int>) -> Range<Int> {
    let start = firstPlace(notBelow: rows.lowerBound, in: range)
    return start..<firstPlace(notBelow: rows.upperBound, in: start..<range.upperBound)
  }

  private func firstPlace(notBelow article: Int, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(articles[middle]) < article { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
