/// The best `limit` neighbors of those offered so far, in any order of offering.
struct BestNeighbors {
  let limit: Int
  let minScore: Float
  /// Best first.
  private(set) var list: [Neighbor] = []

  init(limit: Int, minScore: Float) {
    self.limit = limit
    self.minScore = minScore
    list.reserveCapacity(max(0, limit))
  }

  /// Whether a neighbor whose score is at most `bound` could still enter.
  func mayTake(_ bound: Float) -> Bool {
    bound > 0 && bound >= minScore && bound >= floor
  }

  /// The score of the last place; 0 while there is room.
  var floor: Float { list.count == limit ? list.last?.score ?? 0 : 0 }

  /// Takes the neighbor in if it is among the best.
  ///
  /// - Complexity: O(`limit`).
  mutating func insert(_ neighbor: Neighbor) {
    guard mayTake(neighbor.score) else { return }
    if list.count == limit, let last = list.last {
      guard neighbor.precedes(last) else { return }
      list.removeLast()
    }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].precedes(neighbor) { low = middle + 1 } else { high = middle }
    }
    list.insert(neighbor, at: low)
  }
}
