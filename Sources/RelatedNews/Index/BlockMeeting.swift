/// One core's working memory for letting blocks meet: every article of one with every of another.
///
/// For a group of rows the sums of rare terms are scattered along the postings of the column block;
/// then, tile by tile, the common terms come on top, and whoever reaches a threshold is offered to
/// the lists of both. Each pair is met once.
///
/// Unsafe: sums are changed through pointers without bounds checks; the numbers that index them come
/// from `ArticleBlock`. `BlockPairsTests` holds it to the plain twin.
struct BlockMeeting {
  /// Articles a block at most: larger ones look up fewer terms. A `BlockPosting` has sixteen bits for a
  /// column.
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

  /// What multiplies the score of `target` on the list of `source`; nil is 1 for all.
  typealias PairWeight = @Sendable (_ source: Int, _ target: Int) -> Float

  private let articles: SparseMatrix
  private let quantizer: WeightQuantizer
  private let commonCount: Int
  private let pairWeight: PairWeight?
  private let minScore: Float
  private var tiles = CommonTermTiles()
  /// The column block that `tiles` and `placeOfTerm` are of.
  private var column: (first: Int, terms: [UInt32])?
  /// Beside each term its place in the column block's `terms`.
  private var placeOfTerm: [UInt32]
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
  private var scorer: ExactScorer

  init(
    articles: SparseMatrix, quantizer: WeightQuantizer, commonCount: Int, minScore: Float,
    pairWeight: PairWeight?
  ) {
    self.articles = articles
    self.quantizer = quantizer
    self.commonCount = commonCount
    self.minScore = minScore
    self.pairWeight = pairWeight
    placeOfTerm = Array(repeating: ArticleBlock.none, count: articles.termCount)
    // One more than can be, as the last one is written before it is counted.
    let mostTerms = (0..<articles.rowCount).reduce(0) {
      max($0, articles.rowStarts[$1 + 1] - articles.rowStarts[$1])
    }
    found = Array(repeating: (0..<0, 0), count: mostTerms + 1)
    scorer = ExactScorer(articles: articles)
  }

  /// Lets two different blocks meet.
  mutating func meet(
    _ rows: ArticleBlock, _ columns: ArticleBlock, rowLists: inout BlockCandidates,
    columnLists: inout BlockCandidates
  ) {
    withUnsafeMutablePointer(to: &rowLists) { rowLists in
      withUnsafeMutablePointer(to: &columnLists) { columnLists in
        meet(rows, columns, rowLists, columnLists)
      }
    }
  }

  /// Lets the articles of one block meet each other.
  mutating func meet(_ block: ArticleBlock, lists: inout BlockCandidates) {
    withUnsafeMutablePointer(to: &lists) { meet(block, block, $0, $0) }
  }

  /// The list of one row, exactly scored, from its candidates.
  mutating func best(of row: Int, in lists: borrowing BlockCandidates, first: Int) -> [Neighbor] {
    var best = BestNeighbors(limit: lists.limit, minScore: minScore)
    let source = first + row
    scorer.load(source)
    for article in lists.candidates(of: row) {
      let target = Int(article)
      let dot = scorer.dot(target)
      guard best.mayTake(dot) else { continue }
      best.insert(Neighbor(article: target, score: dot * (pairWeight?(source, target) ?? 1)))
    }
    return best.list
  }
}

extension BlockMeeting {
  /// Both lists may be the same; then the two blocks are.
  private mutating func meet(
    _ rows: ArticleBlock, _ columns: ArticleBlock,
    _ rowLists: UnsafeMutablePointer<BlockCandidates>,
    _ columnLists: UnsafeMutablePointer<BlockCandidates>
  ) {
    prepare(rows, columns)
    let isSame = rows.first == columns.first
    for start in stride(from: 0, to: rows.count, by: Self.groupSize) {
      let group = start..<min(rows.count, start + Self.groupSize)
      scatter(rows, group, columns)
      let width = CommonTermTiles.width
      // Within one block a row meets the columns behind it.
      let firstTile = isSame ? start / width : 0
      for tile in firstTile..<(columns.count + width - 1) / width {
        let end = isSame ? min(group.upperBound, (tile + 1) * width) : group.upperBound
        finish(rows, start..<end, columns, tile: tile, rowLists, columnLists)
      }
      if isSame {
        sums.withUnsafeMutableBufferPointer { $0.update(repeating: CommonTermTiles.zero) }
      }
    }
  }

  /// Completes the sums of a tile and offers what may be listed.
  private mutating func finish(
    _ rows: ArticleBlock, _ group: Range<Int>, _ columns: ArticleBlock, tile: Int,
    _ rowLists: UnsafeMutablePointer<BlockCandidates>,
    _ columnLists: UnsafeMutablePointer<BlockCandidates>
  ) {
    let isSame = rows.first == columns.first
    let hitCount = tiles.finish(
      rows, group, columns, tile: tile, sums: &sums, place: tile * CommonTermTiles.width,
      rowLimits: rowLists.pointee.limits, columnLimits: columnLists.pointee.limits, hits: &hits)
    for place in 0..<hitCount {
      let hit = hits[place]
      let row = group.lowerBound + hit.row
      let column = tile * CommonTermTiles.width + hit.lane
      if isSame && column <= row { continue }
      if hit.sum > rowLists.pointee.limits[row] {
        offer(
          columns.first + column, to: row, of: rows.first, sum: hit.units, in: &rowLists.pointee)
      }
      if hit.sum > columnLists.pointee.limits[column] {
        offer(
          rows.first + row, to: column, of: columns.first, sum: hit.units,
          in: &columnLists.pointee)
      }
    }
  }

  private mutating func offer(
    _ target: Int, to row: Int, of first: Int, sum: UInt16, in lists: inout BlockCandidates
  ) {
    let weight = pairWeight?(first + row, target) ?? 1
    guard weight > 0 else { return }
    if lists.offer(Int32(target), to: row, sum: sum, pairWeight: weight) { return }
    lists.settle(row, best: best(of: row, in: lists, first: first), units: quantizer.units)
  }

  /// Finds where the rare terms of `rows` have their postings in `columns`.
  private mutating func prepare(_ rows: ArticleBlock, _ columns: ArticleBlock) {
    if column?.first != columns.first {
      for term in column?.terms ?? [] { placeOfTerm[Int(term)] = ArticleBlock.none }
      for (place, term) in columns.terms.enumerated() { placeOfTerm[Int(term)] = UInt32(place) }
      tiles.load(columns, rowCount: commonCount)
      column = (columns.first, columns.terms)
    }
    ranges.removeAll(keepingCapacity: true)
    for term in rows.terms {
      let place = Int(placeOfTerm[Int(term)])
      ranges.append(
        place == Int(ArticleBlock.none)
          ? 0..<0 : columns.postingStarts[place]..<columns.postingStarts[place + 1])
    }
  }

  /// Adds the products of rare terms to the sums.
  ///
  /// First a row's ranges are fetched, then their postings are walked: how often a loop goes round is
  /// at hand then, where else the processor would guess it wrong and find out only when the range has
  /// come from a far cache.
  private mutating func scatter(
    _ rows: ArticleBlock, _ group: Range<Int>, _ columns: ArticleBlock
  ) {
    found.withUnsafeMutableBufferPointer { found in
      sums.withUnsafeMutableBufferPointer { sums in
        rows.rareTerms.withUnsafeBufferPointer { terms in
          rows.rareWeights.withUnsafeBufferPointer { weights in
            ranges.withUnsafeBufferPointer { ranges in
              columns.postings.withUnsafeBufferPointer { postings in
                guard var rowSums = sums.baseAddress else { return }
                for row in group {
                  var count = 0
                  for entry in Int(rows.rareStarts[row])..<Int(rows.rareStarts[row + 1]) {
                    let range = ranges[Int(terms[entry])]
                    // Written in any case, kept by the count: no branch to be guessed wrong.
                    found[count] = (range, UInt32(weights[entry]))
                    count &+= range.isEmpty ? 0 : 1
                  }
                  for (range, weight) in found[..<count] {
                    for place in Int(range.lowerBound)..<Int(range.upperBound) {
                      let posting = postings[place]
                      rowSums[posting.column] &+= UInt16(
                        truncatingIfNeeded: (posting.weight &* weight) &>> 16)
                    }
                  }
                  rowSums += CommonTermTiles.rowStride
                }
              }
            }
          }
        }
      }
    }
  }
}
