/// Reads what a `BitWriter` wrote, far from the end of it, with the next 56 bits in a register.
///
/// `BitReader` looks at memory for every number, which waits for the number before; this looks ahead.
/// Where less than four refills are left, `isFarFromEnd` is false, and a `BitReader` reads all anew; so it
/// does where a number has more bits than fit.
///
/// Unsafe: `refill()` loads eight bytes where `isFarFromEnd` said that they are there.
/// `IndexCodeTests` holds rows that are read through it to those read by a `BitReader`.
struct BitWindow {
  /// The next bits, the next one lowest.
  private(set) var bits: UInt64 = 0
  /// How many of them are known.
  private var count = 0
  private let base: UnsafeRawPointer
  /// What is loaded next.
  private var offset = 0
  private let lastOffset: Int

  /// - Parameter slack: so many more bytes behind the end may be looked at.
  init(_ bytes: UnsafeRawBufferPointer, slack: Int = 0) {
    // An empty buffer has no base address; nothing is ever read from it.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
    // A refill goes on by at most seven bytes.
    lastOffset = bytes.baseAddress == nil ? -1 : bytes.count + slack - 8 - 3 * 7
  }

  /// Whether `refill()` may be called four times.
  @inline(__always)
  var isFarFromEnd: Bool { offset <= lastOffset }

  /// In bits from the start.
  var position: Int { offset &* 8 &- count }

  /// Makes sure of 56 bits.
  @inline(__always)
  mutating func refill() {
    let next = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    bits |= UInt64(littleEndian: next) &<< UInt64(count)
    offset &+= (63 &- count) &>> 3
    count |= 56
  }

  /// - Precondition: so many bits are known.
  @inline(__always)
  mutating func skip(_ length: Int) {
    bits &>>= UInt64(length)
    count &-= length
  }

  /// The next bits as a number, which are skipped.
  ///
  /// - Precondition: so many bits are known, at most 56.
  @inline(__always)
  mutating func take(_ length: Int) -> Int {
    let value = bits & (1 &<< UInt64(length) &- 1)
    skip(length)
    return Int(truncatingIfNeeded: value)
  }

  /// Looks at the next 56 bits, after a refill.
  @inline(__always)
  mutating func glance() -> BitGlance {
    refill()
    return BitGlance(bits: bits)
  }
}
