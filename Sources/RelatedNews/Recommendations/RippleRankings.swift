/// The second looks at the candidates before an update and after, for many lists: what both need of an
/// article is made once.
struct RippleRankings: Sendable {
  let before: CandidateRanking
  let now: CandidateRanking

  /// Nil where one cannot be told from the other.
  ///
  /// - Parameter sources: the articles whose candidates may be looked at, by their numbers now.
  init?(
    of update: ArchiveUpdate, before: Recommender, now: Recommender, sources: [Int], jobs: Int
  ) {
    let options = now.options
    guard let oldKept = before.keptCandidates, let newKept = now.keptCandidates,
      let newFeatures = update.newFeatures, let neighborhood = update.archive.neighborhood,
      neighborhood.limit == options.ranking.neighbors,
      update.before.neighborhood?.limit == options.ranking.neighbors
    else { return nil }
    var isNew = [Bool](repeating: false, count: update.archive.count)
    var isOld = [Bool](repeating: false, count: update.before.count)
    for source in sources {
      for article in newKept.lists.entries(of: source) { isNew[Int(article)] = true }
      guard let old = update.previousNumber(of: source) else { continue }
      for article in oldKept.lists.entries(of: old) { isOld[Int(article)] = true }
    }
    for (old, now) in update.numbersNow.enumerated() where now == nil {
      for article in oldKept.lists.entries(of: old) { isOld[Int(article)] = true }
    }
    self.before = CandidateRanking(
      archive: update.before, options: options.ranking, nearDuplicate: options.nearDuplicate,
      candidates: Self.few(isOld), sketches: true, jobs: jobs)
    self.now = CandidateRanking(
      updating: self.before, by: update, newFeatures: newFeatures, neighborhood: neighborhood,
      candidates: Self.few(isNew), jobs: jobs)
  }

  /// Those that are marked; nil if they are so many that all are made as well.
  private static func few(_ isMarked: [Bool]) -> [Int]? {
    let marked = isMarked.indices.filter { isMarked[$0] }
    return marked.count * 2 < isMarked.count ? marked : nil
  }
}
