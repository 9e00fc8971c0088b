/// One core's working memory for letting blocks meet: every article of one with every of another.
///
/// For a group of rows the sums of rare terms are scattered along the postings of the column block;
/// then, tile by tile, the common terms come on top, and whoever reaches a threshold is offered to
/// the lists of both. Each pair is met once.
///
/// Unsafe: sums are changed through pointers without bounds checks; the numbers that index them come
/// from `ArticleBlock`. `BlockPairsTests` holds it to the plain twin.
struct BlockMeeting {
  /// Rows whose sums are worked on together: a tile of common terms is read once for all of them.
  static let groupSize = 128
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
  private var sums: [SIMD8<UInt16>] = []
  /// One more than can be, as the last one is written before it is counted.
  private var hits = [CommonTermTiles.Hit](
    repeating: .none, count: groupSize * CommonTermTiles.width + 1)
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
    _ rows: ArticleBlock, _ columns: ArticleBlock, rowLists: inout CandidateLists,
    columnLists: inout CandidateLists
  ) {
    withUnsafeMutablePointer(to: &rowLists) { rowLists in
      withUnsafeMutablePointer(to: &columnLists) { columnLists in
        meet(rows, columns, rowLists, columnLists)
      }
    }
  }

  /// Lets the articles of one block meet each other.
  mutating func meet(_ block: ArticleBlock, lists: inout CandidateLists) {
    withUnsafeMutablePointer(to: &lists) { meet(block, block, $0, $0) }
  }

  /// The list of one row, exactly scored, from its candidates.
  mutating func best(of row: Int, in lists: CandidateLists, first: Int) -> [Neighbor] {
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
    _ rowLists: UnsafeMutablePointer<CandidateLists>,
    _ columnLists: UnsafeMutablePointer<CandidateLists>
  ) {
    prepare(rows, columns)
    let width = CommonTermTiles.width
    let tileCount = (columns.count + width - 1) / width
    let isSame = rows.first == columns.first
    for start in stride(from: 0, to: rows.count, by: Self.groupSize) {
      let group = start..<min(rows.count, start + Self.groupSize)
      scatter(rows, group, columns)
      for tile in (isSame ? start / width : 0)..<tileCount {
        // Within one block a row meets the columns behind it.
        let last = isSame ? min(group.upperBound, (tile + 1) * width) : group.upperBound
        let hitCount = tiles.add(
          rows, start..<last, tile: tile, to: &sums, place: tile * 8, stride: tileCount * 8,
          rowThresholds: rowLists.pointee.thresholds,
          columnThresholds: columnLists.pointee.thresholds, hits: &hits)
        for place in 0..<hitCount {
          let hit = hits[place]
          let row = start + hit.row
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
    }
  }

  private mutating func offer(
    _ target: Int, to row: Int, of first: Int, sum: UInt16, in lists: inout CandidateLists
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

  /// Sets the sums of a group of rows to the products of their rare terms.
  private mutating func scatter(
    _ rows: ArticleBlock, _ group: Range<Int>, _ columns: ArticleBlock
  ) {
    let width = CommonTermTiles.width
    let stride = (columns.count + width - 1) / width * width
    if sums.count < Self.groupSize * stride / 8 {
      sums = Array(repeating: .zero, count: Self.groupSize * stride / 8)
    }
    sums.withUnsafeMutableBytes { bytes in
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      let sums = bytes.assumingMemoryBound(to: UInt16.self)
      rows.rareTerms.withUnsafeBufferPointer { terms in
        rows.rareWeights.withUnsafeBufferPointer { weights in
          ranges.withUnsafeBufferPointer { ranges in
            columns.postings.withUnsafeBufferPointer { postings in
              for row in group {
                let rowSums = UnsafeMutableBufferPointer(
                  rebasing: sums[(row - group.lowerBound) * stride..<sums.count])
                for entry in Int(rows.rareStarts[row])..<Int(rows.rareStarts[row + 1]) {
                  let range = ranges[Int(terms[entry])]
                  let weight = UInt32(weights[entry])
                  for posting in range {
                    let number = postings[Int(posting)]
                    rowSums[Int(number >> 16)] &+= UInt16(
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
