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
  ///   - isKnown: beside each row of before whether it has its list; nil where all have. Of the others
  ///     it is known that the change does not reach them: they stay without.
  ///   - pairWeight: as in `InvertedIndex.nearestOfAll`; the same as before for rows that are kept.
  /// - Complexity: O(c · p) for c changed rows and p the weights of a matrix, and a search for each
  ///   list that is looked up anew.
  func updated(
    after change: RowChange, index: InvertedIndex, isKnown: [Bool]? = nil, jobs: Int,
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
        if let isKnown, let old = change.oldRows[row], !isKnown[old], !change.isChanged[row] {
          part.rows.append(.same)
          continue
        }
        scores.sum(row, of: matrix, into: &sums)
        for (place, sum) in sums.enumerated() where sum > 0 && change.changed[place] != row {
          let dot = Float(sum)
          guard part.own[place].mayTake(dot) else { continue }
          let weight = pairWeight?(change.changed[place], row) ?? 1
          part.own[place].insert(Neighbor(article: row, score: dot * weight))
        }
        guard !change.isChanged[row], let old = change.oldRows[row] else {
          part.rows.append(.unknown)
          continue
        }
        part.rows.append(
          staysSame(old, sums: sums, change: change)
            ? .same
            : list(ofOld: old, now: row, sums: sums, change: change, weightedBy: pairWeight)
              .map { .known($0) } ?? .unknown)
      }
      return part
    }
    var rows = parts.flatMap(\.rows)
    // Where not every row was met, who is nearest to a changed one is looked up.
    for (place, row) in change.changed.enumerated() where isKnown == nil {
      var best = BestNeighbors(limit: limit, minScore: 0)
      for part in parts { for neighbor in part.own[place].list { best.insert(neighbor) } }
      rows[row] = .known(best.list)
    }
    let unknown = rows.indices.filter { rows[$0].isUnknown }
    let found = index.nearest(
      ofArticles: unknown, limit: limit, jobs: jobs, weightedBy: pairWeight)
    for (place, row) in unknown.enumerated() { rows[row] = .known(found[place]) }
    let lists = NeighborLists(updating: self, rows: rows, change: change)
    return NeighborListsUpdate(
      lists: lists,
      isChanged: change.oldRows.indices.map { row in
        guard let old = change.oldRows[row] else { return true }
        guard !rows[row].isSame else { return false }
        return !lists.isSame(row, as: old, of: self, newRows: change.newRows)
      })
  }

  /// What an update makes of a row.
  private enum RowUpdate: Sendable {
    /// The entries that it had, as numbered now.
    case same
    case known([Neighbor])
    /// It has to be looked up, or is a changed row's.
    case unknown

    var isSame: Bool { if case .same = self { true } else { false } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
  }

  private init(updating old: NeighborLists, rows: [RowUpdate], change: RowChange) {
    var counts: [Int32] = []
    var articles: [Int32] = []
    var scores: [Float] = []
    counts.reserveCapacity(rows.count)
    articles.reserveCapacity(rows.count * old.limit)
    scores.reserveCapacity(rows.count * old.limit)
    for (row, update) in rows.enumerated() {
      switch update {
      case .same:
        guard let before = change.oldRows[row] else { preconditionFailure("new rows are known") }
        let places = old.places(of: before)
        for place in places {
          articles.append(change.newRows[Int(old.articles[place])].map { Int32($0) } ?? -1)
        }
        scores += old.scores[places]
        counts.append(Int32(places.count))
      case .known(let list):
        for neighbor in list {
          articles.append(Int32(neighbor.article))
          scores.append(neighbor.score)
        }
        counts.append(Int32(list.count))
      case .unknown: preconditionFailure("every row is looked up")
      }
      let missing = (row + 1) * old.limit - articles.count
      articles += repeatElement(-1, count: missing)
      scores += repeatElement(0, count: missing)
    }
    self.init(limit: old.limit, counts: counts, articles: articles, scores: scores)
  }

  /// Whether a row that did not change itself surely keeps its list: no entry changed, and no row that
  /// did reaches the last entry.
  private func staysSame(_ old: Int, sums: [Double], change: RowChange) -> Bool {
    let places = places(of: old)
    let horizon = places.count == limit ? places.last.map { scores[$0] } ?? .infinity : 0
    return places.allSatisfy { place in
      change.newRows[Int(articles[place])].map { !change.isChanged[$0] } ?? false
    } && sums.allSatisfy { $0 <= 0 || Float($0) < horizon }
  }

  private struct ListsPart: Sendable {
    /// For each changed row the best among the rows of this part.
    var own: [BestNeighbors]
    var rows: [RowUpdate] = []
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
