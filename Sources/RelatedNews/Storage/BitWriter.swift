/// Numbers of any width, one after the other, low bits first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// The low `bits` of `value`, at most 56.
  mutating func write(_ value: UInt64, bits: Int) {
    precondition(bits <= 56)
    pending |= (value & ((1 << UInt64(bits)) - 1)) << UInt64(pendingCount)
    pendingCount += bits
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// Elias's gamma code of a number from 1 to 2⁴⁰: short for small ones.
  ///
  /// Source: Elias, "Universal codeword sets and representations of the integers" (1975).
  mutating func writeGamma(_ value: Int) {
    precondition(value >= 1 && value <= 1 << 40)
    let length = UInt64.bitWidth - 1 - UInt64(value).leadingZeroBitCount
    write(1 << UInt64(length), bits: length + 1)
    write(UInt64(value), bits: length)
  }

  /// Rice's code with `low` low bits: short for numbers near 2^low, at most 2⁴⁰.
  ///
  /// Source: Golomb, "Run-length encodings" (1966); Witten, Moffat, Bell, *Managing Gigabytes*, 3.3.
  mutating func writeRice(_ value: Int, low: Int) {
    precondition(value >= 0 && value <= 1 << 40)
    let high = value >> low
    if high < RiceCode.longestUnary {
      write((1 << UInt64(high)) - 1, bits: high + 1)
      write(UInt64(value), bits: low)
    } else {
      write((1 << UInt64(RiceCode.longestUnary)) - 1, bits: RiceCode.longestUnary)
      write(UInt64(value), bits: RiceCode.escapedBits)
    }
  }

  /// Fills the last byte with zeros.
  mutating func align() { if pendingCount > 0 { write(0, bits: 8 - pendingCount) } }

  /// What was written, filled up to whole bytes; starts anew.
  mutating func take() -> [UInt8] {
    align()
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }
}

enum RiceCode {
  /// From this many ones on the number follows as it is.
  static let longestUnary = 24
  static let escapedBits = 41

  /// The number of low bits that is shortest for gaps of `count` numbers spread over `universe`:
  /// near log₂(0.69 · mean gap).
  static func lowBits(universe: Int, count: Int) -> Int {
    let gap = max(1, universe / max(1, count) * 11 / 16)
    return min(40, Int.bitWidth - 1 - gap.leadingZeroBitCount)
  }
}
