/// Weights as 16-bit whole numbers, rounded down, and what that can hide.
///
/// With scale A a weight w becomes a = ⌊w·A⌋, and the product of two ⌊a·b / 2¹⁶⌋: sums of products
/// are counted in units of 2¹⁶ / A². A is chosen so that the longest article has length 65,000; by
/// Cauchy and Schwarz no sum of products then exceeds 16 bits, nor does one with a bound on top. A
/// unit of unit vectors is 0.000016.
///
/// Rounding down makes every sum a lower bound. What is lost a shared term is less than
/// (a + b + 1) / 2¹⁶ + 1 units: one by the product's own rounding, the rest as w·A is less than
/// a + 1. Over all shared terms that is at most `margin(of:)`: low + margin is an upper bound.
struct WeightQuantizer: Sendable {
  /// A.
  let scale: Double
  /// The greatest sum of a row's weights.
  private let largestSum: Double

  /// Nil where 16 bits say nothing: no weights at all, or some that are infinite.
  init?(_ articles: SparseMatrix) {
    var longest = 0.0
    var largestSum = 0.0
    for row in 0..<articles.rowCount {
      var squares = 0.0
      var sum = 0.0
      for place in articles.rowStarts[row]..<articles.rowStarts[row + 1] {
        let weight = Double(articles.weights[place])
        squares += weight * weight
        sum += weight
      }
      longest = max(longest, squares)
      largestSum = max(largestSum, sum)
    }
    guard longest > 0, longest.isFinite else { return nil }
    scale = 65000 / longest.squareRoot()
    self.largestSum = largestSum
  }

  func quantized(_ weight: Float) -> UInt16 {
    UInt16(truncatingIfNeeded: Int32(Double(weight) * scale))
  }

  /// A score in units, not rounded.
  func units(_ score: Float) -> Double { Double(score) * scale * scale / 65536 }

  /// A lower bound of a score that has so many units: less by more than the roundings of scores and of
  /// pair weights to `Float` make.
  func leastScore(_ units: UInt16) -> Float {
    Float((Double(units) - 3) * 65536 / (scale * scale))
  }

  /// How many units a sum of products of a row of `count` weights with any other row may be below
  /// the true one; three more for the rounding of scores to `Float` and of their pair weights.
  func margin(count: Int, sum: Double) -> UInt16 {
    let lost = Double(count) + (Double(count) + (sum + largestSum) * scale) / 65536
    return UInt16(min(65535, lost.rounded(.up) + 3))
  }
}
