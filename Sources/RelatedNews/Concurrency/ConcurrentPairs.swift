import Dispatch
import Synchronization

/// Calls `body` for every pair (row, column) of `0..<count` with row ≤ column that `isWanted`, once, on
/// up to `jobs` cores; at no time do two cores hold the same number, so each may change what belongs to its two.
///
/// A core keeps its column as long as it finds a free row, so that what it prepares for a column in
/// its workspace serves many pairs. The order of the calls depends on timing; what they compute must
/// not. A core that finds every remaining pair taken by others' numbers leaves the rest to them: no
/// one ever waits.
func concurrentPairs<Workspace>(
  of count: Int, where isWanted: (_ row: Int, _ column: Int) -> Bool, jobs: Int,
  workspace: @Sendable () -> Workspace,
  _ body: @Sendable (inout Workspace, _ row: Int, _ column: Int) -> Void
) {
  let observer = WorkObserver.current
  let rows = (0..<count).map { column in (0...column).filter { isWanted($0, column) } }
  observer?.begin(pieces: rows.reduce(0) { $0 + $1.count })
  let schedule = Mutex(PairSchedule(rows: rows))
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
    var mine = workspace()
    var last: PairSchedule.Pair?
    while let pair = schedule.withLock({ $0.next(after: last) }) {
      body(&mine, pair.row, pair.column)
      observer?.finishPiece()
      last = pair
    }
  }
}

/// Which pairs are left and which numbers are in somebody's hands.
private struct PairSchedule {
  struct Pair {
    let row: Int
    let column: Int
  }

  /// For each column the rows that it has not met, the highest last.
  private var rows: [[Int]]
  private var isTaken: [Bool]

  init(rows: [[Int]]) {
    self.rows = rows
    isTaken = Array(repeating: false, count: rows.count)
  }

  /// Gives back the numbers of the last pair and hands out another, of the same column if any.
  mutating func next(after last: Pair?) -> Pair? {
    if let last {
      isTaken[last.row] = false
      isTaken[last.column] = false
      if let pair = take(column: last.column) { return pair }
    }
    // Long columns first, so that little is left when one core has nothing more to do.
    for column in rows.indices.reversed() {
      if let pair = take(column: column) { return pair }
    }
    return nil
  }

  private mutating func take(column: Int) -> Pair? {
    guard !isTaken[column], let place = rows[column].lastIndex(where: { !isTaken[$0] }) else {
      return nil
    }
    let row = rows[column].remove(at: place)
    isTaken[row] = true
    isTaken[column] = true
    return Pair(row: row, column: column)
  }
}
