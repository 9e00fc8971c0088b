/// One core's working memory for letting blocks meet: every article of one with every of another.
///
/// For a group of rows the sums of rare terms are scattered along the postings of the column block;
/// then, tile by tile, the common terms come on top, and whoever reaches a threshold is offered to
/// the lists of both. Each pair is met once.
///
/// Unsafe: sums are changed through pointers without bounds checks; the numbers that index them come
/// from `ArticleBlock`. `BlockPairsTests` holds it to the plain twin.
struct BlockMeeting {
  /// Articles a block at most: larger ones look up fewer terms. A `PlacedWeight` has sixteen bits for a
  /// place.
  static let blockSize = 2048
  /// So many rows of a block meet the other at a time, so that their sums stay in a second-level cache
  /// even where two cores share one; at most as many as a `Hit` can name.
  private static let groupSize = 256

  /// Articles a block in an archive of `count`, whole tiles: smaller ones where else some cores would
  /// find no two blocks free.
  static func blockSize(of count: Int, jobs: Int) -> Int {
    let tiles = count / (4 * max(1, jobs)) / CommonTermTiles.width + 1
    return min(blockSize, max(4, tiles) * CommonTermTiles.width)
  }

  private static let none = UInt32.max

  private var tiles: CommonTermTiles
  /// The column block that `placeOfRank` is of.
  private var column: (articles: [Int32], ranks: [UInt32])?
  /// Beside each rare term its place in the column block's `ranks`.
  private var placeOfRank: [UInt32]
  /// Beside each rare term of the row block its postings in the column block.
  private var ranges: [Range<UInt32>] = []
  /// The sums of every row of a group with all columns; between groups all those of nothing.
  private var sums = [UInt16](
    repeating: CommonTermTiles.zero, count: groupSize * CommonTermTiles.rowStride)
  /// One more than can be, as the last one is written before it is counted.
  private var hits = [CommonTermTiles.Hit](
    repeating: .none, count: groupSize * CommonTermTiles.width + 1)
  /// The ranges of a row's rare terms and their weights there.
  private var found: [(range: Range<UInt32>, weight: UInt32)]
  private var scorer: CandidateScorer

  init(articles: SparseMatrix, common: CommonTerms) {
    tiles = CommonTermTiles(of: common)
    placeOfRank = Array(repeating: Self.none, count: common.rareCount)
    // One more than can be, as the last one is written before it is counted.
    let mostTerms = (0..<articles.rowCount).reduce(0) {
      max($0, articles.rowStarts[$1 + 1] - articles.rowStarts[$1])
    }
    found = Array(repeating: (0..<0, 0), count: mostTerms + 1)
    scorer = CandidateScorer(articles: articles)
  }

  /// Lets two different blocks meet.
  mutating func meet(
    _ rows: ArticleBlock, _ columns: ArticleBlock, rowLists: inout BlockLists,
    columnLists: inout BlockLists
  ) {
    withUnsafeMutablePointer(to: &rowLists) { rowLists in
      withUnsafeMutablePointer(to: &columnLists) { columnLists in
        meet(rows, columns, rowLists, columnLists)
      }
    }
  }

  /// Lets the articles of one block meet each other.
  mutating func meet(_ block: ArticleBlock, lists: inout BlockLists) {
    withUnsafeMutablePointer(to: &lists) { meet(block, block, $0, $0) }
  }
}

extension BlockMeeting {
  /// Both lists may be the same; then the two blocks are.
  private mutating func meet(
    _ rows: ArticleBlock, _ columns: ArticleBlock,
    _ rowLists: UnsafeMutablePointer<BlockLists>,
    _ columnLists: UnsafeMutablePointer<BlockLists>
  ) {
    prepare(rows, columns)
    let isSame = rows.isSame(as: columns)
    let width = CommonTermTiles.width
    // Within one block a row meets the columns behind it: from the last row on, so that these have
    // floors when they are met.
    for start in stride(from: 0, to: rows.count, by: Self.groupSize).reversed() {
      let group = start..<min(rows.count, start + Self.groupSize)
      scatter(rows, group, columns)
      if isSame && rowLists.pointee.takesFloors {
        setFloors(group, of: columns.count, &rowLists.pointee)
      }
      let firstTile = isSame ? start / width : 0
      for tile in firstTile..<(columns.count + width - 1) / width {
        let end = isSame ? min(group.upperBound, (tile + 1) * width) : group.upperBound
        finish(rows, start..<end, columns, tile: tile, rowLists, columnLists)
      }
    }
  }

  /// Completes the sums of a tile and offers what may be listed.
  private mutating func finish(
    _ rows: ArticleBlock, _ group: Range<Int>, _ columns: ArticleBlock, tile: Int,
    _ rowLists: UnsafeMutablePointer<BlockLists>,
    _ columnLists: UnsafeMutablePointer<BlockLists>
  ) {
    let isSame = rows.isSame(as: columns)
    let hitCount = tiles.finish(
      rows, group, columns, tile: tile, sums: &sums, rowLimits: rowLists.pointee.limits,
      columnLimits: columnLists.pointee.limits, hits: &hits)
    for place in 0..<hitCount {
      let hit = hits[place]
      let row = group.lowerBound + hit.row
      let column = tile * CommonTermTiles.width + hit.lane
      if isSame && column <= row { continue }
      if hit.sum > rowLists.pointee.limits[row] {
        rowLists.pointee.offer(
          columns.articles[column], to: row, of: rows.articles[row], sum: hit.units,
          scorer: &scorer)
      }
      if hit.sum > columnLists.pointee.limits[column] {
        columnLists.pointee.offer(
          rows.articles[row], to: column, of: columns.articles[column], sum: hit.units,
          scorer: &scorer)
      }
    }
  }

  /// Gives every row of a group the floor that its rare terms alone promise.
  ///
  /// - Parameter count: the columns.
  private func setFloors(
    _ group: Range<Int>, of count: Int, _ lists: inout BlockLists
  ) {
    let width = CommonTermTiles.width
    sums.withUnsafeBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for row in group {
        // Only columns behind it have sums.
        let tiles = (row + 1) / width..<(count + width - 1) / width
        let rowSums = sums + (row - group.lowerBound) &* CommonTermTiles.rowStride
        lists.raiseFloors(of: row) { limit in
          FirstFloor.units(
            rowSums + tiles.lowerBound &* width, tileCount: tiles.count, limit: limit)
        }
      }
    }
  }

  /// Finds where the rare terms of `rows` have their postings in `columns`; within one block these are
  /// none yet, as the rows come one by one.
  private mutating func prepare(_ rows: ArticleBlock, _ columns: ArticleBlock) {
    guard !rows.isSame(as: columns) else {
      ranges = columns.rare.postingStarts.dropFirst().dropLast().map { $0..<$0 }
      return
    }
    if column?.articles != columns.articles {
      for rank in column?.ranks ?? [] { placeOfRank[Int(rank)] = Self.none }
      for (place, rank) in columns.rare.ranks.enumerated() {
        placeOfRank[Int(rank)] = UInt32(place)
      }
      column = (columns.articles, columns.rare.ranks)
    }
    ranges = Self.ranges(of: rows.rare, in: columns.rare, placeOfRank: placeOfRank)
  }

  private static func ranges(
    of rows: RareTerms, in columns: RareTerms, placeOfRank: [UInt32]
  ) -> [Range<UInt32>] {
    let starts = columns.postingStarts.span
    let places = placeOfRank.span
    // A term that the columns lack has its place behind the last one: an empty range, and no branch
    // to be guessed wrong.
    let behind = UInt32(columns.ranks.count)
    return rows.ranks.map { rank in
      let place = Int(min(places[unchecked: Int(rank)], behind))
      return starts[unchecked: place]..<starts[unchecked: place &+ 1]
    }
  }

  /// Adds the products of rare terms to the sums.
  ///
  /// First a row's ranges are fetched, then their postings are walked: how often a loop goes round is
  /// at hand then, where else the processor would guess it wrong and find out only when the range has
  /// come from a far cache.
  ///
  /// Within one block a row's own postings are added to the ranges when it has been walked: so each
  /// meets the columns behind it and no others.
  private mutating func scatter(
    _ rows: ArticleBlock, _ group: Range<Int>, _ columns: ArticleBlock
  ) {
    let isSame = rows.isSame(as: columns)
    found.withUnsafeMutableBufferPointer { found in
      sums.withUnsafeMutableBufferPointer { sums in
        rows.rare.terms.withUnsafeBufferPointer { terms in
          rows.rare.weights.withUnsafeBufferPointer { weights in
            ranges.withUnsafeMutableBufferPointer { ranges in
              columns.rare.postings.withUnsafeBufferPointer { postings in
                guard let sums = sums.baseAddress else { return }
                for row in group.reversed() {
                  let rowSums = sums + (row - group.lowerBound) &* CommonTermTiles.rowStride
                  let entries = Int(rows.rare.starts[row])..<Int(rows.rare.starts[row + 1])
                  var count = 0
                  for entry in entries {
                    let range = ranges[Int(terms[entry])]
                    // Written in any case, kept by the count: no branch to be guessed wrong.
                    found[count] = (range, UInt32(weights[entry]))
                    count &+= range.isEmpty ? 0 : 1
                  }
                  for (range, weight) in found[..<count] {
                    for place in Int(range.lowerBound)..<Int(range.upperBound) {
                      let posting = postings[place]
                      rowSums[posting.place] &+= UInt16(
                        truncatingIfNeeded: (UInt32(posting.weight) &* weight) &>> 16)
                    }
                  }
                  guard isSame else { continue }
                  for entry in entries {
                    let range = ranges[Int(terms[entry])]
                    ranges[Int(terms[entry])] = range.lowerBound &- 1..<range.upperBound
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
