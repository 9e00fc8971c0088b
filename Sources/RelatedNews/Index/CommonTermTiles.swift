/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles.
///
/// The sums of a tile stay in eight registers while an article's terms go by, one row of 64 weights
/// each: a multiplication and an addition of eight numbers at a time, which every x86-64 and ARM64
/// has (`pmulhuw` and `paddw` here). Sums are counted from `zero`, so that signed numbers compare
/// them: x86-64 compares no others.
///
/// Terms go by in levels, the commonest last. A level's dense rows of a tile fit the nearest cache, and
/// all articles of a group pass it before the next level: but only those for whom a bound of what is
/// missing leaves anybody who may reach a threshold. After the last level but the tail few pairs are
/// left, and these are completed one by one.
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
  /// So many pairs of an article with those of a tile are completed one by one; for more the whole tile
  /// is.
  private static let fewLanes = 4

  private let levels: [Range<Int>]
  /// Dense rows of one tile, 64 weights each: those of a level, or of both that are the tail. All 0
  /// between calls.
  private var numbers: [UInt16]

  init(of common: CommonTerms) {
    levels = common.levels
    let tailStart = levels.count - CommonTerms.tailCount
    let tail = levels[tailStart...].reduce(0) { $0 + $1.count }
    let rowCount = max(tail, levels[..<tailStart].map(\.count).max() ?? 0)
    numbers = Array(repeating: 0, count: max(1, rowCount) * Self.width)
  }

  /// A sum that exceeds a limit.
  struct Hit {
    /// The sum, the row counted from the first one, the lane of the tile: 16, 9 and 6 bits.
    private let bits: UInt32

    fileprivate init(row: Int, lane: Int, sum: UInt16) {
      bits =
        UInt32(sum) &<< 16 | UInt32(truncatingIfNeeded: row) &<< 6
        | UInt32(truncatingIfNeeded: lane)
    }

    var row: Int { Int(bits &>> 6) & 0x1FF }
    var lane: Int { Int(bits) & 63 }
    /// As limits are, counted from `zero`.
    var sum: Int16 { Int16(truncatingIfNeeded: bits &>> 16) }
    var units: UInt16 { UInt16(bitPattern: sum) ^ zero }

    static let none = Hit(row: 0, lane: 0, sum: 0)
  }

  /// Adds the products of the rows' common terms to the sums of one tile's articles, as far as anybody
  /// may be a hit, and sets them to `zero`.
  ///
  /// - Parameters:
  ///   - range: at most 512 rows.
  ///   - sums: those of the first row with all columns, then the next row's, `rowStride` behind.
  ///   - rowLimits, columnLimits: what a sum must exceed to be a hit, its row's or its column's.
  /// - Returns: how many hits there are.
  mutating func finish(
    _ rows: ArticleBlock, _ range: Range<Int>, _ columns: ArticleBlock, tile: Int,
    sums: inout [UInt16], rowLimits: UnsafePointer<Int16>,
    columnLimits: UnsafePointer<Int16>, hits: inout [Hit]
  ) -> Int {
    let limits = Limits(
      rows: rowLimits + range.lowerBound, columns: columnLimits + tile * Self.width)
    let tailStart = levels.count - CommonTerms.tailCount
    let longTailSize = levels[tailStart].count * Self.width
    return numbers.withUnsafeMutableBufferPointer { numbers in
      sums.withUnsafeMutableBufferPointer { sums in
        hits.withUnsafeMutableBufferPointer { hits in
          withUnsafeTemporaryAllocation(of: UInt16.self, capacity: range.count) { active in
            guard let numbers = numbers.baseAddress, let active = active.baseAddress,
              let sums = sums.baseAddress.map({ $0 + tile * Self.width }),
              let hits = hits.baseAddress
            else { return 0 }
            // The rows, counted from the first one, about whom something is left to ask.
            for row in 0..<range.count { active[row] = UInt16(truncatingIfNeeded: row) }
            var count = range.count
            for level in 0..<tailStart where count > 0 {
              count = Self.withTile(
                tile, rows.levels[level], range, columns.levels[level], weights: numbers
              ) { Self.pass($0, active, count: count, sums, limits) }
            }
            guard count > 0 else { return 0 }
            return Self.withTile(
              tile, rows.levels[tailStart], range, columns.levels[tailStart], weights: numbers
            ) { long in
              Self.withTile(
                tile, rows.levels[tailStart + 1], range, columns.levels[tailStart + 1],
                weights: numbers + longTailSize
              ) { short in
                Self.complete(long, short, active, count: count, sums, limits, hits)
              }
            }
          }
        }
      }
    }
  }
}

extension CommonTermTiles {
  /// What a level needs of a tile and of the rows of a group.
  private struct LevelTile {
    /// The first row of the group has `terms[starts[0]..<starts[1]]`.
    let starts: UnsafePointer<Int32>
    let terms: UnsafePointer<CommonTerm>
    let rowNorms: UnsafePointer<UInt16>
    /// 64 numbers a dense row.
    let weights: UnsafePointer<UInt16>
    let columnNorms: UnsafePointer<UInt16>

    @inline(__always)
    func places(of row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row &+ 1]) }

    /// At most this is what the level and those after it bring to the sum of a row and a lane.
    @inline(__always)
    func bound(_ row: Int, _ lane: Int) -> UInt16 {
      UInt16(truncatingIfNeeded: (UInt32(rowNorms[row]) &* UInt32(columnNorms[lane])) &>> 16)
    }

    /// What the level brings to the sum of a row and a lane.
    @inline(__always)
    func product(_ row: Int, _ lane: Int) -> UInt16 {
      var sum: UInt32 = 0
      for place in places(of: row) {
        let term = terms[place]
        sum &+= (UInt32(term.weight) &* UInt32(weights[term.offset &+ lane])) &>> 16
      }
      return UInt16(truncatingIfNeeded: sum)
    }
  }

  /// What a sum must exceed: its row's limit, from the first row of the group on, or its lane's.
  private struct Limits {
    let rows: UnsafePointer<Int16>
    let columns: UnsafePointer<Int16>
  }

  /// Lays out the dense rows of a level in a tile, all 0 before and after.
  private static func withTile<Result>(
    _ tile: Int, _ rows: CommonLevel, _ range: Range<Int>, _ columns: CommonLevel,
    weights: UnsafeMutablePointer<UInt16>, _ body: (LevelTile) -> Result
  ) -> Result {
    let cells = Int(columns.cellStarts[tile])..<Int(columns.cellStarts[tile + 1])
    return columns.cells.withUnsafeBufferPointer { allCells in
      rows.starts.withUnsafeBufferPointer { starts in
        rows.terms.withUnsafeBufferPointer { terms in
          rows.norms.withUnsafeBufferPointer { rowNorms in
            columns.norms.withUnsafeBufferPointer { columnNorms in
              for cell in cells { weights[allCells[cell].place] = allCells[cell].weight }
              defer { for cell in cells { weights[allCells[cell].place] = 0 } }
              return body(
                LevelTile(
                  starts: starts.baseAddress! + range.lowerBound, terms: terms.baseAddress!,
                  rowNorms: rowNorms.baseAddress! + range.lowerBound, weights: weights,
                  columnNorms: columnNorms.baseAddress! + tile * Self.width))
            }
          }
        }
      }
    }
  }

  /// Adds the products of a level for those active rows that may still have a hit.
  ///
  /// Not inlined: in a larger function the compiler leaves the conversions of products as calls.
  ///
  /// - Returns: how many of the active rows are left; they stand first.
  @inline(never)
  private static func pass(
    _ tile: LevelTile, _ active: UnsafeMutablePointer<UInt16>, count: Int,
    _ firstSums: UnsafeMutablePointer<UInt16>, _ limits: Limits
  ) -> Int {
    var kept = 0
    for place in 0..<count {
      let row = Int(active[place])
      let sums = firstSums + row &* rowStride
      var tileSums = TileSums(sums)
      if tileSums.adding(tile.columnNorms, times: tile.rowNorms[row])
        .exceed(limits.rows[row], limits.columns)
      {
        tileSums.add(tile.terms, tile.places(of: row), of: tile.weights)
        tileSums.store(to: sums)
        active[kept] = UInt16(truncatingIfNeeded: row)
        kept &+= 1
      } else {
        sums.update(repeating: zero, count: width)
      }
    }
    return kept
  }

  /// Completes the sums of the active rows with the two levels of the tail.
  ///
  /// - Returns: how many hits there are.
  @inline(never)
  private static func complete(
    _ long: LevelTile, _ short: LevelTile, _ active: UnsafePointer<UInt16>, count: Int,
    _ firstSums: UnsafeMutablePointer<UInt16>, _ limits: Limits, _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: width) { bounds in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width + 1) { lanes in
        let bounds = bounds.baseAddress!
        let lanes = lanes.baseAddress!
        var hitCount = 0
        for place in 0..<count {
          let row = Int(active[place])
          let sums = firstSums + row &* rowStride
          var tileSums = TileSums(sums)
          let most = tileSums.adding(long.columnNorms, times: long.rowNorms[row])
          if most.exceed(limits.rows[row], limits.columns) {
            most.store(to: bounds)
            var laneCount = exceeding(
              bounds, limits.rows[row], limits.columns, lanes, enough: fewLanes)
            let isWhole = laneCount > fewLanes
            if isWhole {
              tileSums.add(long.terms, long.places(of: row), of: long.weights)
              tileSums.add(short.terms, short.places(of: row), of: short.weights)
              tileSums.store(to: sums)
              laneCount = exceeding(
                sums, limits.rows[row], limits.columns, lanes, enough: width)
            }
            for lane in UnsafeBufferPointer(start: lanes, count: laneCount) {
              let lane = Int(lane)
              let limit = min(limits.rows[row], limits.columns[lane])
              var sum = sums[lane]
              if !isWhole {
                sum &+= long.product(row, lane)
                guard Int16(bitPattern: sum &+ short.bound(row, lane)) > limit else { continue }
                sum &+= short.product(row, lane)
              }
              hits[hitCount] = Hit(row: row, lane: lane, sum: sum)
              hitCount &+= Int16(bitPattern: sum) > limit ? 1 : 0
            }
          }
          sums.update(repeating: zero, count: width)
        }
        return hitCount
      }
    }
  }

  /// Notes the lanes whose sums exceed their limit, eight at a time, as most of a tile do not.
  ///
  /// - Parameters:
  ///   - lanes: room for one more than there may be.
  ///   - enough: nobody wants to know how many more there are.
  /// - Returns: how many were noted.
  @inline(__always)
  private static func exceeding(
    _ sums: UnsafePointer<UInt16>, _ limit: Int16, _ columnLimits: UnsafePointer<Int16>,
    _ lanes: UnsafeMutablePointer<UInt8>, enough: Int
  ) -> Int {
    var count = 0
    for part in 0..<8
    where count <= enough && EightSums(sums, part).exceed(limit, columnLimits) {
      for lane in 8 &* part..<8 &* part &+ 8 {
        // Written in any case, kept by the count: no branch to be guessed wrong.
        lanes[count] = UInt8(truncatingIfNeeded: lane)
        count &+= Int16(bitPattern: sums[lane]) > min(limit, columnLimits[lane]) ? 1 : 0
      }
    }
    return count
  }
}
