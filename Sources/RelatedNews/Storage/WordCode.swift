/// The code of a word: commoner words have shorter ones.
///
/// Two bits say the kind: one of the commonest 128, of the next 1,024, of the next 8,192, or any
/// word by its number. On English news 13 bits a word, half a bit above its entropy.
enum WordCode {
  /// How many words have short codes.
  static let frequentCount = 1 << 7 + 1 << 10 + 1 << 13

  /// - Parameter rank: the word's place among the commonest; nil for the others.
  @inline(__always)
  static func write(word: Int, rank: Int?, of count: Int, to bits: inout BitWriter) {
    guard let rank, rank < frequentCount else {
      return bits.write(3 | UInt64(word) << 2, bits: 2 + bitWidth(below: count))
    }
    if rank < 1 << 7 {
      bits.write(UInt64(rank) << 2, bits: 2 + 7)
    } else if rank < 1 << 7 + 1 << 10 {
      bits.write(1 | UInt64(rank - 1 << 7) << 2, bits: 2 + 10)
    } else {
      bits.write(2 | UInt64(rank - (1 << 7 + 1 << 10)) << 2, bits: 2 + 13)
    }
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
