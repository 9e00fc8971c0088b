/// The code of a word: commoner words have shorter ones.
///
/// Two bits say the kind: one of the commonest 128, of the next 1,024, of the next 8,192, or any
/// word by its number. On English news 13 bits a word, half a bit above its entropy.
enum WordCode {
  private static let widths = [7, 10, 13]
  private static let starts = [0, 1 << 7, 1 << 7 + 1 << 10]
  /// How many words have short codes.
  static let frequentCount = 1 << 7 + 1 << 10 + 1 << 13

  /// - Parameter rank: the word's place among the commonest; nil for the others.
  static func write(word: Int, rank: Int?, of count: Int, to bits: inout BitWriter) {
    guard let rank, let kind = starts.lastIndex(where: { $0 <= rank }) else {
      bits.write(3, bits: 2)
      return bits.write(UInt64(word), bits: bitWidth(below: count))
    }
    bits.write(UInt64(kind), bits: 2)
    bits.write(UInt64(rank - starts[kind]), bits: widths[kind])
  }

  /// The place of a word among the commonest, or its number.
  @inline(__always)
  static func read(of count: Int, from bits: inout BitReader) -> (rank: Int?, word: Int) {
    read(bits: bitWidth(below: count), from: &bits)
  }

  /// - Parameter width: of the number of a word, in bits.
  @inline(__always)
  static func read(bits width: Int, from bits: inout BitReader) -> (rank: Int?, word: Int) {
    switch bits.read(bits: 2) {
    case 0: (Int(bits.read(bits: 7)), 0)
    case 1: (1 << 7 + Int(bits.read(bits: 10)), 0)
    case 2: (1 << 7 + 1 << 10 + Int(bits.read(bits: 13)), 0)
    default: (nil, Int(bits.read(bits: width)))
    }
  }
}
