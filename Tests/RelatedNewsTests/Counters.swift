import Synchronization

/// Whole numbers that several tasks may count up and down.
final class Counters: Sendable {
  private let numbers: Mutex<[Int]>

  init(_ count: Int) { numbers = Mutex(Array(repeating: 0, count: count)) }

  subscript(place: Int) -> Int { numbers.withLock { $0[place] } }

  /// The sum after it.
  @discardableResult
  func add(_ number: Int, to place: Int) -> Int {
    numbers.withLock {
      $0[place] += number
      return $0[place]
    }
  }
}
