import Synchronization

/// Working memory for single queries, lent to one search at a time and all zero between them: a
/// number per article and one per term need not be made anew for each query.
///
/// A class, as it is shared by copies of an index; the lock is held for the lending only.
final class SearchMemory: Sendable {
  struct Lease: Sendable {
    /// A partial score per article.
    var sums: [Float]
    /// The query's weight per term.
    var weights: [Float]
  }

  private let articleCount: Int
  private let termCount: Int
  private let free = Mutex<[Lease]>([])

  init(articleCount: Int, termCount: Int) {
    self.articleCount = articleCount
    self.termCount = termCount
  }

  func take() -> Lease {
    free.withLock { $0.popLast() }
      ?? Lease(
        sums: [Float](repeating: 0, count: articleCount),
        weights: [Float](repeating: 0, count: termCount))
  }

  /// - Precondition: everything in it is zero again.
  func giveBack(_ lease: Lease) {
    free.withLock { $0.append(lease) }
  }
}
