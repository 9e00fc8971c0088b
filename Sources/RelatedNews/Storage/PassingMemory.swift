/// Memory for bytes that are looked at once, used again for the next ones.
///
/// A page that is written for the first time costs more than what is copied to it, and what was read
/// a moment ago is in the cache. Unsafe: what it handed out is gone when it is used again. A class, as
/// it owns the memory; used by one task.
final class PassingMemory {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)

  /// Most lists of postings are shorter.
  private static let fewestBytes = 1 << 16

  /// Room for `count` bytes, behind which `slack` more may be looked at.
  func room(for count: Int, slack: Int) -> UnsafeMutableRawBufferPointer {
    if memory.count < count + slack {
      memory.deallocate()
      memory = .allocate(byteCount: max(Self.fewestBytes, (count + slack) * 2), alignment: 64)
      // What is looked at behind the bytes is anything, but it is something.
      memory.initializeMemory(as: UInt8.self, repeating: 0)
    }
    return UnsafeMutableRawBufferPointer(rebasing: memory[..<count])
  }

  deinit { memory.deallocate() }
}
