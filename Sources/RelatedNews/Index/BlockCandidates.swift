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
  /// Beside each row what a sum of `CommonTermTiles` must exceed to be worth a look, at
  /// least the sum of nothing; padded to whole tiles with what nobody exceeds.
  let limits: UnsafeMutablePointer<Int16>
  /// Beside each row where all else of it stands, as rows may come in another order.
  private let places: UnsafeMutablePointer<Int32>
  /// Beside each place the units that the last place of its list has for sure; 0 while it has fewer.
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
    limits = Self.memory(paddedCount, of: .max)
    places = Self.memory(rowCount, of: 0)
    floors = Self.memory(rowCount, of: floor)
    self.margins = Self.memory(rowCount, of: 0)
    counts = Self.memory(rowCount, of: 0)
    articles = Self.memory(rowCount * capacity, of: 0)
    lows = Self.memory(rowCount * capacity, of: 0)
    best = Self.memory(rowCount * limit, of: 0)
    for (row, margin) in margins.enumerated() {
      places[row] = Int32(row)
      self.margins[row] = margin
      limits[row] = Self.limit(floor: floor, margin: margin)
    }
  }

  /// Puts its rows in another order: by what they ask of a sum, the least first.
  mutating func orderByLimit() -> RowOrder {
    let order = (0..<rowCount).sorted { (limits[$0], $0) < (limits[$1], $1) }
    let ordered = order.map { (limit: limits[$0], place: places[$0]) }
    for (row, old) in ordered.enumerated() { (limits[row], places[row]) = old }
    return RowOrder(oldRows: order)
  }

  deinit {
    limits.deallocate()
    places.deallocate()
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
    let place = place(of: row)
    return UnsafeBufferPointer(start: articles + place * capacity, count: Int(counts[place]))
  }

  /// Whether no article outside the candidates can be on the list of a row. One that a sum of 0
  /// units hides cannot be seen, so the floor has to be above what 0 may stand for.
  func isComplete(_ row: Int) -> Bool {
    let place = place(of: row)
    return floors[place] > margins[place]
  }

  /// The units that the last place of a row's list has for sure; 0 while it has fewer.
  func floor(of row: Int) -> UInt16 { floors[place(of: row)] }

  /// Which row it was before rows came in another order.
  @inline(__always)
  func place(of row: Int) -> Int { Int(places[row]) }

  /// Its rows in the order in which they came.
  var rowsByPlace: [Int] {
    var rows = [Int](repeating: 0, count: rowCount)
    for row in 0..<rowCount { rows[place(of: row)] = row }
    return rows
  }

  /// Takes note that so many articles as a list has places have at least `floor` units.
  mutating func raiseFloor(of row: Int, to floor: UInt16) {
    let place = place(of: row)
    floors[place] = max(floors[place], floor)
    limits[row] = Self.limit(floor: floors[place], margin: margins[place])
  }

  /// Takes an article in if it may be on the list of `row`.
  ///
  /// - Returns: false when the row is full of candidates that bounds cannot tell apart; then
  ///   `settle` it with exact scores.
  mutating func offer(_ article: Int32, to row: Int, sum: UInt16, pairWeight: Float) -> Bool {
    let low = pairWeight == 1 ? sum : UInt16(Float(sum) * pairWeight)
    let place = place(of: row)
    guard Int(low) &+ Int(margins[place]) >= Int(floors[place]) else { return true }
    rank(low, at: place)
    limits[row] = Self.limit(floor: floors[place], margin: margins[place])
    let count = Int(counts[place])
    articles[place &* capacity &+ count] = article
    lows[place &* capacity &+ count] = low
    counts[place] = Int32(truncatingIfNeeded: count &+ 1)
    guard count &+ 1 == capacity else { return true }
    sortOut(at: place)
    return Int(counts[place]) * 4 <= capacity * 3
  }

  /// Drops from a row those that cannot reach its floor.
  mutating func sortOut(_ row: Int) { sortOut(at: place(of: row)) }

  private mutating func sortOut(at place: Int) {
    let articles = articles + place * capacity
    let lows = lows + place * capacity
    let floor = Int(floors[place]) - Int(margins[place])
    var kept = 0
    for candidate in 0..<Int(counts[place]) where Int(lows[candidate]) >= floor {
      articles[kept] = articles[candidate]
      lows[kept] = lows[candidate]
      kept &+= 1
    }
    counts[place] = Int32(truncatingIfNeeded: kept)
  }

  /// Puts a lower bound among the best of its row; the last of them is the row's floor.
  private mutating func rank(_ low: UInt16, at place: Int) {
    let best = best + place &* limit
    var rank = limit &- 1
    guard low > best[rank] else { return }
    while rank > 0, best[rank &- 1] < low {
      best[rank] = best[rank &- 1]
      rank &-= 1
    }
    best[rank] = low
    floors[place] = max(floors[place], best[limit &- 1])
  }

  /// Replaces the candidates of a row by the best of them, exactly scored, best first.
  mutating func settle(_ row: Int, best: [Neighbor], units: (Float) -> Double) {
    let place = place(of: row)
    for (rank, neighbor) in best.enumerated() {
      articles[place * capacity + rank] = Int32(neighbor.article)
      lows[place * capacity + rank] = UInt16(min(65535, units(neighbor.score)))
      self.best[place * limit + rank] = lows[place * capacity + rank]
    }
    counts[place] = Int32(best.count)
    if best.count == limit { raiseFloor(of: row, to: self.best[place * limit + limit - 1]) }
  }

  /// One below the least sum that may reach the floor, counted from `CommonTermTiles.zero`.
  private static func limit(floor: UInt16, margin: UInt16) -> Int16 {
    let least = floor > margin ? floor - margin : 1
    return Int16(bitPattern: (least - 1) ^ CommonTermTiles.zero)
  }
}
