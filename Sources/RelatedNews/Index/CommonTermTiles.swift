/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles:
/// the weight of the article at `lane` of a tile for dense row r stands at
/// `numbers[(tile * rowCount + r) * 64 + lane]`.
///
/// The sums of a tile stay in eight registers while an article's terms go by, one row of 64 weights
/// each: a multiplication and an addition of eight numbers at a time, which every x86-64 and ARM64
/// has (`pmulhuw` and `paddw` here). Sums are counted from `zero`, so that signed numbers compare
/// them: x86-64 compares no others.
///
/// The commonest terms come last, as their part of a score is small: before the long tail of them and
/// again before the short one a bound of what is missing shows for most tiles that nobody reaches a
/// threshold.
///
/// Unsafe: the rows are read through pointers without bounds checks. `BlockPairsTests` holds it to
/// the plain twin.
struct CommonTermTiles {
  static let width = 64
  /// From a row's sums to the next one's: a tile more than a block has, or else those of a tile would
  /// all stand in the same few places of the nearest cache.
  static let rowStride = BlockMeeting.blockSize + width
  /// The sum of nothing, −32,768 as a signed number.
  static let zero: UInt16 = 0x8000
  private var numbers: [UInt16] = []
  private var rowCount = 0

  /// Takes the weights of a block.
  mutating func load(_ block: ArticleBlock, rowCount: Int) {
    self.rowCount = rowCount
    let tileCount = (block.count + Self.width - 1) / Self.width
    let size = tileCount * rowCount * Self.width
    if numbers.count < size { numbers = Array(repeating: 0, count: size) }
    numbers.withUnsafeMutableBufferPointer { weights in
      weights.update(repeating: 0)
      for article in 0..<block.count {
        let tile = article / Self.width * rowCount * Self.width + article % Self.width
        let range = block.commonRows[article].start..<block.commonRows[article + 1].start
        for term in block.common[Int(range.lowerBound)..<Int(range.upperBound)] {
          weights[tile + term.row * Self.width] = term.weight
        }
      }
    }
  }

  /// Adds the products of the rows' common terms to the sums of one tile's articles, and sets those
  /// to `zero`.
  ///
  /// - Parameters:
  ///   - columns: the block that was loaded.
  ///   - range: at most 512 rows.
  ///   - sums: those of the first row with this tile start at `place`, the next row's `rowStride` behind.
  ///   - rowLimits, columnLimits: what a sum must exceed to be a hit, its row's or its column's.
  /// - Returns: how many hits there are.
  func finish(
    _ rows: ArticleBlock, _ range: Range<Int>, _ columns: ArticleBlock, tile: Int,
    sums: inout [UInt16], place: Int, rowLimits: UnsafePointer<Int16>,
    columnLimits: UnsafePointer<Int16>, hits: inout [Hit]
  ) -> Int {
    columns.longNorms.withUnsafeBufferPointer { longNorms in
      columns.shortNorms.withUnsafeBufferPointer { shortNorms in
        numbers.withUnsafeBufferPointer { numbers in
          guard let numbers = numbers.baseAddress, let longNorms = longNorms.baseAddress,
            let shortNorms = shortNorms.baseAddress
          else { return 0 }
          let first = tile &* Self.width
          let tile = Tile(
            weights: numbers + first &* rowCount, longNorms: longNorms + first,
            shortNorms: shortNorms + first, limits: columnLimits + first)
          return rows.common.withUnsafeBufferPointer { terms in
            rows.commonRows.withUnsafeBufferPointer { rows in
              sums.withUnsafeMutableBufferPointer { sums in
                hits.withUnsafeMutableBufferPointer { hits in
                  guard let rows = rows.baseAddress, let terms = terms.baseAddress,
                    let sums = sums.baseAddress, let hits = hits.baseAddress
                  else { return 0 }
                  return Self.finish(
                    rows, terms, range, tile, sums + place, rowLimits, hits)
                }
              }
            }
          }
        }
      }
    }
  }

  /// What a tile's articles have: 64 numbers each, of the weights as many a dense row.
  private struct Tile {
    let weights: UnsafePointer<UInt16>
    let longNorms: UnsafePointer<UInt16>
    let shortNorms: UnsafePointer<UInt16>
    let limits: UnsafePointer<Int16>
  }

  /// A sum that exceeds a limit.
  struct Hit {
    /// The sum, the row counted from the first one, the lane of the tile: 16, 9 and 6 bits.
    fileprivate let bits: UInt32
    var row: Int { Int(bits &>> 6) & 0x1FF }
    var lane: Int { Int(bits) & 63 }
    /// As limits are, counted from `zero`.
    var sum: Int16 { Int16(truncatingIfNeeded: bits &>> 16) }
    var units: UInt16 { UInt16(bitPattern: sum) ^ zero }

    static let none = Hit(bits: 0)
  }

  /// Not inlined: in a larger function the compiler leaves the conversions of products as calls.
  @inline(never)
  private static func finish(
    _ rows: UnsafePointer<CommonRow>, _ terms: UnsafePointer<CommonTerm>, _ range: Range<Int>,
    _ tile: Tile, _ firstSums: UnsafeMutablePointer<UInt16>, _ rowLimits: UnsafePointer<Int16>,
    _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    var hitCount = 0
    var sums = firstSums
    for index in range {
      let row = rows[index]
      var tileSums = TileSums(sums)
      tileSums.add(terms, Int(row.start)..<Int(row.longTail), of: tile.weights)
      let limit = SIMD8<Int16>(repeating: rowLimits[index])
      if tileSums.exceed(limit, tile.limits, withBound: row.longNorm, tile.longNorms) {
        tileSums.add(terms, Int(row.longTail)..<Int(row.shortTail), of: tile.weights)
        if tileSums.exceed(limit, tile.limits, withBound: row.shortNorm, tile.shortNorms) {
          tileSums.add(
            terms, Int(row.shortTail)..<Int(rows[index &+ 1].start), of: tile.weights)
          if tileSums.exceed(limit, tile.limits) {
            tileSums.store(to: sums)
            addHits(
              of: index &- range.lowerBound, sums: sums, limit: limit, columnLimits: tile.limits,
              to: hits, count: &hitCount)
          }
        }
      }
      sums.update(repeating: zero, count: width)
      sums += rowStride
    }
    return hitCount
  }

  /// Eight lanes at a time, as most of a tile are no hits.
  @inline(__always)
  private static func addHits(
    of row: Int, sums: UnsafePointer<UInt16>, limit: SIMD8<Int16>,
    columnLimits: UnsafePointer<Int16>, to hits: UnsafeMutablePointer<Hit>, count: inout Int
  ) {
    let row = UInt32(truncatingIfNeeded: row) &<< 6
    for part in 0..<8 where any(EightSums(sums, part).exceeding(limit, columnLimits)) {
      for lane in 8 &* part..<8 &* part &+ 8 {
        let sum = sums[lane]
        // Written in any case, kept by the count: no branch to be guessed wrong.
        hits[count] = Hit(
          bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
        count &+= Int16(bitPattern: sum) > min(limit[0], columnLimits[lane]) ? 1 : 0
      }
    }
  }
}
