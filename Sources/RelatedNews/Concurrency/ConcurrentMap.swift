import Dispatch
import Synchronization

/// The results of `body(0)`, …, `body(count - 1)` in this order, made on up to `jobs` cores.
///
/// Pieces are handed out one at a time, so a slow piece holds nobody up. `body` must be pure: what
/// it returns may depend on its argument only, and then the result never depends on `jobs`.
package func concurrentMap<Value: Sendable>(
  count: Int, jobs: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
  concurrentMap(count: count, jobs: jobs, workspace: ()) { _, piece in body(piece) }
    .results.map(\.result)
}

/// The same with something for each core to work with: what it remembers from piece to piece.
///
/// Which pieces a workspace saw depends on timing. What is made of all results and workspaces must
/// not; `worker` beside each result is the place of its workspace.
func concurrentMap<Workspace: Sendable, Value: Sendable>(
  count: Int, jobs: Int, workspace: Workspace,
  _ body: @Sendable (inout Workspace, Int) -> Value
) -> (results: [(worker: Int, result: Value)], workspaces: [Workspace]) {
  let workers = max(1, min(jobs, count))
  let observer = WorkObserver.current
  observer?.begin(pieces: count)
  let next = Atomic<Int>(0)
  let parts = Mutex<[(worker: Int, workspace: Workspace, results: [(Int, Value)])]>([])
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    var mine = workspace
    var results: [(Int, Value)] = []
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < count else { break }
      results.append((piece, body(&mine, piece)))
      observer?.finishPiece()
    }
    parts.withLock { $0.append((worker, mine, results)) }
  }
  let inOrder = parts.withLock { $0.sorted { $0.worker < $1.worker } }
  var results = [(worker: Int, result: Value)?](repeating: nil, count: count)
  for part in inOrder {
    for (piece, result) in part.results { results[piece] = (part.worker, result) }
  }
  return (results.compactMap { $0 }, inOrder.map(\.workspace))
}

/// What `concurrentMap` gives, where `body` may fail: the error is that of the first piece that
/// did.
func concurrentTryMap<Value: Sendable, Failure: Error>(
  count: Int, jobs: Int, _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  try concurrentTryMap(count: count, jobs: jobs, workspace: ()) { _, piece throws(Failure) in
    try body(piece)
  }
}

/// The same with something for each core to work with.
func concurrentTryMap<Workspace: Sendable, Value: Sendable, Failure: Error>(
  count: Int, jobs: Int, workspace: Workspace,
  _ body: @Sendable (inout Workspace, Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let (results, _) = concurrentMap(count: count, jobs: jobs, workspace: workspace) {
    workspace, piece in
    Result { () throws(Failure) in try body(&workspace, piece) }
  }
  var values: [Value] = []
  for (_, result) in results { values.append(try result.get()) }
  return values
}

/// `0..<count` cut into `pieces` ranges of nearly equal length, in order, none empty.
package func evenRanges(of count: Int, pieces: Int) -> [Range<Int>] {
  let pieces = max(1, min(pieces, count))
  return (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    .filter { !$0.isEmpty }
}
