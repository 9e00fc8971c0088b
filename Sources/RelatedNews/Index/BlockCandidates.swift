/// For every row of a block the articles that may be on its list, with lower bounds of their scores.
///
/// A row's `floor` is the `limit`-th best lower bound so far: whoever cannot reach it is dropped. So
/// the lists hold every article of the true list, and as the bounds are close, few others. Nothing
/// is scored exactly before the end.
///
/// Unsafe: its rows are kept in memory of its own and read without bounds checks, as a rebuild offers
/// about a hundred articles to each; nobody has a copy. `BlockPairsTests` holds it to the plain twin.
struct BlockCandidates: ~Copyable, @unchecked Sendable {
  /// Places a row: enough that bounds can nearly always tell the candidates apart in time, few enough
  /// for a large archive.
  let capacity: Int
  let limit: Int
  private let rowCount: Int
  private let paddedCount: Int
  /// Beside each row what a sum of `CommonTermTiles` must exceed to be worth a look, at
  /// least the sum of nothing; padded to whole tiles with what nobody exceeds.
  let limits: UnsafeMutablePointer<Int16>
  /// Beside each row the units that the last place of its list has for sure; 0 while it has fewer.
  private let floors: UnsafeMutablePointer<UInt16>
  private let margins: UnsafeMutablePointer<UInt16>
  private let counts: UnsafeMutablePointer<Int32>
  /// `capacity` places a row.
  private let articles: UnsafeMutablePointer<Int32>
  private let lows: UnsafeMutablePointer<UInt16>
  /// `limit` places a row: its greatest lower bounds, falling.
  private let best: UnsafeMutablePointer<UInt16>

  /// - Parameter floor: units below which nobody is listed.
  init(margins: [UInt16], limit: Int, floor: UInt16, paddedCount: Int) {
    capacity = 2 * limit + 96
    self.limit = limit
    rowCount = margins.count
    self.paddedCount = paddedCount
    limits = Self.memory(paddedCount, of: .max)
    floors = Self.memory(rowCount, of: floor)
    self.margins = Self.memory(rowCount, of: 0)
    counts = Self.memory(rowCount, of: 0)
    articles = Self.memory(rowCount * capacity, of: 0)
    lows = Self.memory(rowCount * capacity, of: 0)
    best = Self.memory(rowCount * limit, of: 0)
    for (row, margin) in margins.enumerated() {
      self.margins[row] = margin
      limits[row] = Self.limit(floor: floor, margin: margin)
    }
  }

  /// Puts its rows in another order: what they ask of a sum, the least first.
  ///
  /// - Returns: beside each new row the old one.
  mutating func orderByLimit() -> [Int] {
    let order = (0..<rowCount).sorted { (limits[$0], $0) < (limits[$1], $1) }
    let ordered = BlockCandidates(
      margins: order.map { margins[$0] }, limit: limit, floor: 0, paddedCount: paddedCount)
    for (row, old) in order.enumerated() {
      ordered.limits[row] = limits[old]
      ordered.floors[row] = floors[old]
      ordered.counts[row] = counts[old]
      (ordered.articles + row * capacity).update(from: articles + old * capacity, count: capacity)
      (ordered.lows + row * capacity).update(from: lows + old * capacity, count: capacity)
      (ordered.best + row * limit).update(from: best + old * limit, count: limit)
    }
    self = ordered
    return order
  }

  deinit {
    limits.deallocate()
    floors.deallocate()
    margins.deallocate()
    counts.deallocate()
    articles.deallocate()
    lows.deallocate()
    best.deallocate()
  }

  private static func memory<Number: BitwiseCopyable>(
    _ count: Int, of number: Number
  ) -> UnsafeMutablePointer<Number> {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: count)
    memory.initialize(repeating: number, count: count)
    return memory
  }

  /// The candidates of a row, until the next change.
  func candidates(of row: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: articles + row * capacity, count: Int(counts[row]))
  }

  /// Whether no article outside the candidates can be on the list of a row. One that a sum of 0
  /// units hides cannot be seen, so the floor has to be above what 0 may stand for.
  func isComplete(_ row: Int) -> Bool { floors[row] > margins[row] }

  /// The units that the last place of a row's list has for sure; 0 while it has fewer.
  func floor(of row: Int) -> UInt16 { floors[row] }

  /// Takes an article in if it may be on the list of `row`.
  ///
  /// - Returns: false when the row is full of candidates that bounds cannot tell apart; then
  ///   `settle` it with exact scores.
  mutating func offer(_ article: Int32, to row: Int, sum: UInt16, pairWeight: Float) -> Bool {
    let low = pairWeight == 1 ? sum : UInt16(Float(sum) * pairWeight)
    guard Int(low) &+ Int(margins[row]) >= Int(floors[row]) else { return true }
    rank(low, in: row)
    let count = Int(counts[row])
    articles[row &* capacity &+ count] = article
    lows[row &* capacity &+ count] = low
    counts[row] = Int32(truncatingIfNeeded: count &+ 1)
    guard count &+ 1 == capacity else { return true }
    sortOut(row)
    return Int(counts[row]) * 4 <= capacity * 3
  }

  /// Drops from every row those that cannot reach its floor.
  mutating func sortOut() { for row in 0..<rowCount { sortOut(row) } }

  private mutating func sortOut(_ row: Int) {
    let articles = articles + row * capacity
    let lows = lows + row * capacity
    let floor = Int(floors[row]) - Int(margins[row])
    var kept = 0
    for place in 0..<Int(counts[row]) where Int(lows[place]) >= floor {
      articles[kept] = articles[place]
      lows[kept] = lows[place]
      kept &+= 1
    }
    counts[row] = Int32(truncatingIfNeeded: kept)
  }

  /// Puts a lower bound among the best of its row; the last of them is the row's floor.
  private mutating func rank(_ low: UInt16, in row: Int) {
    let best = best + row &* limit
    var place = limit &- 1
    guard low > best[place] else { return }
    while place > 0, best[place &- 1] < low {
      best[place] = best[place &- 1]
      place &-= 1
    }
    best[place] = low
    raiseFloor(of: row, to: best[limit &- 1])
  }

  /// Replaces the candidates of a row by the best of them, exactly scored, best first.
  mutating func settle(_ row: Int, best: [Neighbor], units: (Float) -> Double) {
    for (place, neighbor) in best.enumerated() {
      articles[row * capacity + place] = Int32(neighbor.article)
      lows[row * capacity + place] = UInt16(min(65535, units(neighbor.score)))
      self.best[row * limit + place] = lows[row * capacity + place]
    }
    counts[row] = Int32(best.count)
    if best.count == limit { raiseFloor(of: row, to: self.best[row * limit + limit - 1]) }
  }

  private mutating func raiseFloor(of row: Int, to floor: UInt16) {
    guard floor > floors[row] else { return }
    floors[row] = floor
    limits[row] = Self.limit(floor: floor, margin: margins[row])
  }

  /// One below the least sum that may reach the floor, counted from `CommonTermTiles.zero`.
  private static func limit(floor: UInt16, margin: UInt16) -> Int16 {
    let least = floor > margin ? floor - margin : 1
    return Int16(bitPattern: (least - 1) ^ CommonTermTiles.zero)
  }
}
