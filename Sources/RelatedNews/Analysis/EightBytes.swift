/// Eight bytes of a text in one number, the first in the lowest place; 0 beyond the end of the text.
///
/// Letters and digits are found eight at a time, which leaves no branch a byte: where words end is
/// what a processor guesses worst. `WordScannerTests` holds the byte-by-byte twin.
struct EightBytes {
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// Reads memory without asking for each byte whether it belongs to `text`.
  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
    if start <= text.count &- 8 {
      let raw = UnsafeRawBufferPointer(text)
      bits = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    } else {
      var bits: UInt64 = 0
      var i = text.count
      while i > start {
        i -= 1
        bits = bits << 8 | UInt64(text[i])
      }
      self.bits = bits
    }
  }

  /// How many bytes from the first on are ASCII letters or digits.
  @inline(__always)
  var alphanumericPrefix: Int {
    let low = bits & Self.all(0x7F)
    let isDigit = (low &+ Self.all(0x80 - 0x30)) & ~(low &+ Self.all(0x80 - 0x3A))
    return Self.prefix(of: (isDigit | Self.letters(low)) & ~bits)
  }

  /// How many bytes from the first on are ASCII letters.
  @inline(__always)
  var letterPrefix: Int { Self.prefix(of: Self.letters(bits & Self.all(0x7F)) & ~bits) }

  @inline(__always)
  var isASCII: Bool { bits & Self.all(0x80) == 0 }

  /// The first `count` bytes, the rest 0.
  @inline(__always)
  func first(_ count: Int) -> UInt64 {
    count >= 8 ? bits : bits & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
  }

  @inline(__always)
  subscript(place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: bits &>> UInt64(truncatingIfNeeded: place &* 8))
  }

  /// The highest bit of each byte says whether it is a letter; the others say nothing.
  @inline(__always)
  private static func letters(_ low: UInt64) -> UInt64 {
    let lower = low | all(0x20)
    return (lower &+ all(0x80 - 0x61)) & ~(lower &+ all(0x80 - 0x7B))
  }

  @inline(__always)
  private static func prefix(of marks: UInt64) -> Int {
    (~marks & all(0x80)).trailingZeroBitCount >> 3
  }

  @inline(__always)
  static func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
