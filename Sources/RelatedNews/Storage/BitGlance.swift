/// Several numbers in a row after one look at a `BitWindow`: right if they have 56 bits at most, which
/// is to be asked behind them.
struct BitGlance {
  private(set) var bits: UInt64
  /// Of the numbers so far; more than 56 where they are wrong.
  private(set) var length = 0

  init(bits: UInt64) { self.bits = bits }

  @inline(__always) var isRight: Bool { length <= 56 }

  @inline(__always)
  mutating func skip(_ count: Int) {
    bits &>>= UInt64(truncatingIfNeeded: count)
    length &+= count
  }

  @inline(__always)
  mutating func take(_ count: Int) -> Int {
    let value = bits & (1 &<< UInt64(truncatingIfNeeded: count) &- 1)
    skip(count)
    return Int(truncatingIfNeeded: value)
  }

  /// A number in Elias's code.
  @inline(__always)
  mutating func takeGamma() -> Int {
    let zeros = bits.trailingZeroBitCount
    let rest = bits &>> UInt64(zeros &+ 1) & (1 &<< UInt64(zeros) &- 1)
    skip(zeros &* 2 &+ 1)
    return Int(truncatingIfNeeded: 1 &<< UInt64(zeros) | rest)
  }

  @inline(__always)
  mutating func skipGamma() { skip(bits.trailingZeroBitCount &* 2 &+ 1) }
}
