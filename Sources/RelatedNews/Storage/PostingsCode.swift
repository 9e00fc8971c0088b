/// Numbers that ascend, each with how often: the postings of a term, in bits.
///
/// Gaps in Rice's code, whose width follows from how many there are; then one bit says "once",
/// which most are.
enum PostingsCode {
  /// - Parameters:
  ///   - places: ascending, below `universe`.
  ///   - counts: beside each, more than 0.
  static func write(
    _ places: Span<Int32>, counts: Span<Float>, universe: Int, to bits: inout BitWriter
  ) {
    let low = RiceCode.lowBits(universe: universe, count: places.count)
    var previous = -1
    for index in places.indices {
      let (place, count) = (Int(places[index]), counts[index])
      let isOften = count != 1
      bits.writeRice(place - previous - 1, low: low, then: isOften)
      if isOften { writeOften(count, to: &bits) }
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
    var reader = PostingsReader(bytes, count: count, universe: universe)
    return reader.readRest { body($1, $2) }
  }

  /// Behind a bit that says it is not 1: whole numbers in Elias's code; of fractions, 2/d (a word in a
  /// run that d articles share) is its d, any other its bits.
  private static func writeOften(_ count: Float, to bits: inout BitWriter) {
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
  static func readCount(from bits: inout BitReader) -> Float {
    let whole = bits.readGamma()
    if whole > 1 { return Float(whole) }
    let share = bits.read(bits: 8)
    if share > 0 { return 2 / Float(share) }
    let count = Float(bitPattern: UInt32(bits.read(bits: 32)))
    return count > 0 && count.isFinite ? count : 1
  }
}
