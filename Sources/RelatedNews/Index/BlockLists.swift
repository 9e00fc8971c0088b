/// The lists of a block's articles: one of each, or two that differ in what is searched.
///
/// What is dear is to find out whose sums are worth a look; whoever has one is offered to both lists.
struct BlockLists: ~Copyable, Sendable {
  private(set) var first: BlockCandidates
  private(set) var second: BlockCandidates?
  /// Whether sums without the weights of pairs say anything of what lists have at least.
  let takesFloors: Bool
  /// Beside each row what a sum of `CommonTermTiles` must exceed to be worth a look for one of its
  /// lists, at least the sum of nothing; where nobody wants them, and to fill the last tile, what nobody
  /// exceeds.
  private(set) var limits: [Int16]
  /// Beside each row the place of its lists, as rows may come in another order.
  private var places: [Int32]

  /// - Parameters:
  ///   - margins: beside each row.
  ///   - areWanted: else nobody is offered to the lists, and they have no memory.
  init(
    _ first: ListSearch, _ second: ListSearch?, margins: [UInt16], areWanted: Bool,
    quantizer: WeightQuantizer
  ) {
    let listed = areWanted ? margins : []
    self.first = BlockCandidates(first, margins: listed, quantizer: quantizer)
    self.second = second.map { BlockCandidates($0, margins: listed, quantizer: quantizer) }
    takesFloors = first.pairWeight == nil || second.map { $0.pairWeight == nil } ?? false
    places = margins.indices.map { Int32($0) }
    let width = CommonTermTiles.width
    limits = Array(repeating: .max, count: (margins.count + width - 1) / width * width)
    for row in listed.indices { updateLimit(of: row) }
  }

  /// What a sum must exceed for the one list that asks less.
  @inline(__always)
  private mutating func updateLimit(of row: Int) {
    let place = place(of: row)
    var limit = first.limit(at: place)
    switch second {
    case .some(let second): limit = min(limit, second.limit(at: place))
    case .none: break
    }
    limits[row] = limit
  }

  /// Where the lists of a row stand.
  @inline(__always)
  private func place(of row: Int) -> Int { Int(places[row]) }

  /// Its rows in the order in which they came.
  var rowsByPlace: [Int] {
    var rows = [Int](repeating: 0, count: places.count)
    for row in places.indices { rows[place(of: row)] = row }
    return rows
  }

  /// Puts its rows in another order: by what they ask of a sum, the least first.
  mutating func orderByLimit() -> RowOrder {
    let order = places.indices.sorted { (limits[$0], $0) < (limits[$1], $1) }
    limits.replaceSubrange(order.indices, with: order.map { limits[$0] })
    places = order.map { places[$0] }
    return RowOrder(oldRows: order)
  }

  /// Takes an article in where it may be on a list of `row`, which is `source`.
  @inline(__always)
  mutating func offer(
    _ target: Int32, to row: Int, of source: Int32, sum: UInt16, scorer: inout CandidateScorer
  ) {
    let place = place(of: row)
    first.offer(target, at: place, of: source, sum: sum, scorer: &scorer)
    second?.offer(target, at: place, of: source, sum: sum, scorer: &scorer)
    updateLimit(of: row)
  }

  /// Takes note of what a row has at least for the last place of its lists, by sums alone.
  ///
  /// - Parameter floor: a number of units that `limit` articles have.
  mutating func raiseFloors(of row: Int, to floor: (_ limit: Int) -> UInt16) {
    let place = place(of: row)
    first.raiseFloor(at: place, to: floor)
    second?.raiseFloor(at: place, to: floor)
    updateLimit(of: row)
  }

  /// The lists of the article `source` at a place, exactly scored.
  ///
  /// - Parameters:
  ///   - isWanted: says by bounds whether the first list is; else it is nil.
  ///   - plain: a list by another way, where bounds say nothing of it.
  mutating func lists(
    of source: Int, at place: Int, scorer: inout CandidateScorer,
    where isWanted: (BoundedList) -> Bool, plain: (ListSearch) -> [Neighbor]
  ) -> (first: [Neighbor]?, second: [Neighbor]?) {
    (
      first.list(of: source, at: place, scorer: &scorer, where: isWanted, plain: plain),
      second?.list(of: source, at: place, scorer: &scorer, where: { _ in true }, plain: plain)
    )
  }
}
