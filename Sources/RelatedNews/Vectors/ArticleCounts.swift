/// How often each feature stands in each article, article by article, and what makes their vectors
/// length 1: what `FeaturePostings` are made of.
struct ArticleCounts: Sendable {
  /// Beside each article where its features end.
  private(set) var ends: [Int] = []
  private(set) var features: [UInt32] = []
  private(set) var counts: [Float] = []
  /// Beside each article what its weights are multiplied by; 1 where they are not normalised.
  private(set) var scales: [Double] = []

  /// - Complexity: O(terms of all articles), spread over `jobs` cores.
  init(of sequences: TermSequences, vectorizer: Vectorizer, jobs: Int) {
    let termWeights = TermWeights(of: vectorizer.options.weighting.articles)
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = ArticleCounts()
      var counter = FeatureCounter(vectorizer: vectorizer)
      for article in ranges[piece] {
        counter.add(article, of: sequences)
        part.append(counter.takeCounts(), termWeights: termWeights, vectorizer: vectorizer)
      }
      return part
    }
    for part in parts {
      let first = features.count
      ends += part.ends.map { $0 + first }
      features += part.features
      counts += part.counts
      scales += part.scales
    }
  }

  private init() {}

  private mutating func append(
    _ counted: [(feature: UInt32, count: Float)], termWeights: TermWeights,
    vectorizer: Vectorizer
  ) {
    var squares = 0.0
    for (feature, count) in counted {
      features.append(feature)
      counts.append(count)
      let weight = termWeights.weight(of: count) * vectorizer.idf(Int(feature))
      if weight > 0 { squares += weight * weight }
    }
    ends.append(features.count)
    let isNormalized =
      vectorizer.options.weighting.articles.normalization == .cosine && squares > 0
    scales.append(isNormalized ? FeatureCounter.scale(squares: squares) : 1)
  }

  /// The same by feature.
  ///
  /// - Parameter numbers: beside each of these articles, which ascend, its number; nil where it is its
  ///   place.
  func postings(featureCount: Int, numbers: [Int]? = nil) -> FeaturePostings {
    var starts = [Int](repeating: 0, count: featureCount + 1)
    for feature in features { starts[Int(feature) + 1] += 1 }
    for feature in 0..<featureCount { starts[feature + 1] += starts[feature] }
    var free = starts
    var articles = [Int32](repeating: 0, count: features.count)
    var transposed = [Float](repeating: 0, count: features.count)
    var start = 0
    for (place, end) in ends.enumerated() {
      let article = Int32(numbers?[place] ?? place)
      for i in start..<end {
        let slot = free[Int(features[i])]
        articles[slot] = article
        transposed[slot] = counts[i]
        free[Int(features[i])] += 1
      }
      start = end
    }
    return FeaturePostings(starts: starts, articles: articles, counts: transposed, scales: scales)
  }
}
