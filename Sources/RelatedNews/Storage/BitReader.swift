/// Reads what a `BitWriter` wrote.
///
/// Past the end it gives zeros and remembers it: loops are bounded by counts that were checked, and
/// ask `isBroken` once, behind the loop.
struct BitReader {
  private let base: UnsafeRawPointer
  private let end: Int
  private(set) var position: Int
  private(set) var isBroken = false

  /// - Parameters:
  ///   - bytes: must outlive the reader; eight more bytes behind them must be readable, as
  ///     `SectionBytes` promises.
  ///   - position: in bits, not behind their end.
  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    // An empty buffer has no base address; nothing is ever read from it.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
    end = bytes.count * 8
    self.position = position
  }

  @inline(__always)
  mutating func read(bits: Int) -> UInt64 {
    guard bits <= end - position else { return fail() }
    let value = window & ((1 << UInt64(bits)) &- 1)
    position += bits
    return value
  }

  @inline(__always) mutating func readBit() -> Bool { read(bits: 1) != 0 }

  /// At least 1, at most 2⁴¹.
  @inline(__always)
  mutating func readGamma() -> Int {
    guard position < end else { return Int(fail()) + 1 }
    let length = window.trailingZeroBitCount
    guard length <= 40 else { return Int(fail()) + 1 }
    position += length + 1
    return 1 << length | Int(read(bits: length))
  }

  @inline(__always)
  mutating func readRice(low: Int) -> Int {
    guard position < end else { return Int(fail()) }
    let high = (~window).trailingZeroBitCount
    if high >= RiceCode.longestUnary {
      position += RiceCode.longestUnary
      return Int(read(bits: RiceCode.escapedBits))
    }
    position += high + 1
    return high << low | Int(read(bits: low))
  }

  /// Goes on at the next whole byte.
  mutating func align() { position = (position + 7) & ~7 }

  /// The next 56 bits or more, the next one lowest.
  @inline(__always)
  private var window: UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position >> 3, as: UInt64.self))
      >> UInt64(position & 7)
  }

  private mutating func fail() -> UInt64 {
    isBroken = true
    position = end
    return 0
  }
}
