import Foundation

/// The regularized incomplete beta function Iₓ(a, b), from which the tail of Student's t comes.
///
/// By its continued fraction (DLMF 8.17.22), evaluated with Lentz's method as Thompson and Barnett
/// have it (J. Comput. Phys. 64, 1986).
enum IncompleteBeta {
  /// - Precondition: a and b are above 0, x is from 0 to 1.
  static func regularized(_ x: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast below the mean; beyond it the other tail does.
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(1 - x, a: b, b: a) }
    let front =
      exp(
        lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * fraction(x, a: a, b: b)
  }

  private static func fraction(_ x: Double, a: Double, b: Double) -> Double {
    let tiny = 1e-300
    var (f, c, d) = (1.0, 1.0, 0.0)
    for step in 0..<1_000 {
      let m = Double(step / 2)
      let numerator =
        step == 0
        ? 1.0
        : step % 2 == 0
          ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
          : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + numerator * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + numerator / c
      if abs(c) < tiny { c = tiny }
      f *= c * d
      if abs(1 - c * d) < 1e-15 { break }
    }
    return f - 1
  }
}

/// Student's t distribution.
package enum StudentT {
  /// The probability of a t as far from 0 as this, or further: 0.05 for 2.262 and 9 degrees of
  /// freedom.
  package static func twoSidedProbability(_ t: Double, degreesOfFreedom: Double) -> Double {
    if t.isInfinite { return 0 }
    let x = degreesOfFreedom / (degreesOfFreedom + t * t)
    return IncompleteBeta.regularized(x, a: degreesOfFreedom / 2, b: 0.5)
  }
}
