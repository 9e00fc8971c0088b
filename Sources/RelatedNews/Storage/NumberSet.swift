/// Numbers below a bound, and the place of each among them: one bit a number, and before each 64 how
/// many are set.
///
/// Of {2, 5, 70} the place of 5 is 1. Twenty times smaller than an array of places, so that what a
/// few articles need of a large archive does not touch memory as long as the archive. So few that
/// even that would be much larger are searched in their order.
struct NumberSet: Sendable {
  /// Empty where `few` has them all.
  private let bits: [UInt64]
  private let ranks: [UInt32]
  private let few: [UInt32]
  let count: Int

  /// Where the bound is so many times as large as the numbers are many, they are searched.
  private static let fewestOfFew = 1024

  /// Those of the numbers that are below the bound.
  ///
  /// - Complexity: O(numbers + bound / 64), or O(n log n), n the numbers, where they are few.
  init(
    _ numbers: some Collection<UInt32>,
    _ more: some Collection<UInt32> = EmptyCollection<UInt32>(), below bound: Int
  ) {
    guard (numbers.count + more.count) * Self.fewestOfFew >= bound else {
      var few: [UInt32] = []
      for number in (Array(numbers) + more).sorted()
      where Int(number) < bound && number != few.last {
        few.append(number)
      }
      self.few = few
      (bits, ranks, count) = ([], [], few.count)
      return
    }
    few = []
    var bits = [UInt64](repeating: 0, count: (bound + 63) >> 6)
    func mark(_ numbers: some Collection<UInt32>) {
      for number in numbers where Int(number) < bound {
        bits[Int(number) &>> 6] |= 1 &<< UInt64(number & 63)
      }
    }
    mark(numbers)
    mark(more)
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
    guard few.isEmpty else { return few.map(Int.init) }
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
  @inline(__always)
  func place(of number: UInt32) -> UInt32? {
    guard !bits.isEmpty else { return placeAmongFew(of: number) }
    let index = Int(number &>> 6)
    guard index < bits.count else { return nil }
    let word = bits[index]
    let bit: UInt64 = 1 &<< UInt64(number & 63)
    guard word & bit != 0 else { return nil }
    return ranks[index] + UInt32((word & (bit &- 1)).nonzeroBitCount)
  }

  private func placeAmongFew(of number: UInt32) -> UInt32? {
    var (low, high) = (0, few.count)
    while low < high {
      let middle = (low + high) / 2
      if few[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < few.count && few[low] == number ? UInt32(low) : nil
  }
}
