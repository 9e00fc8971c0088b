import Dispatch
import Synchronization

/// The results of `body(0)`, …, `body(count - 1)` in this order, made on up to `jobs` cores.
///
/// Pieces are handed out one at a time, so a slow piece holds nobody up. `body` must be pure: what
/// it returns may depend on its argument only, and then the result never depends on `jobs`.
package func concurrentMap<Result: Sendable>(
  count: Int, jobs: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let observer = WorkObserver.current
  observer?.begin(pieces: count)
  guard jobs > 1, count > 1 else {
    return (0..<count).map { piece in
      defer { observer?.finishPiece() }
      return body(piece)
    }
  }
  let next = Atomic<Int>(0)
  let parts = Mutex<[(Int, Result)]>([])
  DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
    var mine: [(Int, Result)] = []
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < count else { break }
      mine.append((piece, body(piece)))
      observer?.finishPiece()
    }
    parts.withLock { $0 += mine }
  }
  return parts.withLock { $0.sorted { $0.0 < $1.0 } }.map(\.1)
}

/// `0..<count` cut into `pieces` ranges of nearly equal length, in order, none empty.
package func evenRanges(of count: Int, pieces: Int) -> [Range<Int>] {
  let pieces = max(1, min(pieces, count))
  return (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    .filter { !$0.isEmpty }
}
