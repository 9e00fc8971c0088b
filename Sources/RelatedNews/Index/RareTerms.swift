/// What the articles of a block have of rare terms, by rows and by postings.
struct RareTerms: Sendable {
  /// Row r has `terms[starts[r]..<starts[r + 1]]`, places in `ranks`, ascending.
  private(set) var starts: [Int32]
  private(set) var terms: [UInt32]
  private(set) var weights: [UInt16]
  /// The ranks of the distinct terms, ascending, the term of most articles first: so postings that
  /// are asked for together stand together, and ranges of like length follow each other, which a
  /// processor's guesses want.
  let ranks: [UInt32]
  /// The term at place p has `postings[postingStarts[p]..<postingStarts[p + 1]]`, ascending; a posting's
  /// place is its row. Behind the last term the end once more: one that no article has.
  let postingStarts: [UInt32]
  private(set) var postings: [PlacedWeight]

  /// - Parameters:
  ///   - starts: row r has `ranks[starts[r]..<starts[r + 1]]` of `entries`, in any order.
  ///   - free: working memory, a number a rare term: how many entries it has; afterwards all 0.
  init(starts: [Int32], entries: [(rank: UInt32, weight: UInt16)], free: inout [UInt32]) {
    var ranks: [UInt32] = []
    var postingStarts: [UInt32] = [0]
    var start: UInt32 = 0
    for rank in free.indices where free[rank] > 0 {
      ranks.append(UInt32(rank))
      (start, free[rank]) = (start + free[rank], start)
      postingStarts.append(start)
    }
    var postings = [PlacedWeight](
      repeating: PlacedWeight(place: 0, weight: 0), count: entries.count)
    for row in 0..<starts.count - 1 {
      for place in Int(starts[row])..<Int(starts[row + 1]) {
        let (rank, weight) = entries[place]
        postings[Int(free[Int(rank)])] = PlacedWeight(place: row, weight: weight)
        free[Int(rank)] &+= 1
      }
    }
    for rank in ranks { free[Int(rank)] = 0 }

    // Back again: now the terms of each row ascend.
    var terms = [UInt32](repeating: 0, count: entries.count)
    var weights = [UInt16](repeating: 0, count: entries.count)
    var freeInRow = starts
    for term in ranks.indices {
      for entry in Int(postingStarts[term])..<Int(postingStarts[term + 1]) {
        let posting = postings[entry]
        let place = Int(freeInRow[posting.place])
        terms[place] = UInt32(truncatingIfNeeded: term)
        weights[place] = posting.weight
        freeInRow[posting.place] &+= 1
      }
    }
    self.starts = starts
    self.terms = terms
    self.weights = weights
    self.ranks = ranks
    postingStarts.append(start)
    self.postingStarts = postingStarts
    self.postings = postings
  }

  mutating func reorder(_ order: RowOrder) {
    terms = order.ordered(terms, startingAt: starts)
    weights = order.ordered(weights, startingAt: starts)
    starts = order.orderedStarts(starts)
    var newRows = [Int](repeating: 0, count: order.oldRows.count)
    for (new, old) in order.oldRows.enumerated() { newRows[old] = new }
    for place in postings.indices {
      let posting = postings[place]
      postings[place] = PlacedWeight(place: newRows[posting.place], weight: posting.weight)
    }
  }
}
