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
      candidates: candidates.map {
        Candidates(lists: KeptLists(of: $0.lists), recency: $0.recency)
      })
  }

  /// The same with candidates.
  func with(_ made: CandidateLists) -> KeptNearest {
    KeptNearest(
      neighbors: neighbors, norms: norms,
      candidates: Candidates(lists: KeptLists(of: made.lists), recency: made.recency))
  }

  /// The same after some rows changed, and beside each article now whether its neighbours or their
  /// vectors may be others, and whether its candidates may.
  ///
  /// - Parameters:
  ///   - before: the vectors as they were.
  ///   - archive: as it is now.
  func updated(
    after change: RowChange, before: SparseMatrix, to archive: Archive, jobs: Int
  ) -> (nearest: KeptNearest, isNeighborhoodChanged: [Bool], areCandidatesChanged: [Bool]) {
    let scores = ChangedRowScores(of: change.changed, in: archive.index, jobs: jobs)
    var lists = [
      neighbors.toUpdate(after: change, scores: scores, before: before, weight: nil, jobs: jobs)
    ]
    if let candidates {
      lists.append(
        candidates.lists.toUpdate(
          after: change, scores: scores, before: before,
          weight: CandidateLists.weight(of: archive.articles, recency: candidates.recency),
          jobs: jobs))
    }
    let updates = NeighborLists.updated(
      lists, after: change, scores: scores, index: archive.index, jobs: jobs)
    let (norms, isChanged) = updates[0].norms(
      from: self.norms, after: change, of: archive, jobs: jobs)
    return (
      KeptNearest(
        neighbors: neighbors.updated(by: updates[0], after: change), norms: norms,
        candidates: candidates.map {
          Candidates(
            lists: $0.lists.updated(by: updates[1], after: change), recency: $0.recency)
        }),
      isChanged,
      candidates == nil ? isChanged.map { _ in true } : updates[1].isChanged
    )
  }
}

extension NeighborListsUpdate {
  /// The lengths that follow from neighbours that were brought up to date.
  ///
  /// - Parameter before: the lengths as they were.
  /// - Returns: beside each article also whether its list, its scores or a vector of its
  ///   neighbourhood may be others.
  func norms(
    from before: [Double], after change: RowChange, of archive: Archive, jobs: Int
  ) -> (norms: [Double], isChanged: [Bool]) {
    var isChanged = isChanged
    for row in isChanged.indices where !isChanged[row] {
      isChanged[row] =
        change.isChanged[row] || lists.entries(of: row).contains { change.isChanged[Int($0)] }
    }
    let some = isChanged.indices.filter { isChanged[$0] }
    let newNorms = Neighborhood.norms(of: some, in: archive, lists: lists, jobs: jobs)
    var norms = change.oldRows.map { $0.map { before[$0] } ?? 0 }
    for (place, row) in some.enumerated() { norms[row] = newNorms[place] }
    return (norms, isChanged)
  }
}
