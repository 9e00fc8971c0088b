import Foundation

/// Where "alike" begins to be more than chance, learned from the archive.
///
/// The floor is a high quantile of the *support* of pairs of the archive's own articles: their
/// cosine without the strongest shared term. Two articles that share one striking word, be it as
/// rare as you like, are not related by it; two that share a story share many. On digitalgov support
/// tells an author's own link from the best match of an article of another archive with an area under
/// the curve of .996 (the cosine .986, the final score .979).
///
/// The share of pairs above the floor falls with the archive's size, as a list chooses from more:
/// .15 for a thousand articles, 5/√n above, 10/n below, where a random pair is often a related one.
/// On digitalgov it empties half of the lists of 300 Reuters stories, which belong nowhere in it, and
/// costs less than .004 of nDCG@10; a third of the share would empty four of five, for .02. What lost:
/// extreme-value fits (the tail of random pairs *is* the related pairs: a floor above it took 27 %
/// of nDCG) and z-scores by source.
///
/// It keeps still while the archive grows: the pairs are those of the settled articles (see
/// `SettledArticles`) whose ids have the lowest hashes, their number counts in powers of two, and the
/// floor is rounded down to a 512th.
public enum ScoreFloor {
  /// Articles whose pairs are the sample: about 100,000 pairs.
  static let sampleSize = 448

  /// The share of pairs that score above the floor.
  static func tail(articles n: Int) -> Double {
    let n = exp2(log2(Double(n)).rounded(.down))
    return min(1, max(10 / n, min(0.15, 5 / n.squareRoot())))
  }

  /// - Parameter settledIDs: the ids of the settled articles, each at its row.
  /// - Complexity: O(n log s + s² · m), s the sample, m the features of an article.
  static func calibrated(
    to vectors: SparseMatrix, settledIDs: ArraySlice<String>, jobs: Int
  ) -> Float {
    guard settledIDs.count > 1 else { return 0 }
    let sample = sample(of: settledIDs)
    let (parts, _) = concurrentMap(
      count: sample.count, jobs: jobs, workspace: ExactScorer(articles: vectors)
    ) { scorer, a in
      scorer.load(sample[a])
      return sample[..<a].map { scorer.support($0) }
    }
    var supports = parts.flatMap(\.result)
    supports.sort(by: >)
    let index = Int(tail(articles: settledIDs.count) * Double(supports.count))
    return index < supports.count ? (supports[index] * 512).rounded(.down) / 512 : 0
  }

  /// The articles whose ids have the lowest hashes: an article that is added or removed changes the
  /// sample seldom, and then in one place.
  ///
  /// - Parameter ids: each at the number of its article.
  static func sample(of ids: ArraySlice<String>) -> [Int] {
    let hashes = ids.map(hash)
    let first = ids.startIndex
    let likely = likelySample(of: hashes)
    let order = likely.sorted { a, b in
      hashes[a] == hashes[b]
        ? ids[first + a].utf8.lexicographicallyPrecedes(ids[first + b].utf8)
        : hashes[a] < hashes[b]
    }
    return order.prefix(sampleSize).map { first + $0 }
  }

  /// Few articles that hold the sample for sure: those below a hash that a few more than `sampleSize`
  /// of so many are expected to be below; all of them where it does not come out so.
  private static func likelySample(of hashes: [UInt64]) -> [Int] {
    guard hashes.count > 4 * sampleSize else { return Array(hashes.indices) }
    let bound = UInt64.max / UInt64(hashes.count) * UInt64(2 * sampleSize)
    let likely = hashes.indices.filter { hashes[$0] < bound }
    return likely.count >= sampleSize ? likely : Array(hashes.indices)
  }

  /// Whether the floor of an archive is what it was before a change: its sample is of the same rows
  /// and none of them is another.
  ///
  /// - Parameters:
  ///   - old: the ids of the articles that were settled before, each at its number then.
  ///   - new: of those that are settled now.
  static func keepsStill(
    from old: ArraySlice<String>, to new: ArraySlice<String>, after change: RowChange
  ) -> Bool {
    guard old.count > 1, new.count > 1, tail(articles: old.count) == tail(articles: new.count)
    else { return false }
    let sample = sample(of: new)
    return sample.allSatisfy { !change.isChanged[$0] }
      && sample.map { change.oldRows[$0] } == self.sample(of: old).map(Optional.some)
  }

  /// FNV-1a, then mixed: the same in every run and on every machine, unlike `Hasher`.
  private static func hash(_ id: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    var mixed = SplitMix64(seed: hash)
    return mixed.next()
  }
}
