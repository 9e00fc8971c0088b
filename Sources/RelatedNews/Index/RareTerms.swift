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
  /// The term at place p has `postings[postingStarts[p]..<postingStarts[p + 1]]`.
  let postingStarts: [UInt32]
  private(set) var postings: [BlockPosting]

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
    var postings = [BlockPosting](
      repeating: BlockPosting(column: 0, weight: 0), count: entries.count)
    for row in 0..<starts.count - 1 {
      for (rank, weight) in entries[Int(starts[row])..<Int(starts[row + 1])] {
        postings[Int(free[Int(rank)])] = BlockPosting(column: row, weight: weight)
        free[Int(rank)] &+= 1
      }
    }
    for rank in ranks { free[Int(rank)] = 0 }

    // Back again: now the terms of each row ascend.
    var terms = [UInt32](repeating: 0, count: entries.count)
    var weights = [UInt16](repeating: 0, count: entries.count)
    var freeInRow = starts
    for term in ranks.indices {
      for posting in postings[Int(postingStarts[term])..<Int(postingStarts[term + 1])] {
        let place = Int(freeInRow[posting.column])
        terms[place] = UInt32(truncatingIfNeeded: term)
        weights[place] = UInt16(truncatingIfNeeded: posting.weight)
        freeInRow[posting.column] &+= 1
      }
    }
    self.starts = starts
    self.terms = terms
    self.weights = weights
    self.ranks = ranks
    self.postingStarts = postingStarts
    self.postings = postings
  }

  /// Puts the rows in another order.
  ///
  /// - Parameter order: beside each new row the old one.
  mutating func reorder(_ order: [Int]) {
    let old = (starts: starts, terms: terms, weights: weights)
    terms.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    starts.removeLast(order.count)
    var newRows = [Int](repeating: 0, count: order.count)
    for (new, row) in order.enumerated() {
      let range = Int(old.starts[row])..<Int(old.starts[row + 1])
      terms += old.terms[range]
      weights += old.weights[range]
      starts.append(Int32(terms.count))
      newRows[row] = new
    }
    for place in postings.indices {
      let posting = postings[place]
      postings[place] = BlockPosting(
        column: newRows[posting.column], weight: UInt16(truncatingIfNeeded: posting.weight))
    }
  }
}

/// An article that has a term, as a scatter wants it: its place in the block and the weight in one
/// small number, as the postings of a block are more than the nearest caches hold.
struct BlockPosting: Sendable, BitwiseCopyable {
  private let bits: UInt32

  init(column: Int, weight: UInt16) { bits = UInt32(weight) << 16 | UInt32(column) }

  @inline(__always)
  var column: Int { Int(bits & 0xFFFF) }

  @inline(__always)
  var weight: UInt32 { bits &>> 16 }
}
