/// The paired randomization test: if two systems were one, each query's difference could as well
/// have the other sign. How often is the sum of differences then as far from 0 as it is?
///
/// Sources: Fisher, *The Design of Experiments*, 1935; Smucker, Allan, Carterette, "A comparison of
/// statistical significance tests for information retrieval evaluation", CIKM 2007.
package enum RandomizationTest {
  package struct Result: Sendable, Hashable {
    /// Two-sided.
    package let probability: Double
    /// Whether all signs were tried, or some of them drawn.
    package let isExact: Bool
  }

  /// Up to so many differences all signs are tried.
  static let exactLimit = 20
  static let draws = 100_000

  /// Differences of 0 change nothing whatever their sign and are left out first.
  ///
  /// - Complexity: O(2ⁿ) up to 20 differences other than 0, else O(draws · n).
  package static func test(_ differences: [Double], seed: UInt64 = 1, jobs: Int = 1) -> Result {
    let differences = differences.filter { $0 != 0 }
    guard !differences.isEmpty else { return Result(probability: 1, isExact: true) }
    return differences.count <= exactLimit
      ? exact(differences) : drawn(differences, seed: seed, jobs: jobs)
  }

  private static func exact(_ differences: [Double]) -> Result {
    let threshold = threshold(of: differences)
    // Gray's code: from one set of signs to the next a single sign changes.
    var sum = differences.reduce(0, +)
    var signs = [Double](repeating: 1, count: differences.count)
    var extreme = 1
    let count = 1 << differences.count
    for step in 1..<count {
      let flipped = step.trailingZeroBitCount
      signs[flipped] = -signs[flipped]
      sum += 2 * signs[flipped] * differences[flipped]
      if abs(sum) >= threshold { extreme += 1 }
    }
    return Result(probability: Double(extreme) / Double(count), isExact: true)
  }

  /// The observed signs count as one more draw, so that no probability is 0 (Phipson & Smyth 2010).
  private static func drawn(_ differences: [Double], seed: UInt64, jobs: Int) -> Result {
    let threshold = threshold(of: differences)
    let pieces = evenRanges(of: draws, pieces: 16)
    let extreme = concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var random = SeededRandom(seed: seed &* 1_000_033 &+ UInt64(piece))
      return pieces[piece].count { _ in
        abs(randomlySigned(differences, &random)) >= threshold
      }
    }.reduce(0, +)
    return Result(probability: Double(extreme + 1) / Double(draws + 1), isExact: false)
  }

  private static func randomlySigned(
    _ differences: [Double], _ random: inout SeededRandom
  ) -> Double {
    var sum = 0.0
    var bits: UInt64 = 0
    for (index, difference) in differences.enumerated() {
      if index % 64 == 0 { bits = random.next() }
      sum += bits & 1 == 0 ? difference : -difference
      bits >>= 1
    }
    return sum
  }

  /// Sums in another order differ in their last bits: what equals the observed one must count.
  private static func threshold(of differences: [Double]) -> Double {
    abs(differences.reduce(0, +)) - 1e-12 * differences.reduce(0) { $0 + abs($1) }
  }
}
