/// What tells at a glance that two articles are no versions of one: a bit for each shingle.
///
/// A bit of the one that the other has not stands for a shingle of the one, at least, that the other
/// has not. So the share of shingles in common is bounded from above, and most pairs are done with.
struct ShingleSketch: Sendable {
  private var bits = SIMD8<UInt64>()
  /// Shingles, repeated ones too.
  private var count = 0

  /// - Parameter shingles: hashes, in any order.
  init(of shingles: [UInt64]) {
    count = shingles.count
    for hash in shingles {
      // The upper bits: the lower ones of a product are the poorer ones.
      bits[Int(hash >> 61)] |= 1 << (hash >> 55 & 63)
    }
  }

  /// An upper bound of `NearDuplicates.containment`, whichever of the two is the shorter.
  static func greatestContainment(_ a: ShingleSketch, _ b: ShingleSketch) -> Double {
    max(a.greatestShare(in: b), b.greatestShare(in: a))
  }

  private func greatestShare(in other: ShingleSketch) -> Double {
    let missing = bits & ~other.bits
    var misses = 0
    for lane in 0..<SIMD8<UInt64>.scalarCount { misses += missing[lane].nonzeroBitCount }
    return count == 0 ? 0 : 1 - Double(misses) / Double(count)
  }
}
