import Synchronization

/// The lists of all articles at once: every pair of blocks meets once, then the few candidates of
/// each row are scored exactly. Of some articles likewise: these have blocks of their own, and only
/// those meet all.
///
/// Lists of two searches are made in one go: what is dear about a pair is done once for both.
struct ArchiveRebuild {
  /// So many that at the end no core waits long for another.
  private static let partsOfBlock = 8
  private let index: InvertedIndex
  private let first: ListSearch
  private let second: ListSearch?
  /// Whose lists are made; nil for all.
  private let sources: [Int]?
  private let quantizer: WeightQuantizer
  private let common: CommonTerms

  /// Nil where 16 bits cannot hold the weights, or lists have no places.
  ///
  /// - Parameter sources: whose lists are made; nil for all.
  init?(
    _ index: InvertedIndex, _ first: ListSearch, beside second: ListSearch? = nil,
    of sources: [Int]? = nil
  ) {
    guard first.limit > 0, second.map({ $0.limit > 0 }) ?? true,
      let quantizer = WeightQuantizer(index.articles)
    else { return nil }
    self.index = index
    self.first = first
    self.second = second
    self.sources = sources
    self.quantizer = quantizer
    common = CommonTerms(of: index.articles, postings: index.postings)
  }

  private var articles: SparseMatrix { index.articles }

  /// From so many sources on it takes less time than searches one by one: a block of them meets all
  /// in the time of some hundred searches, and before that all articles come to their blocks, which
  /// takes a search's time for each hundred.
  static func fewestSources(of count: Int) -> Int { BlockMeeting.blockSize / 8 + count / 100 }

  /// The lists of both searches; nil for articles that are no sources.
  ///
  /// - Parameter isWanted: whether an article's first list is; the others are nil, and nothing of them
  ///   is scored exactly.
  func rows(
    jobs: Int, where isWanted: @Sendable (BoundedList) -> Bool = { _ in true }
  ) -> (first: [[Neighbor]?], second: [[Neighbor]?]) {
    let (blocks, sourceBlocks) = blocks(jobs: jobs)
    // Like ones first, see `ClusterOrder`: nearly each block itself, then its neighbours. Then limits
    // are near what they become, and those of a tile are made alike.
    meet(blocks, jobs: jobs) { $0 < sourceBlocks && $1 - $0 <= 1 }
    _ = concurrentMap(count: sourceBlocks, jobs: jobs) { blocks[$0].orderByLimit() }
    meet(blocks, jobs: jobs) { $0 < sourceBlocks && $1 - $0 > 1 }
    // The first parts of all blocks, then the second ones: so two cores seldom want the same block.
    let parts = concurrentMap(
      count: sourceBlocks * Self.partsOfBlock, jobs: jobs,
      workspace: CandidateScorer(articles: articles)
    ) { scorer, piece in
      let (part, block) = piece.quotientAndRemainder(dividingBy: sourceBlocks)
      return blocks[block].held.withLock { held in
        let numbers = held.block.articles
        // In the order of clusters, as like ones share candidates.
        let rows = held.lists.rowsByPlace
        let (start, end) = (rows.count * part, rows.count * (part + 1))
        let places = start / Self.partsOfBlock..<end / Self.partsOfBlock
        return places.map { place in
          let article = Int(numbers[rows[place]])
          let lists = held.lists.lists(of: article, at: place, scorer: &scorer, where: isWanted) {
            index.nearest(of: article, by: $0)
          }
          return (article: article, lists: lists)
        }
      }
    }.results
    var first = [[Neighbor]?](repeating: nil, count: articles.rowCount)
    var second = first
    for part in parts {
      for (article, lists) in part.result { (first[article], second[article]) = lists }
    }
    return (first, second)
  }
}

extension ArchiveRebuild {
  /// A block and its lists. While blocks meet, none is in two hands and its lock is never waited for;
  /// when lists are scored it is seldom.
  private final class GuardedBlock: Sendable {
    struct Held: ~Copyable {
      var block: ArticleBlock
      var lists: BlockLists
    }

    let held: Mutex<Held>

    init(_ block: ArticleBlock, lists: consuming BlockLists) {
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

  /// - Returns: also how many of the blocks, the first ones, are of sources.
  private func blocks(jobs: Int) -> (blocks: [GuardedBlock], sourceBlocks: Int) {
    let size = BlockMeeting.blockSize(of: articles.rowCount, jobs: jobs)
    let order = ClusterOrder(of: articles, common: common, blockSize: size, jobs: jobs).articles
    let (members, sourceBlocks) = members(in: order, blockSize: size, jobs: jobs)
    let free = [UInt32](repeating: 0, count: common.rareCount)
    let blocks = concurrentMap(count: members.count, jobs: jobs, workspace: free) { free, number in
      let block = ArticleBlock(
        of: articles, articles: members[number], common: common, quantizer: quantizer, free: &free)
      return GuardedBlock(
        block,
        lists: BlockLists(
          first, second, margins: block.margins, areWanted: number < sourceBlocks,
          quantizer: quantizer))
    }.results.map(\.result)
    return (blocks, sourceBlocks)
  }

  /// The articles of each block, in this order; those of sources first.
  private func members(
    in order: [Int32], blockSize: Int, jobs: Int
  ) -> (members: [ArraySlice<Int32>], sourceBlocks: Int) {
    guard let sources else {
      let blocks = order.chunked(by: blockSize)
      return (blocks, blocks.count)
    }
    var isSource = [Bool](repeating: false, count: articles.rowCount)
    for source in sources { isSource[source] = true }
    let wanted = order.filter { isSource[Int($0)] }
    // So many blocks that no core waits for one.
    let blocks = wanted.chunked(by: BlockMeeting.blockSize(of: wanted.count, jobs: jobs))
    return (blocks + order.filter { !isSource[Int($0)] }.chunked(by: blockSize), blocks.count)
  }

  @Sendable private func makeMeeting() -> BlockMeeting {
    BlockMeeting(articles: articles, common: common)
  }
}

extension Array {
  /// Its elements, so many at a time.
  fileprivate func chunked(by size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min(count, $0 + size)] }
  }
}
