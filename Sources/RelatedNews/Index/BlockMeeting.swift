/// One core's working memory for letting blocks meet: every article of one with every of another.
///
/// For a group of rows the sums of rare terms are scattered along the postings of the column block;
/// then, tile by tile, the common terms come on top, and whoever reaches a threshold is offered to
/// the lists of both. Each pair is met once.
///
/// Unsafe: sums are changed through pointers without bounds checks; the numbers that index them come
/// from `ArticleBlock`. `BlockPairsTests` holds it to the plain twin.
struct BlockMeeting {
  /// Articles a block at most. Larger ones are better for the postings, smaller ones for the caches
  /// and for an even share of work among the cores; a `Hit` has ten bits for a row.
  static let blockSize = 1024
  /// From a tile's sums to the next one's: one row more than a block has, or
  /// else all sums of a row would stand in the same few places of the first-level cache.
  private static let tileStride = (blockSize + 1) * CommonTermTiles.width
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
  /// The sums of every row with the articles of a tile, tile after tile; all zero between meetings.
  private var sums = [UInt16](
    repeating: 0, count: blockSize / CommonTermTiles.width * tileStride)
  /// One more than can be, as the last one is written before it is counted.
  private var hits = [CommonTermTiles.Hit](
    repeating: .none, count: blockSize * CommonTermTiles.width + 1)
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
  mutating func best(of row: Int, in lists: BlockCandidates, first: Int) -> [Neighbor] {
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
    scatter(rows, columns)
    let width = CommonTermTiles.width
    let isSame = rows.first == columns.first
    for tile in 0..<(columns.count + width - 1) / width {
      // Within one block a row meets the columns behind it.
      let range = 0..<(isSame ? min(rows.count, (tile + 1) * width) : rows.count)
      let hitCount = tiles.finish(
        rows, range, columns, tile: tile, sums: &sums, place: tile * Self.tileStride,
        rowThresholds: rowLists.pointee.thresholds,
        columnThresholds: columnLists.pointee.thresholds, hits: &hits)
      for place in 0..<hitCount {
        let hit = hits[place]
        let row = hit.row
        let column = tile * width + hit.lane
        if isSame && column <= row { continue }
        if hit.sum >= rowLists.pointee.thresholds[row] {
          offer(
            columns.first + column, to: row, of: rows.first, sum: hit.sum, in: &rowLists.pointee)
        }
        if hit.sum >= columnLists.pointee.thresholds[column] {
          offer(
            rows.first + row, to: column, of: columns.first, sum: hit.sum,
            in: &columnLists.pointee)
        }
      }
    }
    if isSame { sums.withUnsafeMutableBufferPointer { $0.update(repeating: 0) } }
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
  private mutating func scatter(_ rows: ArticleBlock, _ columns: ArticleBlock) {
    let width = CommonTermTiles.width
    // An article's place is its number plus what all tiles before it are longer than they are wide.
    let gap = UInt32(Self.tileStride - width)
    sums.withUnsafeMutableBufferPointer { sums in
      rows.rareTerms.withUnsafeBufferPointer { terms in
        rows.rareWeights.withUnsafeBufferPointer { weights in
          ranges.withUnsafeBufferPointer { ranges in
            columns.postings.withUnsafeBufferPointer { postings in
              for row in 0..<rows.count {
                let rowSums = UnsafeMutableBufferPointer(rebasing: sums[(row * width)...])
                for entry in Int(rows.rareStarts[row])..<Int(rows.rareStarts[row + 1]) {
                  let range = ranges[Int(terms[entry])]
                  let weight = UInt32(weights[entry])
                  for posting in range {
                    let number = postings[Int(posting)]
                    let article = number &>> 16
                    rowSums[Int(article &+ (article &>> 6) &* gap)] &+= UInt16(
                      truncatingIfNeeded: ((number & 0xFFFF) &* weight) &>> 16)
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
