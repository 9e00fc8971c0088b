/// The rows of a piece of pairs, read ahead one after the other where each has 56 bits at most; where
/// one has more, or near the end of the bytes, `PairRow.append` takes over.
struct NearPairRows {
  /// The one that was read last.
  private(set) var row = PairRow()
  private var window: BitWindow
  private let low: Int
  private let width: Int
  private let fewest: Int
  private let end: Int
  private var isFirst = true

  /// Nil where there are too few bytes, or more low bits than any number has.
  init?(_ bytes: UnsafeRawBufferPointer, termCount: Int, fewest: Int) {
    window = BitWindow(bytes, slack: SectionBytes.slack)
    guard window.isFarFromEnd else { return nil }
    window.refill()
    low = window.take(6)
    guard low <= RiceCode.mostLowBits else { return nil }
    width = bitWidth(below: termCount)
    self.fewest = fewest
    end = bytes.count &* 8
  }

  var isWithinBytes: Bool { window.position <= end }

  /// Goes on to the next row; false where it cannot be read so.
  @inline(__always)
  mutating func next() -> Bool { read(withFrequency: true) }

  /// The same without its frequencies.
  @inline(__always)
  mutating func skip() -> Bool { read(withFrequency: false) }

  @inline(__always)
  private mutating func read(withFrequency: Bool) -> Bool {
    guard window.isFarFromEnd else { return false }
    var glance = window.glance()
    if isFirst || glance.take(1) != 0 {
      row.second = glance.take(width)
    } else {
      let high = (~glance.bits).trailingZeroBitCount
      guard high < RiceCode.longestUnary else { return false }
      glance.skip(high &+ 1)
      row.second &+= 1 &+ (high &<< low | glance.take(low))
    }
    isFirst = false
    if withFrequency {
      row.documentFrequency = glance.takeGamma() &+ fewest &- 1
      row.settledFrequency = row.documentFrequency &- (glance.takeGamma() &- 1)
    } else {
      glance.skipGamma()
      glance.skipGamma()
    }
    guard glance.isRight else { return false }
    window.skip(glance.length)
    return true
  }
}
