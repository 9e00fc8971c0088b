/// Lists of neighbours as an index file keeps them: whom each names, and what its last entry scores at
/// least. Who brings them up to date needs the scores of those lists alone that a change may reach.
package struct KeptLists: Sendable, Hashable {
  /// Of a list that was not scored the entries stand by ascending number, with scores of 0.
  let lists: NeighborLists
  /// Beside each list the `FloorCode` of its last entry.
  let floors: [UInt8]

  /// - Precondition: as many floors as lists.
  init(lists: NeighborLists, floors: [UInt8]) {
    precondition(lists.rowCount == floors.count)
    self.lists = lists
    self.floors = floors
  }

  /// - Parameter lists: with their scores.
  init(of lists: NeighborLists) {
    self.init(lists: lists, floors: (0..<lists.rowCount).map { FloorCode.code(of: lists, row: $0) })
  }

  /// The lists with the scores of those that a change may reach, which are known then.
  ///
  /// - Parameters:
  ///   - scores: of all rows with those that changed.
  ///   - before: the rows as they were.
  ///   - weight: as in `InvertedIndex.nearestOfAll`, by numbers now.
  func toUpdate(
    after change: RowChange, scores: ChangedRowScores, before: SparseMatrix,
    weight: (@Sendable (_ source: Int, _ target: Int) -> Float)?, jobs: Int
  ) -> NeighborListsToUpdate {
    let ranges = evenRanges(of: lists.rowCount, pieces: jobs * 4)
    let reached = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var sums = scores.makeSums()
      return ranges[piece].map { old in
        isReached(old, by: change, scores: scores, sums: &sums, weight: weight)
      }
    }.flatMap { $0 }
    return NeighborListsToUpdate(
      lists: scored(reached, after: change, before: before, weight: weight, jobs: jobs),
      isKnown: reached, pairWeight: weight)
  }

  private func isReached(
    _ old: Int, by change: RowChange, scores: ChangedRowScores, sums: inout [Double],
    weight: ((_ source: Int, _ target: Int) -> Float)?
  ) -> Bool {
    guard let row = change.newRows[old] else { return false }
    // Of many changed rows somebody enters most lists.
    guard scores.areKnown, !change.isChanged[row] else { return true }
    let namesOthers = lists.entries(of: old).contains {
      change.newRows[Int($0)].map { change.isChanged[$0] } ?? true
    }
    guard !namesOthers else { return true }
    scores.sum(row, into: &sums)
    let floor = FloorCode.floor(floors[old])
    return zip(change.changed, sums).contains { target, sum in
      sum > 0 && Float(sum) >= floor && Float(sum) * (weight?(row, target) ?? 1) >= floor
    }
  }

  private func scored(
    _ isWanted: [Bool], after change: RowChange, before: SparseMatrix,
    weight: (@Sendable (_ source: Int, _ target: Int) -> Float)?, jobs: Int
  ) -> NeighborLists {
    let rows = isWanted.indices.filter { isWanted[$0] }
    let scored = concurrentMap(
      count: rows.count, jobs: jobs, workspace: ExactScorer(articles: before)
    ) { scorer, place in
      let row = rows[place]
      scorer.load(row)
      return lists.entries(of: row).map { entry -> Neighbor in
        let article = Int(entry)
        // The weight of a pair is the same as before where both stay. Who is gone counts with the
        // greatest that there is: at worst a list is looked up that need not be.
        let weight =
          change.newRows[row].flatMap { source in
            change.newRows[article].flatMap { weight?(source, $0) }
          } ?? 1
        return Neighbor(article: article, score: scorer.dot(article) * weight)
      }.sorted { $0.precedes($1) }
    }.results.map(\.result)
    return lists.replacing(rows, by: scored)
  }

  /// The lists after an update of what `toUpdate` gave.
  func updated(by update: NeighborListsUpdate, after change: RowChange) -> KeptLists {
    KeptLists(
      lists: update.lists,
      floors: change.oldRows.enumerated().map { row, old in
        guard let old, !update.isChanged[row] else {
          return FloorCode.code(of: update.lists, row: row)
        }
        return floors[old]
      })
  }
}

/// A lower bound of a score in one byte: a 32nd below it at most, from 2⁻⁸ on.
enum FloorCode {
  private static let least: Float = 1 / 256
  private static let droppedBits: UInt32 = 18

  /// 0 for a list that is not full, as whoever shares a term enters it.
  static func code(of lists: NeighborLists, row: Int) -> UInt8 {
    let places = lists.places(of: row)
    guard places.count == lists.limit, let last = places.last else { return 0 }
    return code(lists.scores[last])
  }

  static func code(_ score: Float) -> UInt8 {
    guard score >= least else { return 0 }
    return UInt8(min(255, (score.bitPattern - least.bitPattern) >> droppedBits + 1))
  }

  /// What no score of a code reaches.
  static func ceiling(_ code: UInt8) -> Float { code == .max ? .infinity : floor(code + 1) }

  static func floor(_ code: UInt8) -> Float {
    code == 0 ? 0 : Float(bitPattern: least.bitPattern + UInt32(code - 1) << droppedBits)
  }
}
