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

/// Rows of a matrix on their way there: what one core has made.
struct MatrixRows: Sendable {
  /// Beside each row where it ends.
  private(set) var ends: [Int] = []
  private(set) var termIDs: [UInt32] = []
  private(set) var weights: [Float] = []

  init() {}

  /// - Precondition: as many weights as ids, as many as the last row's end.
  init(ends: [Int], termIDs: [UInt32], weights: [Float]) {
    precondition(ends.last ?? 0 == termIDs.count && termIDs.count == weights.count)
    self.ends = ends
    self.termIDs = termIDs
    self.weights = weights
  }

  /// Appends a row, its features ascending.
  ///
  /// - Parameter weight: the weight of the feature at a place of `features`.
  @inline(__always)
  mutating func append(_ features: UnsafeBufferPointer<UInt32>, weight: (Int) -> Float) {
    termIDs.append(contentsOf: features)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: features.count) { row in
      for place in features.indices { row.initializeElement(at: place, to: weight(place)) }
      weights.append(contentsOf: row)
    }
    ends.append(termIDs.count)
  }

  /// Appends a row of a matrix, its features renumbered in the same order.
  @inline(__always)
  mutating func append(_ row: Int, of matrix: SparseMatrix, feature: (UInt32) -> UInt32) {
    let range = matrix.rowStarts[row]..<matrix.rowStarts[row + 1]
    termIDs.append(contentsOf: matrix.termIDs[range].lazy.map(feature))
    weights.append(contentsOf: matrix.weights[range])
    ends.append(termIDs.count)
  }

  mutating func append(_ row: SparseVector) {
    row.termIDs.withUnsafeBufferPointer { append($0) { row.weights[$0] } }
  }
}

extension SparseMatrix {
  /// The rows of `parts`, one after the other.
  init(joining parts: [MatrixRows], termCount: Int, jobs: Int) {
    var starts = [0]
    starts.reserveCapacity(parts.reduce(1) { $0 + $1.ends.count })
    for part in parts {
      let start = starts[starts.count - 1]
      starts += part.ends.lazy.map { $0 + start }
    }
    self.init(
      rowStarts: starts, termIDs: concurrentJoin(parts.map(\.termIDs), jobs: jobs),
      weights: concurrentJoin(parts.map(\.weights), jobs: jobs), termCount: termCount)
  }
}
