/// What the next twelve bits of a list of postings say: up to three postings at once.
///
/// Common terms have short codes, of three to seven bits. One look into 32 KiB reads two or three of
/// them without a branch on what they are, where one after the other costs a dozen shifts and two
/// guesses of the processor.
struct PostingsTable: Sendable {
  static let bits = 12
  static let most = 3
  static let longestGap = 255
  /// From so many postings on a list pays for its table.
  static let fewest = 1024

  /// Beside each value of the next bits, lowest byte first: how many bits the postings take, how many
  /// there are, and of each the gap (1 for the next article) and the count. Zeros are for none.
  let entries: [UInt64]
  /// Whether entries hold up to three; longer codes are two at most, which costs less.
  let holdsThree: Bool

  /// The table of a list of so many postings, made once; nil where it does not pay.
  static func table(count: Int, universe: Int) -> PostingsTable? {
    guard count >= fewest else { return nil }
    return switch RiceCode.lowBits(universe: universe, count: count) {
    case 0: low0
    case 1: low1
    case 2: low2
    case 3: low3
    case 4: low4
    case 5: low5
    default: nil
    }
  }

  /// Makes all tables: whoever wants one that is being made waits for it.
  static func prepare() { _ = (low0, low1, low2, low3, low4, low5) }

  private static let low0 = PostingsTable(low: 0)
  private static let low1 = PostingsTable(low: 1)
  private static let low2 = PostingsTable(low: 2)
  private static let low3 = PostingsTable(low: 3)
  private static let low4 = PostingsTable(low: 4)
  private static let low5 = PostingsTable(low: 5)

  init(low: Int) {
    let holdsThree = low < 2
    self.holdsThree = holdsThree
    let firsts = (0..<1 << UInt64(Self.bits)).map { Self.posting(at: $0, low: low) }
    entries = (0..<1 << UInt64(Self.bits)).map {
      Self.entry(of: $0, firsts: firsts, most: holdsThree ? 3 : 2)
    }
  }

  /// - Parameter firsts: beside each value of the bits the posting that they begin with.
  private static func entry(of bits: UInt64, firsts: [Posting?], most: UInt64) -> UInt64 {
    var entry: UInt64 = 0
    var length = 0
    var count: UInt64 = 0
    while count < most {
      // Ones for what is not known: a code that ends with them is too long.
      let rest = bits &>> UInt64(length) | ~0 &<< UInt64(Self.bits &- length)
      guard let posting = firsts[Int(rest & (1 << UInt64(Self.bits) - 1))],
        posting.length <= Self.bits &- length
      else { break }
      length &+= posting.length
      entry |= (posting.gap | posting.count &<< 8) &<< (16 &* (count &+ 1))
      count &+= 1
    }
    return entry | UInt64(length) | count &<< 8
  }

  private typealias Posting = (gap: UInt64, count: UInt64, length: Int)

  /// The first posting; nil where it is not whole, or no number of one byte or its count none of four
  /// bits.
  private static func posting(at bits: UInt64, low: Int) -> Posting? {
    let bits = bits | ~0 &<< UInt64(Self.bits)
    let high = (~bits).trailingZeroBitCount
    var length = high &+ low &+ 2
    guard length <= Self.bits else { return nil }
    let tail = bits &>> UInt64(high &+ 1)
    let gap = (UInt64(high) &<< UInt64(low) | tail & (1 &<< UInt64(low) &- 1)) &+ 1
    guard gap <= longestGap else { return nil }
    let often = tail &>> UInt64(low)
    guard often & 1 != 0 else { return (gap, 1, length) }
    let zeros = (often &>> 1).trailingZeroBitCount
    length &+= 2 &* zeros &+ 1
    guard zeros > 0, zeros < 4, length <= Self.bits else { return nil }
    let rest = often &>> UInt64(zeros &+ 2) & (1 &<< UInt64(zeros) &- 1)
    return (gap, 1 &<< UInt64(zeros) | rest, length)
  }
}
