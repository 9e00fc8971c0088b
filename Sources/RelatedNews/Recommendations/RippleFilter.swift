/// Proves that a list stayed as it was, without making it.
///
/// Most lists that a change reaches look at one candidate that scores a little otherwise, far below
/// the entries that are listed. If enough candidates that did not change score higher than it did
/// before and does now, and no copy of anything is involved, the list is the same. So a few scores
/// stand for sixty.
struct RippleFilter: Sendable {
  private let update: ArchiveUpdate
  private let before: Recommender
  private let now: Recommender
  private let isTouched: [Bool]
  private let oldRanking: CandidateRanking
  private let newRanking: CandidateRanking
  private let oldKept: KeptCandidates
  private let newKept: KeptCandidates

  /// Nil where the proof does not hold: where entries depend on each other.
  ///
  /// - Parameter sources: the articles that will be asked for, by their numbers now.
  init?(
    of update: ArchiveUpdate, before: Recommender, now: Recommender, isTouched: [Bool],
    sources: [Int], jobs: Int
  ) {
    let options = now.options
    guard options.diversity == 0, options.rules.apart.isEmpty, let oldKept = before.keptCandidates,
      let newKept = now.keptCandidates
    else { return nil }
    self.update = update
    self.before = before
    self.now = now
    self.isTouched = isTouched
    self.oldKept = oldKept
    self.newKept = newKept
    var isNew = [Bool](repeating: false, count: update.archive.count)
    var isOld = [Bool](repeating: false, count: update.before.count)
    for source in sources {
      for neighbor in newKept.lists[source] { isNew[neighbor.article] = true }
      guard let old = update.origins[source].oldNumber else { continue }
      for neighbor in oldKept.lists[old] { isOld[neighbor.article] = true }
    }
    oldRanking = CandidateRanking(
      archive: update.before, options: options.ranking, nearDuplicate: options.nearDuplicate,
      candidates: isOld.indices.filter { isOld[$0] }, jobs: jobs)
    newRanking = CandidateRanking(
      archive: update.archive, options: options.ranking, nearDuplicate: options.nearDuplicate,
      candidates: isNew.indices.filter { isNew[$0] }, jobs: jobs)
  }

  /// Those of `sources` whose lists may have changed, in order.
  func unproven(of sources: [Int], jobs: Int) -> [Int] {
    let ranges = evenRanges(of: sources.count, pieces: jobs * 8)
    return concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var scratches = (old: oldRanking.makeScratch(), new: newRanking.makeScratch())
      return sources[ranges[piece]].filter { !isSame($0, &scratches) }
    }.flatMap { $0 }
  }

  private typealias Scratches = (old: RankingScratch, new: RankingScratch)

  /// Whether the list of an article that is not touched itself is surely the same.
  private func isSame(_ number: Int, _ scratches: inout Scratches) -> Bool {
    guard let oldNumber = update.origins[number].oldNumber,
      let newList = newKept.listed(of: number), let oldList = oldKept.listed(of: oldNumber)
    else { return false }
    // Candidates by their numbers now, with their cosine times recency before.
    var oldScores: [Int: Float] = [:]
    var changedOld: [Neighbor] = []
    for neighbor in oldList {
      if let article = numberNow(of: neighbor.article), !isTouched[article] {
        oldScores[article] = neighbor.score
      } else {
        changedOld.append(neighbor)
      }
    }
    var still: [Neighbor] = []
    var changedNew: [Neighbor] = []
    for neighbor in newList {
      if oldScores[neighbor.article] == neighbor.score {
        still.append(neighbor)
        oldScores[neighbor.article] = nil
      } else {
        changedNew.append(neighbor)
      }
    }
    // What is left pushed in or out at the end of the list, though it did not change itself.
    for (article, _) in oldScores {
      guard let old = update.origins[article].oldNumber,
        let neighbor = oldList.first(where: { $0.article == old })
      else { return false }
      changedOld.append(neighbor)
    }
    let oldCopies = copies(among: oldList, in: oldRanking, &scratches.old)
    let newCopies = copies(among: newList, in: newRanking, &scratches.new)
    guard !changedOld.contains(where: { oldCopies.contains($0.article) }),
      !changedNew.contains(where: { newCopies.contains($0.article) })
    else { return false }
    let limit = now.options.limit
    let best = still.filter { !newCopies.contains($0.article) }.prefix(limit + 3)
    let scored = self.scores(of: Array(best), for: number, by: now, newRanking, &scratches.new)
    let copiesOfSource = newRanking.copies(of: now.source(number: number), among: scored)
    let scores = scored.filter { now.isGoodEnough($0) && !copiesOfSource.contains($0.article) }
      .map(\.score)
    guard scores.count >= limit else { return false }
    let bar = scores[limit - 1]
    return self.scores(of: changedNew, for: number, by: now, newRanking, &scratches.new)
      .allSatisfy { $0.score < bar }
      && self.scores(of: changedOld, for: oldNumber, by: before, oldRanking, &scratches.old)
        .allSatisfy { $0.score < bar }
  }

  private func scores(
    of candidates: [Neighbor], for number: Int, by recommender: Recommender,
    _ ranking: CandidateRanking, _ scratch: inout RankingScratch
  ) -> [ScoredCandidate] {
    guard !candidates.isEmpty else { return [] }
    let source = recommender.source(number: number)
    return ranking.scores(
      of: candidates, for: source, scratch: &scratch, factor: recommender.factor(for: source))
  }

  /// Candidates that are versions of others, or that others are versions of.
  private func copies(
    among candidates: [Neighbor], in ranking: CandidateRanking, _ scratch: inout RankingScratch
  ) -> Set<Int> {
    guard now.options.nearDuplicate != nil else { return [] }
    var result: Set<Int> = []
    for candidate in candidates {
      let versions = ranking.neighbors(of: candidate.article, scratch: &scratch).versions
      if !versions.isEmpty { result.formUnion(versions + [candidate.article]) }
    }
    return result
  }

  private func numberNow(of old: Int) -> Int? { update.numbersNow[old] }
}
