/// Where the postings of terms or of pairs are in their section, one list after the other: where the
/// first one of a piece starts, then how many bytes each has, in Elias's code.
enum PostingsRanges {
  /// Lists in one piece of the section.
  static let group = 64

  /// - Parameters:
  ///   - ranges: those of one piece, in bytes.
  ///   - length: of all lists, in bytes.
  static func write(_ ranges: ArraySlice<Range<Int>>, length: Int, to bits: inout BitWriter) {
    guard let first = ranges.first else { return }
    bits.write(UInt64(first.lowerBound), bits: bitWidth(below: length + 1))
    for range in ranges { bits.writeGamma(range.count + 1) }
  }

  /// Appends the first `count` ranges of a piece; each is within `length` afterwards.
  ///
  /// - Parameter section: where a piece that is broken stands.
  static func append(
    _ bytes: UnsafeRawBufferPointer, count: Int, length: Int, of section: IndexSection,
    to ranges: inout [Range<Int>]
  ) throws(IndexFileError) {
    var bits = BitReader(bytes)
    var start = Int(bits.read(bits: bitWidth(below: length + 1)))
    for _ in 0..<count {
      let size = bits.readGamma() - 1
      guard !bits.isBroken, start <= length, size <= length - start else {
        throw .inconsistent(section, "a list that ends behind all postings")
      }
      ranges.append(start..<start + size)
      start += size
    }
  }
}
