import Synchronization

/// The lists of all articles at once: every pair of blocks meets once, then the few candidates of
/// each row are scored exactly.
struct ArchiveRebuild {
  let articles: SparseMatrix
  let limit: Int
  let minScore: Float
  let pairWeight: BlockMeeting.PairWeight?
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
    let floor = UInt16(min(65535, max(0, quantizer.units(minScore))))
    let lists = blocks.map { GuardedLists(of: $0, limit: limit, floor: floor) }
    concurrentPairs(of: blocks.count, jobs: jobs, workspace: makeMeeting) { meeting, row, column in
      lists[row].lists.withLock { rowLists in
        if row == column {
          meeting.meet(blocks[row], lists: &rowLists)
        } else {
          lists[column].lists.withLock {
            meeting.meet(blocks[row], blocks[column], rowLists: &rowLists, columnLists: &$0)
          }
        }
      }
    }
    let pieces = evenRanges(of: blocks.count, pieces: jobs * 8)
    let rows = concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var meeting = makeMeeting()
      return pieces[piece].flatMap { block in
        lists[block].lists.withLock { lists in
          lists.sortOut()
          return blocks[block].margins.indices.map { row -> [Neighbor]? in
            let first = blocks[block].first
            guard lists.isComplete(row) else { return plain(first + row) }
            let bounded = BoundedList(
              row: first + row, articles: Array(lists.candidates(of: row)),
              least: quantizer.leastScore(lists.floor(of: row)))
            return isWanted(bounded) ? meeting.best(of: row, in: lists, first: first) : nil
          }
        }
      }
    }
    return rows.flatMap { $0 }
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
  /// A block's lists; the lock is never waited for, as no block is in two hands at a time, and lets
  /// the compiler see that.
  private final class GuardedLists: Sendable {
    let lists: Mutex<BlockCandidates>

    init(of block: ArticleBlock, limit: Int, floor: UInt16) {
      let width = CommonTermTiles.width
      lists = Mutex(
        BlockCandidates(
          margins: block.margins, limit: limit, floor: floor,
          paddedCount: (block.count + width - 1) / width * width))
    }
  }

  private func blocks(jobs: Int) -> [ArticleBlock] {
    let size = BlockMeeting.blockSize(of: articles.rowCount, jobs: jobs)
    let ranges = stride(from: 0, to: articles.rowCount, by: size).map {
      $0..<min(articles.rowCount, $0 + size)
    }
    let pieces = evenRanges(of: ranges.count, pieces: jobs * 4)
    return concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var places = [UInt32](repeating: ArticleBlock.none, count: articles.termCount)
      return pieces[piece].map {
        ArticleBlock(
          of: articles, rows: ranges[$0], common: common, quantizer: quantizer,
          placeOfTerm: &places)
      }
    }.flatMap { $0 }
  }

  @Sendable private func makeMeeting() -> BlockMeeting {
    BlockMeeting(
      articles: articles, quantizer: quantizer, commonCount: common.count, minScore: minScore,
      pairWeight: pairWeight)
  }
}
