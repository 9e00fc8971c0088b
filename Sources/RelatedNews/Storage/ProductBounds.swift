/// What the dot products of a vector with all articles are at least and at most.
///
/// An article's weights are its counts' weights times its scale, rounded to multiples of 2⁻²⁴; the
/// sums are of floats, of what the scale multiplies. So a sum times its scale is off by
/// - the rounding of the weights: at most 2⁻²⁵ times the sum of the vector's weights,
/// - the rounding of products and additions: 2⁻²⁴ of the sum for each.
///
/// Twice as much is allowed for here.
struct ProductBounds: Sendable {
  /// Beside each article what its postings add up to; 0 where it shares nothing.
  let sums: [Float]
  private let unit: Double
  private let relative: Double
  private let absolute: Double

  /// - Parameters:
  ///   - isNormalized: whether the weights of articles are scaled.
  ///   - additions: how many numbers a sum is made of, at most.
  ///   - weightSum: of the vector.
  init(sums: [Float], isNormalized: Bool, additions: Int, weightSum: Double) {
    self.sums = sums
    unit = isNormalized ? 1 / 16_777_216 : 0
    relative = Double(additions + 8) / 8_388_608
    absolute = isNormalized ? weightSum / 16_777_216 : 0
  }

  /// - Parameter scale: the article's.
  @inline(__always)
  func bounds(of article: Int, scale: Double) -> (least: Float, most: Float) {
    let product = Double(sums[article]) * (unit > 0 ? scale * unit : 1)
    return (
      Float(product * (1 - relative) - absolute), Float(product * (1 + relative) + absolute)
    )
  }
}
