/// The weights of how often a term stands in an article, with those of whole counts made ahead: no
/// power or logarithm an occurrence.
struct TermWeights: Sendable {
  private let scheme: Weighting.Scheme
  /// Of the counts 0, 1, 2, …; empty where a weight depends on the other terms of the article.
  private let known: [Double]

  init(of scheme: Weighting.Scheme) {
    self.scheme = scheme
    known =
      scheme.termFrequency.followsFromCount
      ? (0..<64).map { scheme.termWeight(frequency: Double($0), maximum: 1, average: 1) } : []
  }

  /// - Parameters:
  ///   - maximum: the greatest count of the article; any where weights follow from counts alone.
  ///   - average: likewise its mean.
  @inline(__always)
  func weight(of count: Float, maximum: Double = 1, average: Double = 1) -> Double {
    let whole = count < Float(known.count) ? Int(count) : 0
    return count == Float(whole) && whole > 0
      ? known[whole]
      : scheme.termWeight(frequency: Double(count), maximum: maximum, average: average)
  }
}

extension Weighting.TermFrequency {
  /// Whether the weight of a term depends on nothing but how often it stands in the article.
  var followsFromCount: Bool { self != .augmented && self != .logAverage }
}
