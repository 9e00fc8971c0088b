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
  init?(
    of update: ArchiveUpdate, before: Recommender, now: Recommender, isTouched: [Bool],
    rankings: RippleRankings
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
    oldRanking = rankings.before
    newRanking = rankings.now
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
    let (still, changedNew, changedOld) = sorted(newList, oldList)
    if changedNew.isEmpty, changedOld.isEmpty { return true }
    let oldCopies = copies(among: oldList, in: oldRanking)
    let newCopies = copies(among: newList, in: newRanking)
    guard !changedOld.contains(where: oldCopies.contains),
      !changedNew.contains(where: newCopies.contains)
    else { return false }
    let source = now.source(number: number)
    let loaded = newRanking.load(source, scratch: &scratches.new)
    let factor = now.factor(for: source)
    let best = Array(still.lazy.filter { !newCopies.contains($0) }.prefix(now.options.limit + 3))
    let scored = best.map {
      score(of: $0, for: loaded, factor: factor($0), newRanking, &scratches.new)
    }.sorted(by: ScoredCandidate.isOrdered(_:before:))
    let copiesOfSource = newRanking.copies(of: source, among: scored)
    let good = scored.filter { now.isGoodEnough($0) && !copiesOfSource.contains($0.article) }
    guard good.count >= now.options.limit, let bar = good.prefix(now.options.limit).last?.score
    else { return false }
    for article in changedNew
    where mostScore(of: article, for: loaded, factor: factor(article), &scratches.new) >= bar {
      let candidate = score(
        of: article, for: loaded, factor: factor(article), newRanking, &scratches.new)
      guard candidate.score < bar else { return false }
    }
    return areBelow(bar, changedOld, of: oldNumber, now: loaded, &scratches)
  }

  /// Whether candidates of before, by their numbers then, scored less than `bar`.
  ///
  /// - Parameter loaded: the source as it is now, which is as it was.
  private func areBelow(
    _ bar: Float, _ candidates: [Int], of number: Int, now loaded: CandidateRanking.LoadedSource,
    _ scratches: inout Scratches
  ) -> Bool {
    guard !candidates.isEmpty else { return true }
    let source = before.source(number: number)
    let factor = before.factor(for: source)
    // What did not change but for its neighbours had the cosine and the passages that it has now.
    let unclear = candidates.filter { candidate in
      guard let article = update.numbersNow[candidate], !update.isChanged[article] else {
        return true
      }
      return mostScore(of: article, for: loaded, factor: factor(candidate), &scratches.new) >= bar
    }
    guard !unclear.isEmpty else { return true }
    let loaded = oldRanking.load(source, scratch: &scratches.old)
    return unclear.allSatisfy {
      score(of: $0, for: loaded, factor: factor($0), oldRanking, &scratches.old).score < bar
    }
  }

  /// The candidates that are and score as before, and the others, now and before.
  private func sorted(
    _ newList: [Neighbor], _ oldList: [Neighbor]
  ) -> (still: [Int], changedNew: [Int], changedOld: [Int]) {
    // By their numbers now; nil for what changed or found its place.
    var unmatched = oldList.map { neighbor in
      update.numbersNow[neighbor.article].flatMap { isTouched[$0] ? nil : $0 }
    }
    var isChanged = unmatched.map { $0 == nil }
    var still: [Int] = []
    var changedNew: [Int] = []
    for neighbor in newList {
      let place = unmatched.firstIndex(of: neighbor.article)
      if let place, oldList[place].score == neighbor.score {
        still.append(neighbor.article)
        unmatched[place] = nil
      } else {
        changedNew.append(neighbor.article)
      }
    }
    // What is left was pushed out at the end of the list, though it did not change itself.
    for place in oldList.indices where unmatched[place] != nil { isChanged[place] = true }
    return (still, changedNew, oldList.indices.filter { isChanged[$0] }.map { oldList[$0].article })
  }

  private func score(
    of article: Int, for source: CandidateRanking.LoadedSource, factor: Float,
    _ ranking: CandidateRanking, _ scratch: inout RankingScratch
  ) -> ScoredCandidate {
    var parts = ranking.firstParts(of: article, for: source, scratch: &scratch)
    ranking.addExpanded(of: article, for: source, scratch: &scratch, to: &parts)
    return ranking.scored(article, parts, factor: factor)
  }

  /// What an article scores now with the greatest expanded similarity that there is.
  private func mostScore(
    of article: Int, for source: CandidateRanking.LoadedSource, factor: Float,
    _ scratch: inout RankingScratch
  ) -> Float {
    var parts = newRanking.firstParts(of: article, for: source, scratch: &scratch)
    // The mean score of its neighbours may have been another.
    guard parts.expansionShare > 0, newRanking.options.hubPenalty == 0 else { return .infinity }
    parts.expanded = 1
    return newRanking.scored(article, parts, factor: factor).score
  }

  /// Candidates that are versions of others, or that others are versions of.
  private func copies(among candidates: [Neighbor], in ranking: CandidateRanking) -> Set<Int> {
    guard now.options.nearDuplicate != nil, let known = ranking.versions else { return [] }
    var result: Set<Int> = []
    for candidate in candidates where known.hasAny(candidate.article) {
      result.formUnion(known[candidate.article] + [candidate.article])
    }
    return result
  }
}
