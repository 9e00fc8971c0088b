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

  /// As many single searches, a share of all articles, take as long as a search of all.
  private static let searchesOfAll = 16

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
  /// Whoever may have lost a candidate or may have got one is searched for anew; of all others the last
  /// candidate is the one that it was.
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
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    let rows = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var sums = (left: left.makeSums(), come: come.makeSums())
      return ranges[piece].filter { row in
        guard let old = change.oldRows[row], !change.isChanged[row] else { return true }
        return left.hasAny(of: old, from: floor(of: old), sums: &sums.left)
          || come.hasAny(of: row, from: floor(of: old), sums: &sums.come)
      }
    }.flatMap { $0 }
    var updated = change.oldRows.map { old in old.map { codes[$0] } ?? 0 }
    if rows.count * Self.searchesOfAll <= archive.count {
      let found = archive.index.nearest(
        ofArticles: rows, limit: limit, jobs: jobs, weightedBy: weight)
      for (place, row) in rows.enumerated() { updated[row] = FloorCode.code(of: found, row: place) }
    } else {
      var isWanted = [Bool](repeating: false, count: archive.count)
      for row in rows { isWanted[row] = true }
      let wanted = isWanted
      let found = archive.index.nearestOfAll(limit: limit, jobs: jobs, weightedBy: weight) {
        wanted[$0.row]
      }
      for row in rows { updated[row] = FloorCode.code(of: found.lists, row: row) }
    }
    return CandidateFloors(limit: limit, recency: recency, codes: updated)
  }
}
