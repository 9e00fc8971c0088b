/// Neighbours, the lengths that follow from them, and candidates, brought up to date together.
struct NearestUpdate {
  let neighbors: NeighborListsUpdate
  /// |a′| of each article.
  let norms: [Double]
  /// Nil where none are kept.
  let candidates: NeighborListsUpdate?
  /// Beside each article whether its neighbours, their scores or a vector of its neighbourhood may be
  /// others.
  let isNeighborhoodChanged: [Bool]

  /// - Parameters:
  ///   - norms: as they were.
  ///   - scores: of all rows with those that changed, if they were made.
  ///   - archive: as it is now.
  init(
    neighbors: NeighborListsToUpdate, candidates: NeighborListsToUpdate?, norms before: [Double],
    after change: RowChange, scores: ChangedRowScores? = nil, of archive: Archive, jobs: Int
  ) {
    let updates = NeighborLists.updated(
      [neighbors] + (candidates.map { [$0] } ?? []), after: change, scores: scores,
      index: archive.index, jobs: jobs)
    self.neighbors = updates[0]
    self.candidates = candidates == nil ? nil : updates[1]
    let lists = updates[0].lists
    var isChanged = updates[0].isChanged
    for row in isChanged.indices where !isChanged[row] {
      isChanged[row] =
        change.isChanged[row] || lists.entries(of: row).contains { change.isChanged[Int($0)] }
    }
    isNeighborhoodChanged = isChanged
    let some = isChanged.indices.filter { isChanged[$0] }
    let newNorms = Neighborhood.norms(of: some, in: archive, lists: lists, jobs: jobs)
    var norms = change.oldRows.map { $0.map { before[$0] } ?? 0 }
    for (place, row) in some.enumerated() { norms[row] = newNorms[place] }
    self.norms = norms
  }

  /// Beside each article whether its candidates or their scores are others; all where none are kept.
  var areCandidatesChanged: [Bool] {
    candidates?.isChanged ?? isNeighborhoodChanged.map { _ in true }
  }
}
