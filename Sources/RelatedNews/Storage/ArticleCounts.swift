/// How often each feature stands in each article, and what makes their vectors length 1: what
/// postings are made of.
struct ArticleCounts: Sendable {
  /// Beside each article where its features end.
  var ends: [Int] = []
  var features: [UInt32] = []
  var counts: [Float] = []
  /// Beside each article what its weights are multiplied by; 1 where they are not normalised.
  var scales: [Double] = []

  /// - Complexity: O(terms of all articles), spread over `jobs` cores.
  init(of archive: Archive, jobs: Int) {
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = ArticleCounts()
      var counter = FeatureCounter(vectorizer: archive.vectorizer)
      for article in ranges[piece] { part.append(article, of: archive, counter: &counter) }
      return part
    }
    for part in parts {
      ends += part.ends.map { $0 + features.count }
      features += part.features
      counts += part.counts
      scales += part.scales
    }
  }

  private init() {}

  private mutating func append(
    _ article: Int, of archive: Archive, counter: inout FeatureCounter
  ) {
    let vectorizer = archive.vectorizer
    counter.add(article, of: archive.analysis.sequences)
    let counted = counter.takeCounts()
    let scheme = vectorizer.options.weighting.articles
    var squares = 0.0
    for (feature, count) in counted {
      features.append(feature)
      counts.append(count)
      let weight =
        scheme.termWeight(frequency: Double(count), maximum: 0, average: 1)
        * vectorizer.idf(Int(feature))
      if weight > 0 { squares += weight * weight }
    }
    ends.append(features.count)
    let isNormalized = scheme.normalization == .cosine && squares > 0
    scales.append(isNormalized ? FeatureCounter.scale(squares: squares) : 1)
  }

  /// The same by feature: the articles that have it, ascending, and how often.
  func postings(featureCount: Int) -> FeaturePostings {
    var starts = [Int](repeating: 0, count: featureCount + 1)
    for feature in features { starts[Int(feature) + 1] += 1 }
    for feature in 0..<featureCount { starts[feature + 1] += starts[feature] }
    var free = starts
    var articles = [Int](repeating: 0, count: features.count)
    var transposed = [Float](repeating: 0, count: features.count)
    var start = 0
    for (article, end) in ends.enumerated() {
      for place in start..<end {
        let slot = free[Int(features[place])]
        articles[slot] = article
        transposed[slot] = counts[place]
        free[Int(features[place])] += 1
      }
      start = end
    }
    return FeaturePostings(starts: starts, articles: articles, counts: transposed)
  }
}

/// Of each feature the articles that have it.
struct FeaturePostings: Sendable {
  let starts: [Int]
  let articles: [Int]
  let counts: [Float]

  func range(of feature: Int) -> Range<Int> { starts[feature]..<starts[feature + 1] }
}
