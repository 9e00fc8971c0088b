/// Numbers of any width, one after the other, low bits first.
struct BitWriter {
  /// Little-endian.
  private var words: [UInt64] = []
  private var pending: UInt64 = 0
  /// Bits in `pending`, at most 63.
  private var pendingCount = 0

  /// The low `bits` of `value`, at most 56.
  @inline(__always)
  mutating func write(_ value: UInt64, bits: Int) {
    precondition(bits <= 56)
    let value = value & (1 &<< UInt64(bits) &- 1)
    pending |= value &<< UInt64(pendingCount)
    pendingCount += bits
    guard pendingCount >= 64 else { return }
    words.append(pending.littleEndian)
    pendingCount -= 64
    pending = value &>> UInt64(bits - pendingCount)
  }

  /// Elias's gamma code of a number from 1 to 2⁴⁰: short for small ones.
  ///
  /// Source: Elias, "Universal codeword sets and representations of the integers" (1975).
  @inline(__always)
  mutating func writeGamma(_ value: Int) {
    precondition(value >= 1 && value <= 1 << 40)
    let length = UInt64.bitWidth - 1 - UInt64(value).leadingZeroBitCount
    let rest = UInt64(value) & (1 &<< UInt64(length) &- 1)
    if length <= 27 {
      write((rest << 1 | 1) &<< UInt64(length), bits: 2 * length + 1)
    } else {
      write(1 << UInt64(length), bits: length + 1)
      write(rest, bits: length)
    }
  }

  /// Rice's code with `low` low bits: short for numbers near 2^low, at most 2⁴⁰.
  ///
  /// Source: Golomb, "Run-length encodings" (1966); Witten, Moffat, Bell, *Managing Gigabytes*, 3.3.
  @inline(__always)
  mutating func writeRice(_ value: Int, low: Int) {
    precondition(value >= 0 && value <= 1 << 40)
    let high = value >> low
    if high + 1 + low <= 56, high < RiceCode.longestUnary {
      let rest = UInt64(value) & (1 &<< UInt64(low) &- 1)
      write(1 &<< UInt64(high) &- 1 | rest &<< UInt64(high + 1), bits: high + 1 + low)
    } else if high < RiceCode.longestUnary {
      write(1 &<< UInt64(high) &- 1, bits: high + 1)
      write(UInt64(value), bits: low)
    } else {
      write((1 << UInt64(RiceCode.longestUnary)) - 1, bits: RiceCode.longestUnary)
      write(UInt64(value), bits: RiceCode.escapedBits)
    }
  }

  /// So many zeros and a one.
  @inline(__always)
  mutating func writeUnary(_ value: Int) {
    var zeros = value
    while zeros > 55 {
      write(0, bits: 55)
      zeros -= 55
    }
    write(1 &<< UInt64(zeros), bits: zeros + 1)
  }

  /// What was written, filled up to whole bytes with zeros; starts anew.
  mutating func take() -> [UInt8] {
    var bytes: [UInt8] = []
    take(to: &bytes)
    return bytes
  }

  /// How many bytes `take` gives.
  var byteCount: Int { words.count * 8 + (pendingCount + 7) / 8 }

  /// Appends what was written to `bytes`, filled up to whole bytes; starts anew.
  mutating func take(to bytes: inout [UInt8]) {
    words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    while pendingCount > 0 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
    words.removeAll(keepingCapacity: true)
    pending = 0
    pendingCount = 0
  }
}

enum RiceCode {
  /// From this many ones on the number follows as it is.
  static let longestUnary = 24
  static let escapedBits = 41
  /// No number has more low bits.
  static let mostLowBits = 40

  /// The number of low bits that is shortest for gaps of `count` numbers spread over `universe`:
  /// near log₂(0.69 · mean gap).
  static func lowBits(universe: Int, count: Int) -> Int {
    let gap = max(1, universe / max(1, count) * 11 / 16)
    return min(mostLowBits, Int.bitWidth - 1 - gap.leadingZeroBitCount)
  }
}
