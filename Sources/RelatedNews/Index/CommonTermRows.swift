/// A common term of an article as the tiles want it: where its dense row starts, and its weight twice
/// in a row, so that one instruction makes eight of it.
struct CommonTerm: Sendable, BitwiseCopyable {
  private let bits: UInt64

  init(row: Int, weight: UInt16) {
    bits = UInt64(row * CommonTermTiles.width) << 32 | UInt64(weight) << 16 | UInt64(weight)
  }

  var row: Int { Int(bits >> 32) / CommonTermTiles.width }
  var weight: UInt16 { UInt16(truncatingIfNeeded: bits) }

  /// Numbers from the beginning of a tile.
  @inline(__always)
  var offset: Int { Int(truncatingIfNeeded: bits &>> 32) }

  @inline(__always)
  var eightWeights: SIMD8<UInt16> {
    unsafeBitCast(
      SIMD4<UInt32>(repeating: UInt32(truncatingIfNeeded: bits)), to: SIMD8<UInt16>.self)
  }
}

/// Where the common terms of an article start, and its tails among them: the long one, of which the
/// short one is a part, ends where the next article's terms start.
struct CommonRow: Sendable, BitwiseCopyable {
  var start: Int32
  var longTail: Int32 = 0
  var shortTail: Int32 = 0
  /// The length of the article's part in a tail, in quantised weights, rounded up: by Cauchy and
  /// Schwarz the product of two of them bounds what the tail's terms bring.
  var longNorm: UInt16 = 0
  var shortNorm: UInt16 = 0
}

/// Puts the common terms of articles in order, row after row: the commonest last.
struct CommonTermRows {
  private(set) var terms: [CommonTerm] = []
  /// One more than there are articles.
  private(set) var rows = [CommonRow(start: 0)]
  private let common: CommonTerms
  private let scale: Double
  private var longTail: [CommonTerm] = []
  private var shortTail: [CommonTerm] = []
  private var longSquares = 0.0
  private var shortSquares = 0.0

  init(of common: CommonTerms, scale: Double) {
    self.common = common
    self.scale = scale
  }

  /// - Parameter exact: the weight before it was quantised.
  mutating func append(_ term: CommonTerm, exact: Double) {
    if term.row < common.shortTailCount {
      shortTail.append(term)
      shortSquares += exact * exact
    } else if term.row < common.longTailCount {
      longTail.append(term)
      longSquares += exact * exact
    } else {
      terms.append(term)
    }
  }

  mutating func endRow() {
    let last = rows.count - 1
    rows[last].longTail = Int32(terms.count)
    terms += longTail
    rows[last].shortTail = Int32(terms.count)
    terms += shortTail
    rows[last].longNorm = norm(longSquares + shortSquares)
    rows[last].shortNorm = norm(shortSquares)
    rows.append(CommonRow(start: Int32(terms.count)))
    longTail.removeAll(keepingCapacity: true)
    shortTail.removeAll(keepingCapacity: true)
    (longSquares, shortSquares) = (0, 0)
  }

  private func norm(_ squares: Double) -> UInt16 {
    UInt16((squares.squareRoot() * scale).rounded(.up))
  }

  /// Those of all articles, padded to whole tiles.
  func norms(_ norm: KeyPath<CommonRow, UInt16>) -> [UInt16] {
    let count = rows.count - 1
    return rows[..<count].map { $0[keyPath: norm] }
      + Array(repeating: 0, count: -count & (CommonTermTiles.width - 1))
  }
}
