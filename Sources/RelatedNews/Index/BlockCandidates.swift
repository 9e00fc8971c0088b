/// For every article of a block those that may be on its list, with lower bounds of their scores.
///
/// A list's `floor` is the `limit`-th best lower bound so far: whoever cannot reach it is dropped. So
/// the lists hold every article of the true list, and as the bounds are close, few others. Nothing
/// is scored exactly before the end, but where bounds cannot tell too many apart.
///
/// Unsafe: they are kept in memory of their own and read without bounds checks, as a rebuild offers
/// about a hundred articles to each; nobody has a copy. `BlockPairsTests` holds it to the plain twin.
struct BlockCandidates: ~Copyable, @unchecked Sendable {
  let search: ListSearch
  private let quantizer: WeightQuantizer
  /// Places of a list: enough that bounds can nearly always tell the candidates apart in time, few
  /// enough for a large archive.
  private let capacity: Int
  /// Beside each list the units that its last place has for sure; 0 while it has fewer entries.
  private let floors: UnsafeMutablePointer<UInt16>
  private let margins: UnsafeMutablePointer<UInt16>
  private let counts: UnsafeMutablePointer<Int32>
  /// `capacity` places a list.
  private let articles: UnsafeMutablePointer<Int32>
  private let lows: UnsafeMutablePointer<UInt16>
  /// `limit` places a list: its greatest lower bounds, falling.
  private let best: UnsafeMutablePointer<UInt16>

  /// - Parameter margins: a number for each list.
  init(_ search: ListSearch, margins: [UInt16], quantizer: WeightQuantizer) {
    self.search = search
    self.quantizer = quantizer
    capacity = 2 * search.limit + 96
    // Units below which nobody is listed.
    let floor = UInt16(min(65535, max(0, quantizer.units(search.minScore))))
    floors = Self.memory(margins.count, of: floor)
    self.margins = Self.memory(margins.count, of: 0)
    counts = Self.memory(margins.count, of: 0)
    articles = Self.memory(margins.count * capacity, of: 0)
    lows = Self.memory(margins.count * capacity, of: 0)
    best = Self.memory(margins.count * search.limit, of: 0)
    for (place, margin) in margins.enumerated() { self.margins[place] = margin }
  }

  deinit {
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

  /// The candidates of a list, until the next change.
  private func candidates(at place: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: articles + place &* capacity, count: Int(counts[place]))
  }

  /// What a sum must exceed to be worth a look, counted from `CommonTermTiles.zero`: one below the
  /// least that may reach the floor, at least the sum of nothing.
  @inline(__always)
  func limit(at place: Int) -> Int16 {
    let (floor, margin) = (floors[place], margins[place])
    let least = floor > margin ? floor &- margin : 1
    return Int16(bitPattern: (least &- 1) ^ CommonTermTiles.zero)
  }

  @inline(__always)
  private func mayReachFloor(_ units: UInt16, at place: Int) -> Bool {
    Int(units) &+ Int(margins[place]) >= Int(floors[place])
  }

  /// Takes note of what sums alone promise, which says nothing where scores are less.
  ///
  /// - Parameter floor: a number of units that `limit` articles have.
  mutating func raiseFloor(at place: Int, to floor: (_ limit: Int) -> UInt16) {
    guard search.pairWeight == nil else { return }
    floors[place] = max(floors[place], floor(search.limit))
  }

  /// Takes an article in if it may be on the list of `source`.
  ///
  /// - Parameter scorer: for a list that is full of candidates that bounds cannot tell apart.
  @inline(__always)
  mutating func offer(
    _ target: Int32, at place: Int, of source: Int32, sum: UInt16, scorer: inout CandidateScorer
  ) {
    guard mayReachFloor(sum, at: place) else { return }
    let weight = search.weight(Int(source), Int(target))
    guard weight > 0 else { return }
    let low = weight == 1 ? sum : UInt16(Float(sum) * weight)
    guard mayReachFloor(low, at: place) else { return }
    rank(low, at: place)
    let count = Int(counts[place])
    articles[place &* capacity &+ count] = target
    lows[place &* capacity &+ count] = low
    counts[place] = Int32(truncatingIfNeeded: count &+ 1)
    if count &+ 1 == capacity { makeRoom(at: place, of: Int(source), scorer: &scorer) }
  }

  /// Drops those that bounds tell to be too low; where these are few all but the best.
  @inline(never)
  private mutating func makeRoom(at place: Int, of source: Int, scorer: inout CandidateScorer) {
    sortOut(at: place)
    guard Int(counts[place]) * 4 > capacity * 3 else { return }
    settle(place, best: scorer.best(of: source, among: candidates(at: place), by: search))
  }

  /// Drops those that cannot reach the floor.
  private mutating func sortOut(at place: Int) {
    let articles = articles + place * capacity
    let lows = lows + place * capacity
    var kept = 0
    for candidate in 0..<Int(counts[place]) where mayReachFloor(lows[candidate], at: place) {
      articles[kept] = articles[candidate]
      lows[kept] = lows[candidate]
      kept &+= 1
    }
    counts[place] = Int32(truncatingIfNeeded: kept)
  }

  /// Puts a lower bound among the best of its list; the last of them is the floor.
  @inline(__always)
  private mutating func rank(_ low: UInt16, at place: Int) {
    let limit = search.limit
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

  /// Replaces the candidates of a list by the best of them, exactly scored, best first.
  private mutating func settle(_ place: Int, best neighbors: [Neighbor]) {
    let best = best + place * search.limit
    for (rank, neighbor) in neighbors.enumerated() {
      articles[place * capacity + rank] = Int32(neighbor.article)
      best[rank] = UInt16(min(65535, quantizer.units(neighbor.score)))
      lows[place * capacity + rank] = best[rank]
    }
    counts[place] = Int32(neighbors.count)
    guard neighbors.count == search.limit else { return }
    floors[place] = max(floors[place], best[search.limit - 1])
  }
}

/// What bounds say of an article's list before anything is scored exactly.
struct BoundedList: Sendable {
  let row: Int
  /// All that are on the list, and a few that may be.
  let articles: [Int32]
  /// What the last entry scores, at least; whoever scores less is not on the list.
  let least: Float
}

extension BlockCandidates {
  /// The list of the article `source`, exactly scored; nil if it is not wanted.
  ///
  /// - Parameter plain: the list by another way, where bounds say nothing of it.
  mutating func list(
    of source: Int, at place: Int, scorer: inout CandidateScorer,
    where isWanted: (BoundedList) -> Bool, plain: (ListSearch) -> [Neighbor]
  ) -> [Neighbor]? {
    sortOut(at: place)
    // One that a sum of 0 units hides cannot be seen, so the floor has to be above what 0 may stand
    // for.
    guard floors[place] > margins[place] else { return plain(search) }
    let bounded = BoundedList(
      row: source, articles: Array(candidates(at: place)),
      least: quantizer.leastScore(floors[place]))
    return isWanted(bounded)
      ? scorer.best(of: source, among: candidates(at: place), by: search) : nil
  }
}
