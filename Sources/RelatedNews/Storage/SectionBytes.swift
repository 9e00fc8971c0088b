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
  /// Where its bytes go; each is written by who holds its stripe, before anybody is handed it.
  private let room: SectionMemory.Room
  /// The bytes of the blocks' checksums, empty until the first block is asked for.
  private let checksums = Mutex<[UInt8]>([])
  /// Set by who holds the stripe of a block only.
  private let isVerified: BlockFlags
  /// Blocks are read by whoever holds their stripe, so that several cores may read at once.
  private let stripes: [Stripe]

  init(
    _ entry: IndexFileHeader.Entry, of file: FileView, tableOffset: Int, in memory: SectionMemory
  ) {
    self.entry = entry
    self.file = file
    self.tableOffset = tableOffset
    room = memory.room(for: entry.section)
    isVerified = BlockFlags(count: entry.blockCount)
    let stripeCount = (entry.blockCount + Stripe.size - 1) / Stripe.size
    stripes = (0..<min(Stripe.most, stripeCount)).map { _ in Stripe() }
  }

  var section: IndexSection { entry.section }
  var count: Int { entry.length }

  /// So many bytes behind any range may be looked at.
  static let slack = 64

  /// The bytes of a range, verified; `slack` more bytes behind them may be looked at.
  ///
  /// They live as long as this object.
  /// - Complexity: O(blocks that nobody asked for before).
  func bytes(_ range: Range<Int>) throws(IndexFileError) -> UnsafeRawBufferPointer {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw error("bytes \(range.lowerBound) to \(range.upperBound) of \(count)")
    }
    guard !range.isEmpty else { return UnsafeRawBufferPointer(start: room.base, count: 0) }
    let blocks = Self.blocks(of: range)
    if !areVerified(blocks) { try verify(blocks) }
    return UnsafeRawBufferPointer(
      start: room.base.advanced(by: range.lowerBound), count: range.count)
  }

  /// The same for who looks at them once: what nobody asked for before goes to `memory`, and is not
  /// kept.
  ///
  /// They live until `memory` is used again.
  /// - Parameter memory: nil to keep them.
  func bytes(
    _ range: Range<Int>, once memory: PassingMemory?
  ) throws(IndexFileError) -> UnsafeRawBufferPointer {
    let size = IndexFileHeader.blockSize
    guard let memory, !range.isEmpty, range.lowerBound >= 0, range.upperBound <= count else {
      return try bytes(range)
    }
    let blocks = Self.blocks(of: range)
    guard !areVerified(blocks) else { return try bytes(range) }
    let checksums = try allChecksums()
    let start = blocks.lowerBound * size
    let length = min(blocks.upperBound * size, count) - start
    let buffer = memory.room(for: length, slack: Self.slack)
    try file.read(into: buffer, at: entry.offset + start)
    for block in blocks {
      let place = (block - blocks.lowerBound) * size
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[place..<min(place + size, length)])
      guard isRight(bytes, block: block, checksums: checksums) else { throw damaged(block) }
    }
    return UnsafeRawBufferPointer(
      rebasing: buffer[range.lowerBound - start..<range.upperBound - start])
  }

  func all() throws(IndexFileError) -> UnsafeRawBufferPointer { try bytes(0..<count) }

  /// The bytes of the checksums of all blocks, verified.
  func checksumTable() throws(IndexFileError) -> [UInt8] {
    entry.blockCount == 0 ? [] : try allChecksums()
  }

  func error(_ text: String) -> IndexFileError {
    IndexFileError.inconsistent(section, text).inFile(file.path)
  }

  /// - Precondition: the range is not empty.
  private static func blocks(of range: Range<Int>) -> Range<Int> {
    let size = IndexFileHeader.blockSize
    return range.lowerBound / size..<(range.upperBound - 1) / size + 1
  }

  private func areVerified(_ blocks: Range<Int>) -> Bool {
    blocks.allSatisfy { isVerified[$0] }
  }

  private func verify(_ blocks: Range<Int>) throws(IndexFileError) {
    let checksums = try allChecksums()
    var start = blocks.lowerBound
    while start < blocks.upperBound {
      let stripe = start / Stripe.size
      let part = start..<min(blocks.upperBound, (stripe + 1) * Stripe.size)
      try stripes[stripe % stripes.count].lock.withLock { _ throws(IndexFileError) in
        try verify(part, by: checksums)
      }
      start = part.upperBound
    }
  }

  /// - Precondition: the stripe of the blocks is held.
  private func verify(_ blocks: Range<Int>, by checksums: [UInt8]) throws(IndexFileError) {
    var block = blocks.lowerBound
    while block < blocks.upperBound {
      guard !isVerified[block] else {
        block += 1
        continue
      }
      var end = block + 1
      while end < blocks.upperBound, !isVerified[end] { end += 1 }
      try read(around(block..<end), wanted: block..<end, checksums: checksums)
      block = end
    }
  }

  /// The blocks, and those beside them that are read in one go with them (`IndexSection.blocksAtOnce`).
  private func around(_ blocks: Range<Int>) -> Range<Int> {
    let step = section.blocksAtOnce
    guard step > 1 else { return blocks }
    let first = blocks.lowerBound / step * step
    let last = min((blocks.upperBound + step - 1) / step * step, entry.blockCount)
    var (start, end) = (blocks.lowerBound, blocks.upperBound)
    // What was handed out is never written again.
    while start > first, !isVerified[start - 1] { start -= 1 }
    while end < last, !isVerified[end] { end += 1 }
    return start..<end
  }

  /// Blocks in a row cost one call of the system. Damage in blocks that nobody wanted yet is found
  /// by who wants them.
  private func read(
    _ blocks: Range<Int>, wanted: Range<Int>, checksums: [UInt8]
  ) throws(IndexFileError) {
    let size = IndexFileHeader.blockSize
    let range = blocks.lowerBound * size..<min(blocks.upperBound * size, count)
    let buffer = UnsafeMutableRawBufferPointer(
      start: room.base.advanced(by: range.lowerBound), count: range.count)
    try file.read(into: buffer, at: entry.offset + range.lowerBound)
    for block in blocks {
      let bytes = UnsafeRawBufferPointer(
        start: room.base.advanced(by: block * size), count: min(size, count - block * size))
      guard isRight(bytes, block: block, checksums: checksums) else {
        guard wanted.contains(block) else { continue }
        throw damaged(block)
      }
      isVerified.set(block)
    }
  }

  private func isRight(_ bytes: UnsafeRawBufferPointer, block: Int, checksums: [UInt8]) -> Bool {
    let expected = checksums.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: block * 8, as: UInt64.self))
    }
    return BlockChecksum.checksum(of: bytes, seed: Self.seed(of: section, block: block)) == expected
  }

  private func damaged(_ block: Int) -> IndexFileError {
    IndexFileError(
      .checksum, file.path,
      "section \(section), block \(block) "
        + "(byte \(entry.offset + block * IndexFileHeader.blockSize)) is damaged; "
        + "build the index anew")
  }

  private func allChecksums() throws(IndexFileError) -> [UInt8] {
    try checksums.withLock { checksums throws(IndexFileError) in
      if checksums.isEmpty { checksums = try readChecksums() }
      return checksums
    }
  }

  private func readChecksums() throws(IndexFileError) -> [UInt8] {
    let bytes = try file.bytes(at: tableOffset, count: entry.blockCount * 8)
    guard
      BlockChecksum.checksum(of: bytes, seed: Self.seed(of: section, block: -1))
        == entry.tableChecksum
    else {
      throw IndexFileError(
        .checksum, file.path,
        "the block checksums of section \(section) are damaged; build the index anew")
    }
    return bytes
  }

  /// Which block of which section; −1 is the table of the section's checksums.
  static func seed(of section: IndexSection, block: Int) -> UInt64 {
    UInt64(section.rawValue) << 48 | UInt64(truncatingIfNeeded: block) & 0xFFFF_FFFF_FFFF
  }
}

extension SectionBytes {
  /// A lock for so many blocks in a row, and for others far from them.
  private final class Stripe: Sendable {
    /// A multiple of every section's `blocksAtOnce`.
    static let size = 64
    static let most = 64
    let lock = Mutex(())
  }
}
