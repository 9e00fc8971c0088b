/// Which term a word belongs to, from one bit a word that says whether it is the first of its term.
struct WordStarts: Sendable {
  private let bits: SectionColumn
  /// Before each 64 bits how many are set.
  private let ranks: [UInt32]

  /// - Complexity: O(words / 64)
  init(of file: IndexFile) throws(IndexFileError) {
    let bits = try SectionColumn(file.section(.wordStarts), width: 8)
    let buffer = bits.bytes
    var ranks: [UInt32] = []
    var sum: UInt32 = 0
    ranks.reserveCapacity(buffer.count / 8 + 1)
    for offset in stride(from: 0, to: buffer.count, by: 8) {
      ranks.append(sum)
      sum += UInt32(Self.word(buffer, offset).nonzeroBitCount)
    }
    guard Int(sum) == file.counts.terms, buffer.isEmpty || buffer[0] & 1 == 1 else {
      throw .inconsistent(.wordStarts, "\(sum) first words for \(file.counts.terms) terms")
    }
    self.bits = bits
    self.ranks = ranks
  }

  func term(ofWord word: Int) -> Int {
    let bits = Self.word(bits.bytes, (word >> 6) << 3)
    // The bits up to the word's own.
    return Int(ranks[word >> 6]) + (bits << UInt64(63 - word & 63)).nonzeroBitCount - 1
  }

  /// Up to eight bytes; those behind the end are zero, as the memory of a section is.
  @inline(__always)
  private static func word(_ buffer: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    // Through the address, as a buffer checks its end in debug builds.
    let bytes = buffer.baseAddress.unsafelyUnwrapped + offset
    return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
  }
}
