/// Numbers that ascend, each with how often: the postings of a term, in bits.
///
/// Gaps in Rice's code, whose width follows from how many there are; one bit says "once", which most
/// are. The parts of the code of up to 64 postings stand together, each part for all of them: the
/// bits, the low bits of the gaps, their high parts as so many zeros and a one, of those that are not
/// once two bits for 2, 3, 4 or other, and the others. So most of a list is read with no guess at what comes next,
/// and in no more bits than one posting after the other. Source of the parting: Elias, "Efficient
/// storage and retrieval by content and address of static files" (1974), for the gaps.
enum PostingsCode {
  /// Postings whose parts stand together.
  static let group = 64
  /// Counts up to this have a code of two bits.
  static let mostOfShort = 4
  /// The code of a count that has none.
  static let other: UInt64 = 3

  /// - Parameters:
  ///   - places: ascending, below `universe`.
  ///   - counts: beside each, more than 0.
  ///   - universe: at most 2³¹.
  static func write(
    _ places: Span<Int32>, counts: Span<Float>, universe: Int, to bits: inout BitWriter
  ) {
    let low = RiceCode.lowBits(universe: universe, count: places.count)
    func gap(_ index: Int) -> Int {
      Int(places[index]) - (index == 0 ? 0 : Int(places[index - 1]) + 1)
    }
    for start in stride(from: 0, to: places.count, by: Self.group) {
      let group = start..<min(start + Self.group, places.count)
      for index in group { bits.write(counts[index] == 1 ? 0 : 1, bits: 1) }
      for index in group { bits.write(UInt64(gap(index)), bits: low) }
      for index in group { bits.writeUnary(gap(index) >> low) }
      for index in group where counts[index] != 1 {
        bits.write(shortCode(of: counts[index]) ?? other, bits: 2)
      }
      for index in group where counts[index] != 1 && shortCode(of: counts[index]) == nil {
        writeOther(counts[index], to: &bits)
      }
    }
  }

  private static func shortCode(of count: Float) -> UInt64? {
    count == 2 ? 0 : count == 3 ? 1 : count == 4 ? 2 : nil
  }

  /// Whole numbers in Elias's code; of fractions, 2/d (a word in a run that d articles share) is its d,
  /// any other its bits.
  private static func writeOther(_ count: Float, to bits: inout BitWriter) {
    if count > Float(mostOfShort), count <= 1_048_576, count == count.rounded() {
      return bits.writeGamma(Int(count) - mostOfShort + 1)
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

  /// 1 where it is no count.
  static func readOther(from bits: inout BitReader) -> Float {
    let whole = bits.readGamma()
    if whole > 1 { return Float(whole + mostOfShort - 1) }
    let share = bits.read(bits: 8)
    if share > 0 { return 2 / Float(share) }
    let count = Float(bitPattern: UInt32(bits.read(bits: 32)))
    return count > 0 && count.isFinite ? count : 1
  }
}

extension PostingsCode {
  /// No list is longer, in bytes: of each posting the bit, the low bits, the one, the two bits and one of
  /// the others, which has 41 bits at most.
  static func mostBytes(count: Int, universe: Int) -> Int {
    let low = RiceCode.lowBits(universe: universe, count: count)
    return (count * (low + 45) + universe >> low + 7) / 8
  }

  /// Calls `body` with each place and count.
  ///
  /// - Parameter bytes: of a section, which has room behind them.
  /// - Returns: whether the list was whole and every place below `universe`.
  @inline(__always)
  static func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, universe: Int, _ body: (Int, Float) -> Void
  ) -> Bool {
    PostingsReader.read(bytes, count: count, universe: universe) {
      $0
    } group: { places, counts in
      for index in places.indices { body(Int(places[index]), counts[index]) }
    }
  }
}
