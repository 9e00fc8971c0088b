/// One sparse vector a row, in flat arrays (compressed sparse rows): row `r` is
/// `termIDs[rowStarts[r]..<rowStarts[r + 1]]` with the weights at the same places.
public struct SparseMatrix: Sendable, Hashable {
  public let rowStarts: [Int]
  /// Ascending within a row.
  public let termIDs: [UInt32]
  public let weights: [Float]
  /// How many features there are; every id is below.
  public let termCount: Int

  public var rowCount: Int { rowStarts.count - 1 }

  /// - Precondition: `rowStarts` begins with 0, never falls, ends with the number of weights.
  public init(rowStarts: [Int], termIDs: [UInt32], weights: [Float], termCount: Int) {
    precondition(rowStarts.first == 0 && rowStarts.last == termIDs.count)
    precondition(termIDs.count == weights.count)
    self.rowStarts = rowStarts
    self.termIDs = termIDs
    self.weights = weights
    self.termCount = termCount
  }

  public init(rows: [SparseVector], termCount: Int) {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows { starts.append(starts[starts.count - 1] + row.count) }
    self.init(
      rowStarts: starts, termIDs: rows.flatMap(\.termIDs), weights: rows.flatMap(\.weights),
      termCount: termCount)
  }

  public subscript(row: Int) -> SparseVector {
    let range = rowStarts[row]..<rowStarts[row + 1]
    return SparseVector(termIDs: Array(termIDs[range]), weights: Array(weights[range]))
  }
}
