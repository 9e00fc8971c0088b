import Foundation
import Synchronization

/// The bytes of one section, read from the file and verified block by block as they are asked for.
///
/// Memory has the shape of the section from the start but is anonymous: what is not asked for costs
/// nothing, and a file that shrinks or changes meanwhile cannot reach it. A class, as it is a cache
/// that all readers share; what it hands out never changes.
final class SectionBytes: Sendable {
  let entry: IndexFileHeader.Entry
  private let file: FileView
  private let tableOffset: Int
  private let memory: Memory
  private let state: Mutex<State>

  private struct State {
    /// Empty until the first block is asked for.
    var checksums: [UInt64] = []
    var isVerified: [Bool] = []
  }

  init(
    _ entry: IndexFileHeader.Entry, of file: FileView, tableOffset: Int
  ) throws(IndexFileError) {
    self.entry = entry
    self.file = file
    self.tableOffset = tableOffset
    guard let memory = Memory(length: entry.length) else {
      throw IndexFileError(.unreadable, file.path, "no memory for section \(entry.section)")
    }
    self.memory = memory
    state = Mutex(State())
  }

  var section: IndexSection { entry.section }
  var count: Int { entry.length }

  /// The bytes of a range, verified; at least eight more bytes behind them may be read.
  ///
  /// They live as long as this object.
  /// - Complexity: O(blocks that nobody asked for before).
  func bytes(_ range: Range<Int>) throws(IndexFileError) -> UnsafeRawBufferPointer {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw error("bytes \(range.lowerBound) to \(range.upperBound) of \(count)")
    }
    guard !range.isEmpty else { return UnsafeRawBufferPointer(start: memory.base, count: 0) }
    let size = IndexFileHeader.blockSize
    let blocks = range.lowerBound / size..<(range.upperBound - 1) / size + 1
    let failure: IndexFileError? = state.withLock { state in
      do throws(IndexFileError) {
        try verify(blocks, in: &state)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    return UnsafeRawBufferPointer(
      start: memory.base.advanced(by: range.lowerBound), count: range.count)
  }

  func all() throws(IndexFileError) -> UnsafeRawBufferPointer { try bytes(0..<count) }

  func error(_ text: String) -> IndexFileError {
    IndexFileError.inconsistent(section, text).inFile(file.path)
  }

  private func verify(_ blocks: Range<Int>, in state: inout State) throws(IndexFileError) {
    if state.isVerified.isEmpty { try readChecksums(into: &state) }
    var block = blocks.lowerBound
    while block < blocks.upperBound {
      guard !state.isVerified[block] else {
        block += 1
        continue
      }
      var end = block + 1
      while end < blocks.upperBound, !state.isVerified[end] { end += 1 }
      try read(block..<end, in: &state)
      block = end
    }
  }

  /// Blocks in a row cost one call of the system.
  private func read(_ blocks: Range<Int>, in state: inout State) throws(IndexFileError) {
    let size = IndexFileHeader.blockSize
    let range = blocks.lowerBound * size..<min(blocks.upperBound * size, count)
    let buffer = UnsafeMutableRawBufferPointer(
      start: memory.base.advanced(by: range.lowerBound), count: range.count)
    try file.read(into: buffer, at: entry.offset + range.lowerBound)
    for block in blocks {
      let bytes = UnsafeRawBufferPointer(
        start: memory.base.advanced(by: block * size), count: min(size, count - block * size))
      guard
        BlockChecksum.checksum(of: bytes, seed: Self.seed(of: section, block: block))
          == state.checksums[block]
      else {
        throw IndexFileError(
          .checksum, file.path,
          "section \(section), block \(block) (byte \(entry.offset + block * size)) is damaged; "
            + "build the index anew")
      }
      state.isVerified[block] = true
    }
  }

  private func readChecksums(into state: inout State) throws(IndexFileError) {
    let bytes = try file.bytes(at: tableOffset, count: entry.blockCount * 8)
    guard
      BlockChecksum.checksum(of: bytes, seed: Self.seed(of: section, block: -1))
        == entry.tableChecksum
    else {
      throw IndexFileError(
        .checksum, file.path,
        "the block checksums of section \(section) are damaged; build the index anew")
    }
    state.checksums = (0..<entry.blockCount).map { block in
      (0..<8).reduce(0) { $0 | UInt64(bytes[block * 8 + $1]) << UInt64(8 * $1) }
    }
    state.isVerified = [Bool](repeating: false, count: entry.blockCount)
  }

  /// Which block of which section; −1 is the table of the section's checksums.
  static func seed(of section: IndexSection, block: Int) -> UInt64 {
    UInt64(section.rawValue) << 48 | UInt64(truncatingIfNeeded: block) & 0xFFFF_FFFF_FFFF
  }
}

extension SectionBytes {
  /// Anonymous memory, zero until written. Written only under the lock of `SectionBytes`, each byte
  /// before anybody is handed it.
  private final class Memory: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    private let length: Int

    /// Nil where the system has none.
    init?(length: Int) {
      self.length = length + 64
      let pages = mmap(
        nil, self.length, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | Int32(MAP_ANONYMOUS) | Int32(MAP_NORESERVE), -1, 0)
      guard let pages, pages != MAP_FAILED else { return nil }
      base = pages
    }

    deinit { munmap(base, length) }
  }
}
