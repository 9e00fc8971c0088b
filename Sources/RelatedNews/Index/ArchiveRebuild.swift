import Synchronization

/// The lists of all articles at once: every pair of blocks meets once, then the few candidates of
/// each row are scored exactly.
struct ArchiveRebuild {
  let articles: SparseMatrix
  let limit: Int
  let minScore: Float
  let pairWeight: BlockMeeting.PairWeight?
  /// So many that at the end no core waits long for another.
  private static let partsOfBlock = 8
  private let quantizer: WeightQuantizer
  private let common: CommonTerms

  /// Nil where 16 bits cannot hold the weights.
  init?(
    _ index: InvertedIndex, limit: Int, minScore: Float, pairWeight: BlockMeeting.PairWeight?
  ) {
    guard limit > 0, let quantizer = WeightQuantizer(index.articles) else { return nil }
    articles = index.articles
    self.limit = limit
    self.minScore = minScore
    self.pairWeight = pairWeight
    self.quantizer = quantizer
    common = CommonTerms(of: articles, postings: index.postings)
  }

  /// - Parameter plain: the list of one article by another way, for the few that bounds of 16 bits
  ///   say nothing about.
  func lists(jobs: Int, plain: @Sendable (Int) -> [Neighbor]) -> NeighborLists {
    let rows = rows(jobs: jobs, plain: plain) { _ in true }
    return NeighborLists(rows: rows.map { $0 ?? [] }, limit: limit)
  }

  /// The lists of which `isWanted` says so; the others are nil, and nothing of them is scored exactly.
  func rows(
    jobs: Int, plain: @Sendable (Int) -> [Neighbor], isWanted: @Sendable (BoundedList) -> Bool
  ) -> [[Neighbor]?] {
    let blocks = blocks(jobs: jobs)
    // Like ones first, see `ClusterOrder`: nearly each block itself, then its neighbours. Then limits
    // are near what they become, and those of a tile are made alike.
    meet(blocks, jobs: jobs) { $1 - $0 <= 1 }
    _ = concurrentMap(count: blocks.count, jobs: jobs) { blocks[$0].orderByLimit() }
    meet(blocks, jobs: jobs) { $1 - $0 > 1 }
    let scorer = CandidateScorer(articles: articles, minScore: minScore, pairWeight: pairWeight)
    // The first parts of all blocks, then the second ones: so two cores seldom want the same block.
    let parts = concurrentMap(
      count: blocks.count * Self.partsOfBlock, jobs: jobs, workspace: scorer
    ) { scorer, piece in
      let (part, block) = piece.quotientAndRemainder(dividingBy: blocks.count)
      return blocks[block].held.withLock { held in
        let numbers = held.block.articles
        // In the order of clusters, as like ones share candidates.
        let rows = held.lists.rowsByPlace
        let (first, end) = (rows.count * part, rows.count * (part + 1))
        return rows[first / Self.partsOfBlock..<end / Self.partsOfBlock].map {
          row -> (article: Int, list: [Neighbor]?) in
          held.lists.sortOut(row)
          let article = Int(numbers[row])
          guard held.lists.isComplete(row) else { return (article, plain(article)) }
          let bounded = BoundedList(
            row: article, articles: Array(held.lists.candidates(of: row)),
            least: quantizer.leastScore(held.lists.floor(of: row)))
          return (
            article,
            isWanted(bounded) ? scorer.best(of: row, in: held.lists, source: article) : nil
          )
        }
      }
    }.results
    var lists = [[Neighbor]?](repeating: nil, count: articles.rowCount)
    for part in parts { for (article, list) in part.result { lists[article] = list } }
    return lists
  }
}

/// What bounds say of a row's list before anything is scored exactly.
struct BoundedList: Sendable {
  let row: Int
  /// All that are on the list, and a few that may be.
  let articles: [Int32]
  /// What the last entry scores, at least; whoever scores less is not on the list.
  let least: Float
}

extension ArchiveRebuild {
  /// A block and its lists. While blocks meet, none is in two hands and its lock is never waited for;
  /// when lists are scored it is seldom.
  private final class GuardedBlock: Sendable {
    struct Held: ~Copyable {
      var block: ArticleBlock
      var lists: BlockCandidates
    }

    let held: Mutex<Held>

    init(_ block: ArticleBlock, limit: Int, floor: UInt16) {
      let width = CommonTermTiles.width
      let lists = BlockCandidates(
        margins: block.margins, limit: limit, floor: floor,
        paddedCount: (block.count + width - 1) / width * width)
      held = Mutex(Held(block: block, lists: lists))
    }

    func orderByLimit() {
      held.withLock {
        $0.block.reorder($0.lists.orderByLimit())
      }
    }
  }

  private func meet(
    _ blocks: [GuardedBlock], jobs: Int, where isWanted: (_ row: Int, _ column: Int) -> Bool
  ) {
    concurrentPairs(of: blocks.count, where: isWanted, jobs: jobs, workspace: makeMeeting) {
      meeting, row, column in
      blocks[row].held.withLock { rows in
        if row == column {
          meeting.meet(rows.block, lists: &rows.lists)
        } else {
          blocks[column].held.withLock { columns in
            meeting.meet(
              rows.block, columns.block, rowLists: &rows.lists, columnLists: &columns.lists)
          }
        }
      }
    }
  }

  private func blocks(jobs: Int) -> [GuardedBlock] {
    let size = BlockMeeting.blockSize(of: articles.rowCount, jobs: jobs)
    let order = ClusterOrder(of: articles, common: common, blockSize: size, jobs: jobs)
    let floor = UInt16(min(65535, max(0, quantizer.units(minScore))))
    let count = (articles.rowCount + size - 1) / size
    let free = [UInt32](repeating: 0, count: common.rareCount)
    return concurrentMap(count: count, jobs: jobs, workspace: free) { free, block in
      let start = block * size
      let members = order.articles[start..<min(articles.rowCount, start + size)]
      return GuardedBlock(
        ArticleBlock(
          of: articles, articles: members, common: common, quantizer: quantizer, free: &free),
        limit: limit, floor: floor)
    }.results.map(\.result)
  }

  @Sendable private func makeMeeting() -> BlockMeeting {
    BlockMeeting(
      articles: articles, quantizer: quantizer, common: common, minScore: minScore,
      pairWeight: pairWeight)
  }
}
