import Dispatch
import Synchronization

/// Calls `body` for every pair of `0..<count` that `isWanted`, which is asked with the lower number
/// first; once, either way round, on up to `jobs` cores. At no time do two cores hold the same number,
/// so each may change what belongs to its two.
///
/// Numbers with many pairs left are chosen first, so that at the end two cores find pairs that share
/// none, and meet themselves first when they are chosen; a core keeps its column for some pairs, as
/// what it prepares for a column in its workspace serves them all. The order of the calls depends on
/// timing; what they compute must not. A core that finds every remaining pair taken by others' numbers
/// leaves the rest to them: no one ever waits.
func concurrentPairs<Workspace>(
  of count: Int, where isWanted: (_ row: Int, _ column: Int) -> Bool, jobs: Int,
  workspace: @Sendable () -> Workspace,
  _ body: @Sendable (inout Workspace, _ row: Int, _ column: Int) -> Void
) {
  let observer = WorkObserver.current
  let pairs = PairSchedule(count: count, where: isWanted)
  observer?.begin(pieces: pairs.count)
  let schedule = Mutex(pairs)
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
    var next = schedule.withLock { $0.next(after: nil) }
    guard next != nil else { return }
    var mine = workspace()
    while let pair = next {
      body(&mine, pair.row, pair.column)
      observer?.finishPiece()
      next = schedule.withLock { $0.next(after: pair) }
    }
  }
}

/// Which pairs are left and which numbers are in somebody's hands.
private struct PairSchedule {
  struct Pair {
    let row: Int
    let column: Int
  }

  /// As many pairs.
  let count: Int
  /// For each number those that it has not met; itself at most once.
  private var partners: [[Int]]
  private var isTaken: [Bool]

  init(count: Int, where isWanted: (_ row: Int, _ column: Int) -> Bool) {
    partners = (0..<count).map { number in
      (0..<count).filter { isWanted(min(number, $0), max(number, $0)) }
    }
    isTaken = Array(repeating: false, count: count)
    self.count = partners.enumerated().reduce(0) { sum, number in
      sum + number.element.count { $0 <= number.offset }
    }
  }

  /// Gives back the numbers of the last pair and hands out another.
  ///
  /// - Complexity: O(n log n), n the count of numbers, unless many are taken.
  mutating func next(after last: Pair?) -> Pair? {
    if let last {
      isTaken[last.row] = false
      isTaken[last.column] = false
    }
    let most = partners.lazy.map(\.count).max() ?? 0
    if let last, partners[last.column].count >= most - most / 8,
      let pair = take(last.column)
    {
      return pair
    }
    for number in partners.indices.sorted(by: { partners[$0].count > partners[$1].count }) {
      if let pair = take(number) { return pair }
    }
    return nil
  }

  /// Takes a number, if it is free, with the free one that has most pairs left, itself first: what a
  /// number learns of itself serves it when it meets others.
  private mutating func take(_ number: Int) -> Pair? {
    guard !isTaken[number] else { return nil }
    var best: Int?
    for place in partners[number].indices where !isTaken[partners[number][place]] {
      let left = remaining(partners[number][place], beside: number)
      if best.map({ left > remaining(partners[number][$0], beside: number) }) ?? true {
        best = place
      }
    }
    guard let best else { return nil }
    let partner = partners[number].remove(at: best)
    if partner != number { partners[partner].removeAll { $0 == number } }
    isTaken[number] = true
    isTaken[partner] = true
    return Pair(row: partner, column: number)
  }

  private func remaining(_ partner: Int, beside number: Int) -> Int {
    partner == number ? .max : partners[partner].count
  }
}
