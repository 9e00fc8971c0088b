/// Which rows of an indexed matrix are as they were, and under which number.
struct RowChange: Sendable {
  /// Beside each row now its number before; nil for a new one. Kept rows keep their order.
  let oldRows: [Int?]
  /// Beside each row of before its number now; nil for one that is gone.
  let newRows: [Int?]
  /// Rows now whose vector is new or another one.
  let isChanged: [Bool]
  /// The same, ascending.
  let changed: [Int]

  init(oldRows: [Int?], oldCount: Int, isChanged: [Bool]) {
    var newRows = [Int?](repeating: nil, count: oldCount)
    for (row, old) in oldRows.enumerated() { if let old { newRows[old] = row } }
    self.oldRows = oldRows
    self.newRows = newRows
    self.isChanged = isChanged
    changed = isChanged.indices.filter { isChanged[$0] }
  }
}

/// The scores of every row with the few rows that changed: their postings, walked once.
struct ChangedRowScores: Sendable {
  private let starts: [Int32]
  private let places: [Int32]
  private let weights: [Float]
  private let count: Int

  /// - Parameter rows: the changed rows; place i is the i-th of them.
  init(of rows: [Int], in matrix: SparseMatrix) {
    var starts = [Int32](repeating: 0, count: matrix.termCount + 1)
    for row in rows {
      for i in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        starts[Int(matrix.termIDs[i]) + 1] += 1
      }
    }
    for term in 0..<matrix.termCount { starts[term + 1] += starts[term] }
    var free = starts
    let total = Int(starts[matrix.termCount])
    var places = [Int32](repeating: 0, count: total)
    var weights = [Float](repeating: 0, count: total)
    for (place, row) in rows.enumerated() {
      for i in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        let slot = Int(free[Int(matrix.termIDs[i])])
        places[slot] = Int32(place)
        weights[slot] = matrix.weights[i]
        free[Int(matrix.termIDs[i])] += 1
      }
    }
    self.starts = starts
    self.places = places
    self.weights = weights
    count = rows.count
  }

  func makeSums() -> [Double] { [Double](repeating: 0, count: count) }

  /// Makes `sums` the dot products of a row with each changed row, summed by ascending feature.
  func sum(_ row: Int, of matrix: SparseMatrix, into sums: inout [Double]) {
    for place in sums.indices { sums[place] = 0 }
    for i in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
      let term = Int(matrix.termIDs[i])
      let weight = Double(matrix.weights[i])
      for slot in Int(starts[term])..<Int(starts[term + 1]) {
        sums[Int(places[slot])] += weight * Double(weights[slot])
      }
    }
  }
}
