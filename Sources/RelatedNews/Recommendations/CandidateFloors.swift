/// What the last candidate of every article scores, at least: by it a product tells whose candidate an
/// article may be, where the candidates themselves are not kept.
package struct CandidateFloors: Sendable, Hashable {
  /// How many candidates an article has at most.
  package let limit: Int
  package let recency: Recency
  /// Beside each article the `FloorCode` of its last candidate.
  let codes: [UInt8]

  /// What the last candidate of an article scores at least.
  func floor(of article: Int) -> Float { FloorCode.floor(codes[article]) }

  init(limit: Int, recency: Recency, codes: [UInt8]) {
    self.limit = limit
    self.recency = recency
    self.codes = codes
  }

  /// - Parameter candidates: of all articles.
  init(of candidates: CandidateLists) {
    self.init(
      limit: candidates.lists.limit, recency: candidates.recency,
      codes: KeptLists(of: candidates.lists).floors)
  }

  /// The same after some rows changed, as made afresh.
  ///
  /// Whoever may have lost a candidate or may have got one is searched for anew, but for those who were
  /// and are above every last candidate of its code; of all others the last candidate is the one that
  /// it was.
  /// - Parameters:
  ///   - before: the archive as it was.
  ///   - archive: as it is now.
  /// - Complexity: the postings of the changed rows' features, and a search for each article that these
  ///   are candidates of.
  func updated(
    after change: RowChange, from before: Archive, to archive: Archive, jobs: Int
  ) -> CandidateFloors {
    let gone = change.newRows.indices.filter { old in
      change.newRows[old].map { change.isChanged[$0] } ?? true
    }
    let weight = CandidateLists.weight(of: archive.articles, recency: recency)
    let left = CandidatesByScore(
      gone, in: before.index,
      weight: CandidateLists.weight(of: before.articles, recency: recency), jobs: jobs)
    let come = CandidatesByScore(change.changed, in: archive.index, weight: weight, jobs: jobs)
    /// Beside each of `gone` its place among the changed ones.
    let placeOfRow = Dictionary(uniqueKeysWithValues: zip(change.changed, change.changed.indices))
    let placesNow = gone.map { old in change.newRows[old].flatMap { placeOfRow[$0] } }
    let new = change.changed.indices.filter { change.oldRows[change.changed[$0]] == nil }
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    let rows = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var sums = (left: left.makeSums(), come: come.makeSums())
      return ranges[piece].filter { row in
        guard let old = change.oldRows[row], !change.isChanged[row] else { return true }
        let floor = floor(of: old)
        let ceiling = FloorCode.ceiling(codes[old])
        left.scores.sum(old, into: &sums.left)
        come.scores.sum(row, into: &sums.come)
        func scoreNow(_ place: Int) -> Float {
          come.score(at: place, of: row, from: floor, sums: sums.come)
        }
        return gone.indices.contains { place in
          let before = left.score(at: place, of: old, from: floor, sums: sums.left)
          let now = placesNow[place].map(scoreNow) ?? 0
          return max(before, now) > 0 && min(before, now) < ceiling
        } || new.contains { scoreNow($0) > 0 }
      }
    }.flatMap { $0 }
    var updated = change.oldRows.map { old in old.map { codes[$0] } ?? 0 }
    let found = archive.index.nearest(
      ofArticles: rows, limit: limit, jobs: jobs, weightedBy: weight)
    for (place, row) in rows.enumerated() { updated[row] = FloorCode.code(of: found, row: place) }
    return CandidateFloors(limit: limit, recency: recency, codes: updated)
  }
}
