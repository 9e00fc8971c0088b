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
