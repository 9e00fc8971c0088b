/// Pieces of different length, each to be had without the others: five bytes for the end of each,
/// then their bytes.
struct BlobTable: Sendable {
  private static let offsetWidth = 5
  private let bytes: SectionBytes
  private let count: Int
  private var dataStart: Int { count * Self.offsetWidth }

  init(_ bytes: SectionBytes, count: Int) throws(IndexFileError) {
    guard count >= 0, bytes.count / Self.offsetWidth >= count else {
      throw bytes.error("\(bytes.count) bytes for \(count) pieces")
    }
    self.bytes = bytes
    self.count = count
  }

  /// - Precondition: `index` is below the count.
  func blob(_ index: Int) throws(IndexFileError) -> UnsafeRawBufferPointer {
    try bytes.bytes(try range(of: index))
  }

  private func range(of index: Int) throws(IndexFileError) -> Range<Int> {
    let first = max(0, index - 1)
    let offsets = try bytes.bytes(first * Self.offsetWidth..<(index + 1) * Self.offsetWidth)
    let start = index == 0 ? 0 : Self.offset(offsets, at: 0)
    let end = Self.offset(offsets, at: index == 0 ? 0 : Self.offsetWidth)
    guard start <= end, end <= bytes.count - dataStart else {
      throw bytes.error("piece \(index) from \(start) to \(end)")
    }
    return dataStart + start..<dataStart + end
  }

  /// Unsafe: looks at eight bytes, some behind the offsets, where a section has room.
  private static func offset(_ offsets: UnsafeRawBufferPointer, at place: Int) -> Int {
    guard let base = offsets.baseAddress else { return 0 }
    let bytes = base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    return Int(UInt64(littleEndian: bytes) & (1 << UInt64(8 * offsetWidth) - 1))
  }

  /// The pieces of `parts`, one after the other.
  static func encoded(_ parts: [BlobPieces]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(
      parts.reduce(0) { $0 + $1.ends.count * offsetWidth + $1.bytes.count })
    var start = 0
    for part in parts {
      for end in part.ends { result.append(UInt64(start + end), width: offsetWidth) }
      start += part.bytes.count
    }
    for part in parts { result += part.bytes }
    return result
  }

  /// How many pieces `count` things make, `size` in each.
  static func pieces(of count: Int, size: Int) -> Int { (count + size - 1) / size }
}
