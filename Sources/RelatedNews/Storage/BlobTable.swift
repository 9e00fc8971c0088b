/// Pieces of different length, each to be had without the others: the end of each, in as many bytes
/// as the length of the whole needs, then their bytes.
struct BlobTable: Sendable {
  private let bytes: SectionBytes
  private let count: Int
  /// Of an offset, in bytes.
  private let width: Int
  private let mask: UInt64
  private let dataStart: Int

  init(_ bytes: SectionBytes, count: Int) throws(IndexFileError) {
    width = byteWidth(below: bytes.count + 1)
    guard count >= 0, bytes.count / width >= count else {
      throw bytes.error("\(bytes.count) bytes for \(count) pieces")
    }
    self.bytes = bytes
    self.count = count
    mask = .max >> UInt64(64 - 8 * width)
    dataStart = count * width
  }

  /// - Precondition: `index` is below the count.
  func blob(_ index: Int) throws(IndexFileError) -> UnsafeRawBufferPointer {
    try bytes.bytes(try range(of: index))
  }

  private func range(of index: Int) throws(IndexFileError) -> Range<Int> {
    let first = max(0, index - 1)
    let offsets = try bytes.bytes(first * width..<(index + 1) * width)
    let start = index == 0 ? 0 : offset(offsets, at: 0)
    let end = offset(offsets, at: index == 0 ? 0 : width)
    guard start <= end, end <= bytes.count - dataStart else {
      throw bytes.error("piece \(index) from \(start) to \(end)")
    }
    return dataStart + start..<dataStart + end
  }

  /// Unsafe: looks at eight bytes, some behind the offsets, where a section has room.
  private func offset(_ offsets: UnsafeRawBufferPointer, at place: Int) -> Int {
    guard let base = offsets.baseAddress else { return 0 }
    let bytes = base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    return Int(UInt64(littleEndian: bytes) & mask)
  }

  /// The pieces of `parts`, one after the other.
  static func encoded(_ parts: [BlobPieces]) -> [UInt8] {
    let count = parts.reduce(0) { $0 + $1.ends.count }
    let dataLength = parts.reduce(0) { $0 + $1.bytes.count }
    // The narrowest that fits, which is the one that the length tells again.
    var width = 1
    while byteWidth(below: count * width + dataLength + 1) > width { width += 1 }
    var result: [UInt8] = []
    result.reserveCapacity(count * width + dataLength)
    var start = 0
    for part in parts {
      for end in part.ends { result.append(UInt64(start + end), width: width) }
      start += part.bytes.count
    }
    for part in parts { result += part.bytes }
    return result
  }

  /// How many pieces `count` things make, `size` in each.
  static func pieces(of count: Int, size: Int) -> Int { (count + size - 1) / size }
}
