/// Confidence intervals by resampling: which queries were judged is chance, so they are drawn again,
/// with replacement, and the middle 95 % of the means are the interval.
///
/// Source: Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13 (percentiles).
package enum Bootstrap {
  /// Ten thousand draws; for very many queries fewer, as their means hardly differ.
  static func drawCount(for count: Int) -> Int {
    max(1_000, min(10_000, 50_000_000 / max(1, count)))
  }

  /// The 95 % interval of the mean of each column; all columns see the same draws. Nil for fewer
  /// than two rows.
  ///
  /// - Parameter columns: values by row; all of one length.
  /// - Complexity: O(draws · rows · columns).
  package static func intervals(
    ofMeans columns: [[Double]], seed: UInt64 = 1, jobs: Int = 1
  ) -> [ClosedRange<Double>?] {
    let count = columns.first?.count ?? 0
    guard count > 1 else { return columns.map { _ in nil } }
    let draws = drawCount(for: count)
    // Each piece has a seed of its own, so the draws do not depend on the jobs.
    let pieces = evenRanges(of: draws, pieces: 16)
    let means = concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var random = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(piece))
      return pieces[piece].map { _ in Self.means(of: columns, count, &random) }
    }.flatMap { $0 }
    return columns.indices.map { column in
      let sorted = means.map { $0[column] }.sorted()
      return quantile(0.025, of: sorted)...quantile(0.975, of: sorted)
    }
  }

  /// Between the two nearest values, as R's type 7 and NumPy's default.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  private static func means(
    of columns: [[Double]], _ count: Int, _ random: inout SplitMix64
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: columns.count)
    for _ in 0..<count {
      let row = random.next(below: count)
      for column in columns.indices { sums[column] += columns[column][row] }
    }
    return sums.map { $0 / Double(count) }
  }
}
