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
    let padding = [Double](repeating: 0, count: (4 - differences.count % 4) % 4)
    let patterns = (differences + padding).map(\.bitPattern)
    let pieces = evenRanges(of: draws, pieces: 16)
    let extreme = concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var random = SplitMix64(seed: seed &* 1_000_033 &+ UInt64(piece))
      return pieces[piece].count { _ in
        abs(randomlySigned(patterns, &random)) >= threshold
      }
    }.reduce(0, +)
    return Result(probability: Double(extreme + 1) / Double(draws + 1), isExact: false)
  }

  /// The sum with random signs.
  ///
  /// A sign is a bit, put in by XOR: a branch on a random bit is mispredicted every other time. Four
  /// sums side by side do not wait for each other. Together 5 times faster: 23 s of the processor
  /// became 4 s for 10,000 queries and nine measures.
  ///
  /// - Precondition: the patterns are padded with those of 0 to a multiple of four.
  private static func randomlySigned(
    _ patterns: [UInt64], _ random: inout SplitMix64
  ) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var bits: UInt64 = 0
    for index in stride(from: 0, to: patterns.count, by: 4) {
      if index % 64 == 0 { bits = random.next() }
      a += Double(bitPattern: patterns[index] ^ (bits << 63))
      b += Double(bitPattern: patterns[index + 1] ^ ((bits >> 1) << 63))
      c += Double(bitPattern: patterns[index + 2] ^ ((bits >> 2) << 63))
      d += Double(bitPattern: patterns[index + 3] ^ ((bits >> 3) << 63))
      bits >>= 4
    }
    return (a + b) + (c + d)
  }

  /// Sums in another order differ in their last bits: what equals the observed one must count.
  private static func threshold(of differences: [Double]) -> Double {
    abs(differences.reduce(0, +)) - 1e-12 * differences.reduce(0) { $0 + abs($1) }
  }
}
