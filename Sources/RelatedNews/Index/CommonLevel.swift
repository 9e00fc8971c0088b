/// What the articles of a block have of one level of common terms.
struct CommonLevel: Sendable {
  /// The article at place a has `terms[starts[a]..<starts[a + 1]]`.
  private(set) var starts: [Int32] = [0]
  private(set) var terms: [CommonTerm] = []
  /// Beside each article the length of its part in this level and those after it, in quantised
  /// weights, rounded up: by Cauchy and Schwarz the product of two of them bounds what these levels
  /// bring. Padded to whole tiles.
  private(set) var norms: [UInt16] = []
  /// The same terms tile after tile, each with its place among the dense rows of the tile: tile t has
  /// `cells[cellStarts[t]..<cellStarts[t + 1]]`.
  private(set) var cells: [PlacedWeight] = []
  private(set) var cellStarts: [Int32] = [0]

  fileprivate init() {}

  mutating func reorder(_ order: RowOrder) {
    terms = order.ordered(terms, startingAt: starts)
    starts = order.orderedStarts(starts)
    norms = order.ordered(norms)
    layOutTiles()
  }

  fileprivate mutating func append(_ term: CommonTerm) { terms.append(term) }

  fileprivate mutating func endArticle(norm: Double) {
    starts.append(Int32(terms.count))
    norms.append(UInt16(norm.rounded(.up)))
  }

  /// Makes the cells of what the articles have, and pads their lengths.
  fileprivate mutating func layOutTiles() {
    let width = CommonTermTiles.width
    let articleCount = starts.count - 1
    cells.removeAll(keepingCapacity: true)
    cells.reserveCapacity(terms.count)
    cellStarts = [0]
    for first in stride(from: 0, to: articleCount, by: width) {
      for article in first..<min(articleCount, first + width) {
        for place in Int(starts[article])..<Int(starts[article + 1]) {
          let term = terms[place]
          cells.append(PlacedWeight(place: term.offset + article - first, weight: term.weight))
        }
      }
      cellStarts.append(Int32(cells.count))
    }
    norms += Array(repeating: 0, count: -norms.count & (width - 1))
  }
}

/// A common term of an article as the tiles want it: where its dense row starts, and its weight twice
/// in a row, so that one instruction makes eight of it.
struct CommonTerm: Sendable, BitwiseCopyable {
  private let bits: UInt64

  /// - Parameter row: its dense row, counted from the first one of its level.
  init(row: Int, weight: UInt16) {
    bits = UInt64(row * CommonTermTiles.width) << 32 | UInt64(weight) << 16 | UInt64(weight)
  }

  @inline(__always)
  var weight: UInt16 { UInt16(truncatingIfNeeded: bits) }

  /// Numbers from the beginning of its level in a tile.
  @inline(__always)
  var offset: Int { Int(truncatingIfNeeded: bits &>> 32) }

  @inline(__always)
  var eightWeights: SIMD8<UInt16> {
    unsafeBitCast(
      SIMD4<UInt32>(repeating: UInt32(truncatingIfNeeded: bits)), to: SIMD8<UInt16>.self)
  }
}

/// Sorts the common terms of a block's articles into levels.
struct CommonLevels {
  private let common: CommonTerms
  private let scale: Double
  private var levels: [CommonLevel]
  /// The squared weights of an article in each level, not quantised.
  private var squares: [Double]

  init(of common: CommonTerms, scale: Double) {
    self.common = common
    self.scale = scale
    levels = Array(repeating: CommonLevel(), count: common.levels.count)
    squares = Array(repeating: 0, count: common.levels.count)
  }

  /// - Parameters:
  ///   - row: the term's dense row.
  ///   - exact: the weight before it was quantised.
  mutating func append(row: Int, weight: UInt16, exact: Double) {
    let level = Int(common.levelOfRow[row])
    levels[level].append(
      CommonTerm(row: row - common.levels[level].lowerBound, weight: weight))
    squares[level] += exact * exact
  }

  mutating func endArticle() {
    var left = 0.0
    for level in levels.indices.reversed() {
      left += squares[level]
      levels[level].endArticle(norm: left.squareRoot() * scale)
      squares[level] = 0
    }
  }

  consuming func finish() -> [CommonLevel] {
    for level in levels.indices { levels[level].layOutTiles() }
    return levels
  }
}
