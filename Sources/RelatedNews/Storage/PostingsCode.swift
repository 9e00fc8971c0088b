/// Numbers that ascend, each with how often: the postings of a term, in bits.
///
/// Gaps in Rice's code, whose width follows from how many there are; then one bit says "once",
/// which most are.
enum PostingsCode {
  /// - Parameters:
  ///   - places: ascending, below `universe`.
  ///   - counts: beside each, more than 0.
  static func write(
    _ places: some Sequence<Int>, counts: some Sequence<Float>, count: Int, universe: Int,
    to bits: inout BitWriter
  ) {
    let low = RiceCode.lowBits(universe: universe, count: count)
    var previous = -1
    for (place, count) in zip(places, counts) {
      bits.writeRice(place - previous - 1, low: low)
      write(count, to: &bits)
      previous = place
    }
  }

  /// Calls `body` with each place and count.
  ///
  /// - Parameter bytes: of a section, which has room behind them.
  /// - Returns: whether the list was whole and every place below `universe`.
  @inline(__always)
  static func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, universe: Int, _ body: (Int, Float) -> Void
  ) -> Bool {
    let low = RiceCode.lowBits(universe: universe, count: count)
    let mask: UInt64 = 1 &<< UInt64(low) &- 1
    let end = bytes.count &* 8
    var window = BitWindow(bytes, slack: SectionBytes.slack)
    var previous = -1
    var left = count
    while left > 0 {
      while left > 0, window.isFarFromEnd {
        window.refill()
        let high = (~window.bits).trailingZeroBitCount
        let length = high &+ low &+ 2
        guard high < RiceCode.longestUnary, length <= 56 else { break }
        let tail = window.bits &>> UInt64(high &+ 1)
        let place = previous &+ 1 &+ (high &<< low | Int(tail & mask))
        guard place < universe else { return false }
        let isOften = tail &>> UInt64(low) & 1 != 0
        var often: Float = 1
        if isOften {
          guard let more = Self.often(in: &window, behind: length) else { break }
          often = more
        } else {
          window.skip(length)
        }
        guard window.position <= end else { return false }
        body(place, often)
        previous = place
        left &-= 1
      }
      guard left > 0 else { break }
      // Where a number is as large as hardly any, and far behind the end of broken bytes.
      guard window.position <= end else { return false }
      guard let next = readOne(bytes, at: &window, after: previous, low: low, universe: universe)
      else { return false }
      body(next.place, next.count)
      previous = next.place
      left &-= 1
    }
    return true
  }

  /// The count that follows `length` bits; nil, and nothing is skipped, for one of many bits.
  @inline(__always)
  private static func often(in window: inout BitWindow, behind length: Int) -> Float? {
    var ahead = window
    ahead.skip(length)
    let whole = ahead.takeGamma()
    guard whole > 0 else { return nil }
    var count = Float(whole)
    if whole == 1 {
      let share = ahead.take(8)
      guard share > 0 else { return nil }
      count = 2 / Float(share)
    }
    window = ahead
    return count
  }

  /// Nil for what is broken.
  @inline(never)
  private static func readOne(
    _ bytes: UnsafeRawBufferPointer, at window: inout BitWindow, after previous: Int, low: Int,
    universe: Int
  ) -> (place: Int, count: Float)? {
    var bits = BitReader(bytes, at: window.position)
    let place = previous + 1 + bits.readRice(low: low)
    guard place < universe else { return nil }
    let count = bits.readBit() ? readCount(from: &bits) : 1
    guard !bits.isBroken else { return nil }
    window.move(to: bits.position)
    return (place, count)
  }

  /// 1 is one bit. Whole numbers follow in Elias's code; of fractions, 2/d (a word in a run that d
  /// articles share) is its d, any other its bits.
  private static func write(_ count: Float, to bits: inout BitWriter) {
    guard count != 1 else { return bits.write(0, bits: 1) }
    bits.write(1, bits: 1)
    if count >= 2, count <= 1_048_576, count == count.rounded() {
      return bits.writeGamma(Int(count))
    }
    bits.writeGamma(1)
    let share = (2 / count).rounded()
    if share >= 3, share <= 255, 2 / share == count {
      bits.write(UInt64(share), bits: 8)
    } else {
      bits.write(0, bits: 8)
      bits.write(UInt64(count.bitPattern), bits: 32)
    }
  }

  /// 1 where it makes no sense: the reader is broken then.
  private static func readCount(from bits: inout BitReader) -> Float {
    let whole = bits.readGamma()
    if whole > 1 { return Float(whole) }
    let share = bits.read(bits: 8)
    if share > 0 { return 2 / Float(share) }
    let count = Float(bitPattern: UInt32(bits.read(bits: 32)))
    return count > 0 && count.isFinite ? count : 1
  }
}
