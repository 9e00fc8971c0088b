import Synchronization

/// A bit for each block of a section, which any task may look at while another sets more.
///
/// Unsafe: atomics in plain memory, as arrays hold none; allocated and freed with the object, and
/// never looked at beyond `count`. `@unchecked`: nothing but atomics is shared.
final class BlockFlags: @unchecked Sendable {
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let wordCount: Int
  let count: Int

  init(count: Int) {
    self.count = count
    wordCount = (count + 63) / 64
    words = .allocate(capacity: wordCount)
    for word in 0..<wordCount { (words + word).initialize(to: Atomic(0)) }
  }

  deinit {
    words.deinitialize(count: wordCount)
    words.deallocate()
  }

  /// - Precondition: `block` is below the count.
  subscript(block: Int) -> Bool {
    precondition(block >= 0 && block < count)
    // Who sees the bit sees what was done before it was set.
    return words[block >> 6].load(ordering: .acquiring) >> UInt64(block & 63) & 1 != 0
  }

  /// - Precondition: `block` is below the count.
  func set(_ block: Int) {
    precondition(block >= 0 && block < count)
    words[block >> 6].bitwiseOr(1 << UInt64(block & 63), ordering: .releasing)
  }
}
