/// Lists of neighbors brought up to date after some rows changed: equal to lists made afresh.
struct NeighborListsUpdate: Sendable {
  let lists: NeighborLists
  /// Beside each row whether its list names other articles or other scores than before.
  let isChanged: [Bool]
}

/// Lists that are brought up to date, and whom they name.
struct NeighborListsToUpdate: Sendable {
  let lists: NeighborLists
  /// Beside each row of before whether it has its list; nil where all have. Of the others it is known
  /// that the change does not reach them: they stay without.
  var isKnown: [Bool]?
  /// As in `InvertedIndex.nearestOfAll`; the same as before for rows that are kept.
  var pairWeight: (@Sendable (_ source: Int, _ target: Int) -> Float)?
}

extension NeighborLists {
  /// Several lists of each row after some rows changed.
  ///
  /// Every row meets every changed row once, for all lists. What is better than the last entry of a
  /// list enters it; a list that lost an entry, or whose entry fell below what the last one was, is
  /// looked up anew, as whoever stood behind it is not known.
  /// - Parameters:
  ///   - scores: of all rows with the changed ones, if they were made.
  ///   - index: of the rows as they are now.
  /// - Complexity: for few changed rows the postings of their features and O(n), else O(c · p) for c
  ///   changed rows and p the weights of a matrix; and a search for each list that is looked up anew.
  static func updated(
    _ all: [NeighborListsToUpdate], after change: RowChange, scores: ChangedRowScores? = nil,
    index: InvertedIndex, jobs: Int
  ) -> [NeighborListsUpdate] {
    let scores = scores ?? ChangedRowScores(of: change.changed, in: index, jobs: jobs)
    let ranges = evenRanges(of: index.articles.rowCount, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var parts = all.map { ListsPart($0, after: change, meetsAll: scores.areKnown) }
      var sums = scores.makeSums()
      for row in ranges[piece] {
        if scores.areKnown || parts.indices.contains(where: { parts[$0].isReached(row) }) {
          scores.sum(row, into: &sums)
        }
        for place in parts.indices { parts[place].meet(row, sums: sums) }
      }
      return parts
    }
    return all.indices.map { place in
      all[place].updated(by: parts.map { $0[place] }, after: change, index: index, jobs: jobs)
    }
  }

  /// One list of each row after some rows changed.
  func updated(
    after change: RowChange, scores: ChangedRowScores? = nil, index: InvertedIndex,
    isKnown: [Bool]? = nil, jobs: Int,
    weightedBy pairWeight: (@Sendable (_ source: Int, _ target: Int) -> Float)? = nil
  ) -> NeighborListsUpdate {
    Self.updated(
      [NeighborListsToUpdate(lists: self, isKnown: isKnown, pairWeight: pairWeight)],
      after: change, scores: scores, index: index, jobs: jobs)[0]
  }
}

extension NeighborListsToUpdate {
  fileprivate func updated(
    by parts: [ListsPart], after change: RowChange, index: InvertedIndex, jobs: Int
  ) -> NeighborListsUpdate {
    var rows = parts.flatMap(\.rows)
    // Where not every row was met, who is nearest to a changed one is looked up.
    for (place, row) in change.changed.enumerated() where parts.first?.meetsAll ?? false {
      var best = BestNeighbors(limit: lists.limit, minScore: 0)
      for part in parts { for neighbor in part.own[place].list { best.insert(neighbor) } }
      rows[row] = .known(best.list)
    }
    let unknown = rows.indices.filter { rows[$0].isUnknown }
    let found = index.nearest(
      ofArticles: unknown, limit: lists.limit, jobs: jobs, weightedBy: pairWeight)
    for (place, row) in unknown.enumerated() { rows[row] = .known(found[place]) }
    let updated = NeighborLists(updating: lists, rows: rows, change: change)
    return NeighborListsUpdate(
      lists: updated,
      isChanged: change.oldRows.indices.map { row in
        guard let old = change.oldRows[row] else { return true }
        guard !rows[row].isSame else { return false }
        return !updated.isSame(row, as: old, of: lists, newRows: change.newRows)
      })
  }
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

/// What an update makes of the rows of one part.
private struct ListsPart: Sendable {
  private let before: NeighborListsToUpdate
  private let change: RowChange
  /// Whether the scores of every row are given, not of those alone that the change may reach.
  let meetsAll: Bool
  /// For each changed row the best among the rows of this part.
  private(set) var own: [BestNeighbors]
  private(set) var rows: [RowUpdate] = []

  init(_ before: NeighborListsToUpdate, after change: RowChange, meetsAll: Bool) {
    self.before = before
    self.change = change
    self.meetsAll = meetsAll || before.isKnown == nil
    own = change.changed.map { _ in BestNeighbors(limit: before.lists.limit, minScore: 0) }
  }

  /// Whether the change may reach a row.
  func isReached(_ row: Int) -> Bool {
    guard let isKnown = before.isKnown, let old = change.oldRows[row] else { return true }
    return isKnown[old] || change.isChanged[row]
  }

  /// - Parameter sums: the scores of the row with each changed one, if it is reached or all are met.
  mutating func meet(_ row: Int, sums: [Double]) {
    if meetsAll { offer(row, sums: sums) }
    guard isReached(row) else {
      rows.append(.same)
      return
    }
    guard !change.isChanged[row], let old = change.oldRows[row] else {
      rows.append(.unknown)
      return
    }
    rows.append(
      before.lists.staysSame(old, sums: sums, change: change)
        ? .same
        : before.lists.list(
          ofOld: old, now: row, sums: sums, change: change, weightedBy: before.pairWeight
        ).map { .known($0) } ?? .unknown)
  }

  /// Offers a row to the lists of the changed ones.
  private mutating func offer(_ row: Int, sums: [Double]) {
    for (place, sum) in sums.enumerated() where sum > 0 && change.changed[place] != row {
      let dot = Float(sum)
      guard own[place].mayTake(dot) else { continue }
      let weight = before.pairWeight?(change.changed[place], row) ?? 1
      own[place].insert(Neighbor(article: row, score: dot * weight))
    }
  }
}

extension NeighborLists {
  fileprivate init(updating old: NeighborLists, rows: [RowUpdate], change: RowChange) {
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
  fileprivate func staysSame(_ old: Int, sums: [Double], change: RowChange) -> Bool {
    let places = places(of: old)
    let horizon = places.count == limit ? places.last.map { scores[$0] } ?? .infinity : 0
    return places.allSatisfy { place in
      change.newRows[Int(articles[place])].map { !change.isChanged[$0] } ?? false
    } && sums.allSatisfy { $0 <= 0 || Float($0) < horizon }
  }

  /// The list of a row that did not change itself; nil if somebody unknown may belong there.
  fileprivate func list(
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
  fileprivate func isSame(
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
