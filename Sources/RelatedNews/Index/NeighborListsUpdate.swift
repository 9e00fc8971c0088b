/// Lists of neighbors brought up to date after some rows changed: equal to lists made afresh.
struct NeighborListsUpdate: Sendable {
  let lists: NeighborLists
  /// Beside each row whether its list names other articles or other scores than before.
  let isChanged: [Bool]
}

extension NeighborLists {
  /// The lists after some rows changed.
  ///
  /// Every row meets every changed row once. What is better than the last entry of a list enters it;
  /// a list that lost an entry, or whose entry fell below what the last one was, is looked up anew, as
  /// whoever stood behind it is not known.
  /// - Parameters:
  ///   - index: of the rows as they are now.
  ///   - pairWeight: as in `InvertedIndex.nearestOfAll`; the same as before for rows that are kept.
  /// - Complexity: O(c · p) for c changed rows and p the weights of a matrix, and a search for each
  ///   list that is looked up anew.
  func updated(
    after change: RowChange, index: InvertedIndex, jobs: Int,
    weightedBy pairWeight: (@Sendable (_ source: Int, _ target: Int) -> Float)? = nil
  ) -> NeighborListsUpdate {
    let matrix = index.articles
    let scores = ChangedRowScores(of: change.changed, in: matrix)
    let ranges = evenRanges(of: matrix.rowCount, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = ListsPart(
        own: change.changed.map { _ in BestNeighbors(limit: limit, minScore: 0) })
      var sums = scores.makeSums()
      for row in ranges[piece] {
        scores.sum(row, of: matrix, into: &sums)
        for (place, sum) in sums.enumerated() where sum > 0 && change.changed[place] != row {
          let dot = Float(sum)
          guard part.own[place].mayTake(dot) else { continue }
          let weight = pairWeight?(change.changed[place], row) ?? 1
          part.own[place].insert(Neighbor(article: row, score: dot * weight))
        }
        guard !change.isChanged[row], let old = change.oldRows[row] else {
          part.rows.append(nil)
          continue
        }
        part.rows.append(
          list(ofOld: old, now: row, sums: sums, change: change, weightedBy: pairWeight))
      }
      return part
    }
    var rows: [[Neighbor]?] = parts.flatMap(\.rows)
    for (place, row) in change.changed.enumerated() {
      var best = BestNeighbors(limit: limit, minScore: 0)
      for part in parts { for neighbor in part.own[place].list { best.insert(neighbor) } }
      rows[row] = best.list
    }
    let unknown = rows.indices.filter { rows[$0] == nil }
    let found = index.nearest(
      ofArticles: unknown, limit: limit, jobs: jobs, weightedBy: pairWeight)
    for (place, row) in unknown.enumerated() { rows[row] = found[place] }
    let lists = NeighborLists(rows: rows.map { $0 ?? [] }, limit: limit)
    return NeighborListsUpdate(
      lists: lists,
      isChanged: change.oldRows.indices.map { row in
        guard let old = change.oldRows[row] else { return true }
        return !lists.isSame(row, as: old, of: self, newRows: change.newRows)
      })
  }

  private struct ListsPart: Sendable {
    /// For each changed row the best among the rows of this part.
    var own: [BestNeighbors]
    /// The list of each row of this part; nil where it has to be looked up, or is a changed row's.
    var rows: [[Neighbor]?] = []
  }

  /// The list of a row that did not change itself; nil if somebody unknown may belong there.
  private func list(
    ofOld old: Int, now row: Int, sums: [Double], change: RowChange,
    weightedBy pairWeight: ((_ source: Int, _ target: Int) -> Float)?
  ) -> [Neighbor]? {
    var best = BestNeighbors(limit: limit, minScore: 0)
    let before = self[old]
    for neighbor in before {
      guard let now = change.newRows[neighbor.article], !change.isChanged[now] else { continue }
      best.insert(Neighbor(article: now, score: neighbor.score))
    }
    // Below this nobody is known: whoever was not listed scores no more than the last entry.
    let horizon = before.count == limit ? before.last?.score ?? .infinity : 0
    for (place, sum) in sums.enumerated() where sum > 0 {
      let dot = Float(sum)
      guard dot >= horizon, best.mayTake(dot) else { continue }
      let target = change.changed[place]
      best.insert(Neighbor(article: target, score: dot * (pairWeight?(row, target) ?? 1)))
    }
    guard before.count == limit, limit > 0 else { return best.list }
    guard best.list.count == limit, let last = best.list.last else { return nil }
    let isKnown =
      last.score > horizon || last.score == horizon && !change.isChanged[last.article]
    return isKnown ? best.list : nil
  }

  /// Whether a row has the entries that row `old` of `other` had, as numbered now.
  private func isSame(
    _ row: Int, as old: Int, of other: NeighborLists, newRows: [Int?]
  ) -> Bool {
    guard counts[row] == other.counts[old] else { return false }
    for place in 0..<Int(counts[row]) {
      let (mine, theirs) = (row * limit + place, old * limit + place)
      guard scores[mine] == other.scores[theirs],
        newRows[Int(other.articles[theirs])] == Int(articles[mine])
      else { return false }
    }
    return true
  }
}
