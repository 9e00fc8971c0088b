/// For every row of a block the articles that may be on its list, with lower bounds of their scores.
///
/// A row's `floor` is the `limit`-th best lower bound so far: whoever cannot reach it is dropped. So
/// the lists hold every article of the true list, and as the bounds are close, few others. Nothing
/// is scored exactly before the end.
struct BlockCandidates: Sendable {
  /// Places a row: enough that sorting them out is rare, few enough for a large archive.
  let capacity: Int
  let limit: Int
  /// Beside each row the least sum that is worth a look, at least 1; padded to whole
  /// tiles with sums that nobody reaches.
  private(set) var thresholds: [UInt16]
  /// Beside each row the units that the last place of its list has for sure; 0 while it has fewer.
  private(set) var floors: [UInt16]
  private let margins: [UInt16]
  private var counts: [Int32]
  /// `capacity` places a row.
  private var articles: [Int32]
  private var lows: [UInt16]
  /// `limit` places a row: its greatest lower bounds, falling.
  private var best: [UInt16]

  /// - Parameter floor: units below which nobody is listed.
  init(margins: [UInt16], limit: Int, floor: UInt16, paddedCount: Int) {
    capacity = 2 * limit + 32
    self.limit = limit
    self.margins = margins
    floors = Array(repeating: floor, count: margins.count)
    thresholds = margins.map { Self.threshold(floor: floor, margin: $0) }
    thresholds += Array(repeating: .max, count: paddedCount - margins.count)
    counts = Array(repeating: 0, count: margins.count)
    articles = Array(repeating: 0, count: margins.count * capacity)
    lows = Array(repeating: 0, count: margins.count * capacity)
    best = Array(repeating: 0, count: margins.count * limit)
  }

  /// The candidates of a row.
  func candidates(of row: Int) -> ArraySlice<Int32> {
    articles[row * capacity..<row * capacity + Int(counts[row])]
  }

  /// Whether no article outside the candidates can be on the list of a row. One that a sum of 0
  /// units hides cannot be seen, so the floor has to be above what 0 may stand for.
  func isComplete(_ row: Int) -> Bool { floors[row] > margins[row] }

  /// Takes an article in if it may be on the list of `row`.
  ///
  /// - Returns: false when the row is full of candidates that bounds cannot tell apart; then
  ///   `settle` it with exact scores.
  mutating func offer(_ article: Int32, to row: Int, sum: UInt16, pairWeight: Float) -> Bool {
    let low = pairWeight == 1 ? sum : UInt16(Float(sum) * pairWeight)
    guard Int(low) + Int(margins[row]) >= Int(floors[row]) else { return true }
    rank(low, in: row)
    let count = Int(counts[row])
    articles[row * capacity + count] = article
    lows[row * capacity + count] = low
    counts[row] += 1
    guard count + 1 == capacity else { return true }
    sortOut(row)
    return Int(counts[row]) * 4 <= capacity * 3
  }

  /// Drops from every row those that cannot reach its floor.
  mutating func sortOut() { for row in margins.indices { sortOut(row) } }

  private mutating func sortOut(_ row: Int) {
    let range = row * capacity..<row * capacity + Int(counts[row])
    let floor = Int(floors[row]) - Int(margins[row])
    var kept = range.lowerBound
    for place in range where Int(lows[place]) >= floor {
      articles[kept] = articles[place]
      lows[kept] = lows[place]
      kept += 1
    }
    counts[row] = Int32(kept - range.lowerBound)
  }

  /// Puts a lower bound among the best of its row; the last of them is the row's floor.
  private mutating func rank(_ low: UInt16, in row: Int) {
    let first = row * limit
    var place = first + limit - 1
    guard low > best[place] else { return }
    while place > first, best[place - 1] < low {
      best[place] = best[place - 1]
      place -= 1
    }
    best[place] = low
    raiseFloor(of: row, to: best[first + limit - 1])
  }

  /// Replaces the candidates of a row by the best of them, exactly scored, best first.
  mutating func settle(_ row: Int, best: [Neighbor], units: (Float) -> Double) {
    for (place, neighbor) in best.enumerated() {
      articles[row * capacity + place] = Int32(neighbor.article)
      lows[row * capacity + place] = UInt16(min(65535, units(neighbor.score)))
    }
    counts[row] = Int32(best.count)
    for place in best.indices { self.best[row * limit + place] = lows[row * capacity + place] }
    if best.count == limit { raiseFloor(of: row, to: self.best[row * limit + limit - 1]) }
  }

  private mutating func raiseFloor(of row: Int, to floor: UInt16) {
    floors[row] = max(floors[row], floor)
    thresholds[row] = Self.threshold(floor: floors[row], margin: margins[row])
  }

  private static func threshold(floor: UInt16, margin: UInt16) -> UInt16 {
    floor > margin ? floor - margin : 1
  }
}
