/// The nearest articles of all articles as an index file keeps them, most of them without their scores:
/// enough to bring the file up to date.
package struct KeptNearest: Sendable, Hashable {
  let neighbors: KeptLists
  /// |a′| of each article.
  let norms: [Double]
  /// Where they are kept.
  let candidates: Candidates?

  struct Candidates: Sendable, Hashable {
    let lists: KeptLists
    let recency: Recency

    init(lists: KeptLists, recency: Recency) {
      self.lists = lists
      self.recency = recency
    }

    /// Of lists with their scores.
    init(_ candidates: CandidateLists) {
      self.init(lists: KeptLists(of: candidates.lists), recency: candidates.recency)
    }
  }

  init(neighbors: KeptLists, norms: [Double], candidates: Candidates?) {
    self.neighbors = neighbors
    self.norms = norms
    self.candidates = candidates
  }

  /// Of lists with their scores.
  init(_ neighborhood: Neighborhood, candidates: CandidateLists?) {
    self.init(
      neighbors: KeptLists(of: neighborhood.lists), norms: neighborhood.norms,
      candidates: candidates.map { Candidates($0) })
  }

  /// The same with candidates.
  func with(_ made: CandidateLists) -> KeptNearest {
    KeptNearest(neighbors: neighbors, norms: norms, candidates: Candidates(made))
  }

  /// The same after some rows changed.
  ///
  /// - Parameters:
  ///   - before: the vectors as they were.
  ///   - archive: as it is now.
  func updated(
    after change: RowChange, before: SparseMatrix, to archive: Archive, jobs: Int
  ) -> (nearest: KeptNearest, update: NearestUpdate) {
    let scores = ChangedRowScores(of: change.changed, in: archive.index, jobs: jobs)
    let update = NearestUpdate(
      neighbors: neighbors.toUpdate(
        after: change, scores: scores, before: before, weight: nil, jobs: jobs),
      candidates: candidates.map {
        $0.lists.toUpdate(
          after: change, scores: scores, before: before,
          weight: CandidateLists.weight(of: archive.articles, recency: $0.recency), jobs: jobs)
      }, norms: norms, after: change, scores: scores, of: archive, jobs: jobs)
    let nearest = KeptNearest(
      neighbors: neighbors.updated(by: update.neighbors, after: change), norms: update.norms,
      candidates: candidates.flatMap { candidates in
        update.candidates.map {
          Candidates(
            lists: candidates.lists.updated(by: $0, after: change), recency: candidates.recency)
        }
      })
    return (nearest, update)
  }
}
