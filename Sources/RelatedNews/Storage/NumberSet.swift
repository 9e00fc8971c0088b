/// Numbers below a bound, and the place of each among them: one bit a number, and before each 64 how
/// many are set.
///
/// Of {2, 5, 70} the place of 5 is 1. Twenty times smaller than an array of places, so that what a
/// few articles need of a large archive does not touch memory as long as the archive.
struct NumberSet: Sendable {
  private let bits: [UInt64]
  private let ranks: [UInt32]
  let count: Int

  /// Those of the numbers that are below the bound.
  ///
  /// - Complexity: O(numbers + bound / 64)
  init(_ numbers: [UInt32], _ more: [UInt32] = [], below bound: Int) {
    var bits = [UInt64](repeating: 0, count: (bound + 63) >> 6)
    for list in [numbers, more] {
      for number in list where Int(number) < bound {
        bits[Int(number) &>> 6] |= 1 &<< UInt64(number & 63)
      }
    }
    var ranks: [UInt32] = []
    ranks.reserveCapacity(bits.count)
    var sum = 0
    for word in bits {
      ranks.append(UInt32(sum))
      if word != 0 { sum += word.nonzeroBitCount }
    }
    self.bits = bits
    self.ranks = ranks
    count = sum
  }

  /// Ascending.
  var members: [Int] {
    var members: [Int] = []
    members.reserveCapacity(count)
    for (index, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(index << 6 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
    return members
  }

  /// How many members are smaller than `number`; nil for one that is none.
  ///
  /// - Precondition: `number` is below the bound.
  @inline(__always)
  func place(of number: Int) -> UInt32? {
    let word = bits[number &>> 6]
    let bit: UInt64 = 1 &<< UInt64(number & 63)
    guard word & bit != 0 else { return nil }
    return ranks[number &>> 6] + UInt32((word & (bit &- 1)).nonzeroBitCount)
  }
}
