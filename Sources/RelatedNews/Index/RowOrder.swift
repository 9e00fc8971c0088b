/// Rows put in another order: beside each new row the old one.
struct RowOrder: Sendable {
  let oldRows: [Int]

  /// Values beside rows, in the new order.
  func ordered<Value>(_ values: [Value]) -> [Value] { oldRows.map { values[$0] } }

  /// Rows of values one after the other, in the new order.
  ///
  /// - Parameter starts: row r has `values[starts[r]..<starts[r + 1]]`.
  func ordered<Value>(_ values: [Value], startingAt starts: [Int32]) -> [Value] {
    var ordered: [Value] = []
    ordered.reserveCapacity(values.count)
    for row in oldRows { ordered += values[Int(starts[row])..<Int(starts[row + 1])] }
    return ordered
  }

  /// Where each row starts in the new order, and where the last one ends.
  func orderedStarts(_ starts: [Int32]) -> [Int32] {
    var ordered: [Int32] = [0]
    ordered.reserveCapacity(starts.count)
    for row in oldRows {
      ordered.append(ordered[ordered.count - 1] + starts[row + 1] - starts[row])
    }
    return ordered
  }
}
