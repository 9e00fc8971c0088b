/// Reads the postings of a list, one after the other or by a table several at a time.
///
/// Each step says the same: how far the next article is, and how often it has the term.
/// `IndexCodeTests` holds both ways to a `BitReader` that goes from the first bit to the last.
struct PostingsReader {
  private let bytes: UnsafeRawBufferPointer
  private let universe: Int
  /// Of the list's Rice code.
  private let low: Int
  private let mask: UInt64
  private let end: Int
  private var window: BitWindow
  private let count: Int
  private var previous = -1
  private var left: Int

  /// - Parameters:
  ///   - bytes: of a section, which has room behind them.
  ///   - count: the postings.
  ///   - universe: above all places.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, universe: Int) {
    self.bytes = bytes
    self.universe = universe
    low = RiceCode.lowBits(universe: universe, count: count)
    mask = 1 &<< UInt64(low) &- 1
    end = bytes.count &* 8
    window = BitWindow(bytes, slack: SectionBytes.slack)
    self.count = count
    left = count
  }

  /// Calls `body` with the number of each posting that is left, 0 for the list's first, its place and
  /// its count.
  ///
  /// - Returns: whether the list was whole and every place below `universe`.
  @inline(__always)
  mutating func readRest(_ body: (Int, Int, Float) -> Void) -> Bool {
    while left > 0 {
      guard readOne(body) else { return false }
    }
    return true
  }

  @inline(__always)
  private mutating func readOne(_ body: (Int, Int, Float) -> Void) -> Bool {
    let next: (place: Int, count: Float)
    if window.isFarFromEnd, let near = nearOne() {
      guard near.place < universe, window.position <= end else { return false }
      next = near
    } else {
      // Near the end, where a number is as large as hardly any, or far behind the end of broken
      // bytes.
      guard window.position <= end,
        let far = Self.plainOne(
          bytes, at: window.position, after: previous, low: low, universe: universe)
      else { return false }
      window.move(to: far.position)
      next = (far.place, far.count)
    }
    body(count &- left, next.place, next.count)
    previous = next.place
    left &-= 1
    return true
  }

  /// Nil, and nothing is skipped, for a posting of many bits.
  ///
  /// - Precondition: the window is far from the end.
  @inline(__always)
  private mutating func nearOne() -> (place: Int, count: Float)? {
    window.refill()
    let high = (~window.bits).trailingZeroBitCount
    let length = high &+ low &+ 2
    guard high < RiceCode.longestUnary, length <= 56 else { return nil }
    let tail = window.bits &>> UInt64(high &+ 1)
    let place = previous &+ 1 &+ (high &<< low | Int(tail & mask))
    let often = tail &>> UInt64(low)
    guard often & 1 != 0 else {
      window.skip(length)
      return (place, 1)
    }
    let zeros = (often &>> 1).trailingZeroBitCount
    guard zeros > 0 else {
      let share = often &>> 2 & 0xFF
      guard share > 0, length <= 56 - 9 else { return nil }
      window.skip(length &+ 9)
      return (place, 2 / Float(share))
    }
    guard length &+ 2 &* zeros < 56 else { return nil }
    let rest = often &>> UInt64(zeros &+ 2) & (1 &<< UInt64(zeros) &- 1)
    window.skip(length &+ 2 &* zeros &+ 1)
    return (place, Float(1 &<< UInt64(zeros) | rest))
  }

  /// Nil for what is broken.
  @inline(never)
  private static func plainOne(
    _ bytes: UnsafeRawBufferPointer, at position: Int, after previous: Int, low: Int, universe: Int
  ) -> (place: Int, count: Float, position: Int)? {
    var bits = BitReader(bytes, at: position)
    let place = previous + 1 + bits.readRice(low: low)
    guard place < universe else { return nil }
    let count = bits.readBit() ? PostingsCode.readCount(from: &bits) : 1
    guard !bits.isBroken else { return nil }
    return (place, count, bits.position)
  }
}

extension PostingsReader {
  /// So often a table is looked at between two refills.
  private static let looks = 4

  /// Places that `readMany` calls its body with are less than so far behind the universe.
  static let overrun = looks * PostingsTable.most * PostingsTable.longestGap

  /// Reads all but the last of the list.
  ///
  /// - Parameters:
  ///   - table: of the list's width.
  ///   - one: is called with the number, place and count of a posting that no table holds.
  ///   - few: likewise where the count is from 1 to 15; and in between with 0, a place that it had
  ///     before and the number of a posting that follows. The places of a broken list are less than
  ///     `overrun` behind the universe.
  /// - Returns: false for a list that is broken.
  @inline(__always)
  mutating func readMany(
    by table: borrowing PostingsTable, one: (Int, Int, Float) -> Void, few: (Int, Int, Int) -> Void
  ) -> Bool {
    // An entry that holds nothing names the place before: so there must be one.
    guard left > 0 else { return true }
    guard readOne(one) else { return false }
    let entries = table.entries.span
    let mask = UInt64(entries.count &- 1)
    while left >= Self.looks &* PostingsTable.most, window.isFarFromEnd {
      window.refill()
      var entry: UInt64 = 0
      // 56 bits are known, and 4 · 12 at most are looked at.
      for _ in 0..<Self.looks {
        entry = entries[unchecked: Int(truncatingIfNeeded: window.bits & mask)]
        window.skip(Int(entry & 0xFF))
        let number = count &- left
        previous &+= Int(entry &>> 16 & 0xFF)
        few(number, previous, Int(entry &>> 24 & 0xFF))
        previous &+= Int(entry &>> 32 & 0xFF)
        few(number &+ 1, previous, Int(entry &>> 40 & 0xFF))
        if table.holdsThree {
          previous &+= Int(entry &>> 48 & 0xFF)
          few(number &+ 2, previous, Int(entry &>> 56))
        }
        left &-= Int(entry &>> 8 & 0xFF)
      }
      guard previous < universe, window.position <= end else { return false }
      if entry & 0xFF == 0 {
        guard readOne(one) else { return false }
      }
    }
    return true
  }
}
