import Synchronization

/// The lists of many articles, made piece by piece: what all of them need is made once.
///
///     let rebuild = Rebuild(of: archive.inputOrder, by: recommender, jobs: 4)
///     for range in rebuild.chunks(of: 1024) {
///       write(rebuild.lists(at: range, jobs: 4))
///     }
///
/// The lists are those of `Recommender.lists(of:)`, whatever the pieces.
public struct Rebuild: Sendable {
  /// The articles whose lists are wanted, by their numbers in the archive.
  public let numbers: [Int]
  private let recommender: Recommender
  private let ranking: CandidateRanking
  private let candidates: NeighborLists
  /// The row of `candidates` for each of `numbers`.
  private let rows: [Int]
  private let memory = RankingMemory()

  /// - Complexity: the index's neighbours of all articles; the lists themselves come later.
  public init(of numbers: [Int], by recommender: Recommender, jobs: Int = 1) {
    self.init(of: numbers, by: recommender, ranking: nil, jobs: jobs)
  }

  /// - Parameter ranking: the recommender's, with what many lists need made ahead; used where that
  ///   is all that these need.
  init(of numbers: [Int], by recommender: Recommender, ranking known: CandidateRanking?, jobs: Int)
  {
    self.numbers = numbers
    self.recommender = recommender
    let archive = recommender.archive
    let options = recommender.options
    let (candidates, rows, neighborhood) = WorkObserver.named("candidates") {
      () -> (NeighborLists, [Int], Neighborhood?) in
      // A whole archive finds both at once.
      if known == nil, numbers.count == archive.count,
        let found = recommender.candidatesWithNeighborhood(jobs: jobs)
      {
        return (found.candidates, numbers, found.neighborhood)
      }
      return (recommender.candidates(of: numbers, jobs: jobs), Array(numbers.indices), nil)
    }
    (self.candidates, self.rows) = (candidates, rows)
    if let known,
      rows.allSatisfy({ candidates.entries(of: $0).allSatisfy { known.isMade(Int($0)) } })
    {
      ranking = known
      return
    }
    // A part of an archive that is kept needs only what its candidates are.
    let isPart = archive.neighborhood != nil && numbers.count * 2 < archive.count
    ranking = WorkObserver.named("neighbours") {
      CandidateRanking(
        archive: archive, options: options.ranking, nearDuplicate: options.nearDuplicate,
        candidates: isPart ? Self.articles(in: candidates, rows: rows, of: archive.count) : nil,
        neighborhood: neighborhood, jobs: jobs)
    }
  }

  /// The articles that stand in some rows of `lists`, ascending.
  private static func articles(in lists: NeighborLists, rows: [Int], of count: Int) -> [Int] {
    var isThere = [Bool](repeating: false, count: count)
    for row in rows { for neighbor in lists[row] { isThere[neighbor.article] = true } }
    return isThere.indices.filter { isThere[$0] }
  }

  public var count: Int { numbers.count }

  /// `0..<count` cut into ranges of `size`, the last one shorter.
  public func chunks(of size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// The lists of `numbers[range]`, in this order. The same at any number of `jobs`.
  public func lists(at range: Range<Int>, jobs: Int = 1) -> [RecommendationList] {
    pieces(at: range, jobs: jobs) { lists, _ in lists }.flatMap { $0 }
  }

  /// What `transform` makes of the lists of `numbers[range]`, a few at a time, in this order: made
  /// where the lists are, on as many cores.
  ///
  /// - Parameter transform: takes some lists and the position of the first.
  package func pieces<Piece: Sendable>(
    at range: Range<Int>, jobs: Int = 1,
    _ transform: @Sendable (_ lists: [RecommendationList], _ start: Int) -> Piece
  ) -> [Piece] {
    let pieces = evenRanges(of: range.count, pieces: jobs * 16)
    return concurrentMap(count: pieces.count, jobs: jobs) { piece in
      var scratch = memory.take() ?? ranking.makeScratch()
      let start = range.lowerBound + pieces[piece].lowerBound
      let lists = pieces[piece].map { list(at: range.lowerBound + $0, scratch: &scratch) }
      memory.giveBack(scratch)
      return transform(lists, start)
    }
  }

  /// The articles that are versions of one text, newest first, groups by their newest article.
  ///
  /// Only groups of two and more; empty where versions are not folded.
  package func versionGroups() -> [[Int]] { ranking.versions?.groups() ?? [] }

  private func list(at position: Int, scratch: inout RankingScratch) -> RecommendationList {
    let source = recommender.source(number: numbers[position])
    let candidates = candidates[rows[position]]
    let factor = recommender.factor(for: source)
    let groups: VersionGroups
    if recommender.options.entriesAreIndependent(for: source.article.id) {
      groups = ranking.leadingGroups(
        of: candidates, for: source, limit: recommender.options.limit, scratch: &scratch,
        factor: factor, isGood: recommender.isGoodEnough)
    } else {
      let scored = ranking.scores(of: candidates, for: source, scratch: &scratch, factor: factor)
      groups = ranking.groups(of: scored, for: source, scratch: &scratch)
    }
    return recommender.list(for: source, groups: groups, ranking: ranking, scratch: &scratch)
  }
}

/// Working memory that is lent to one piece of the work at a time: megabytes that need not be made
/// anew for each.
///
/// A class, as it is shared by copies of a rebuild; the lock is held for the lending only.
private final class RankingMemory: Sendable {
  private let free = Mutex<[RankingScratch]>([])

  func take() -> RankingScratch? { free.withLock { $0.popLast() } }
  func giveBack(_ scratch: RankingScratch) { free.withLock { $0.append(scratch) } }
}
