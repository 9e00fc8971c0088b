/// The cosine below which two articles look no more alike than chance, learned from the archive.
///
/// The floor is a high quantile of the cosines of random pairs of the archive's own articles. The
/// share of pairs above it falls with the archive's size, as a list chooses from more: .025 for a
/// few thousand articles, 3/√n above, 10/n below, where a random pair is often a related one. On
/// digitalgov it empties two of three lists of articles that belong to another archive and costs .1 %
/// of nDCG@10. What lost: extreme-value fits (the tail of random pairs *is* the related pairs: a
/// floor above it took 27 % of nDCG) and z-scores by source.
public enum ScoreFloor {
  /// Pairs drawn at most.
  static let sampleSize = 100_000

  /// The share of random pairs that score above the floor.
  static func tail(articles n: Int) -> Double {
    let n = Double(n)
    return min(1, max(10 / n, min(0.08, 3 / n.squareRoot())))
  }

  /// - Complexity: O(sample · m), m the features of an article.
  static func calibrated(to vectors: SparseMatrix, jobs: Int) -> Float {
    let n = vectors.rowCount
    guard n > 1 else { return 0 }
    let pieces = 64
    let count = min(sampleSize, n * (n - 1) / 2) / pieces + 1
    var cosines = concurrentMap(count: pieces, jobs: jobs) { piece in
      var random = SplitMix64(seed: UInt64(piece))
      return (0..<count).map { _ in
        let a = Int(random.next() % UInt64(n))
        let b = (a + 1 + Int(random.next() % UInt64(n - 1))) % n
        return vectors[a].dot(vectors[b])
      }
    }.flatMap { $0 }
    cosines.sort(by: >)
    let index = Int(tail(articles: n) * Double(cosines.count))
    return index < cosines.count ? cosines[index] : 0
  }
}

/// A small random generator with a seed, for samples that are the same in every run.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
