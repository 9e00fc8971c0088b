/// Who is near to an article, by what products are at least and at most: nobody is missing, and a few are
/// too many, as whoever makes a list looks at them exactly.
struct Nearness: Sendable, Hashable {
  /// What its last neighbour scores at least; 0 where it has fewer than there can be.
  var floor: Float = 0
  /// What the last candidate of its list scores at least, as `floor`.
  var candidateFloor: Float = 0
  /// Who may be its neighbours, by ascending number.
  var neighbors: [UInt32] = []

  init() {}

  /// - Parameters:
  ///   - number: the article's.
  ///   - products: of its vector with all.
  /// - Complexity: O(n) with a tiny constant.
  init(
    of number: Int, products: ProductBounds, counts: IndexCounts, columns: IndexColumns,
    weight: CandidateWeight
  ) {
    var nearest = BestNeighbors(limit: counts.neighbors, minScore: 0)
    var candidates = BestNeighbors(limit: counts.candidates, minScore: 0)
    var possible: [(article: Int, product: Float)] = []
    for article in products.sums.indices where products.sums[article] > 0 && article != number {
      let (least, most) = products.bounds(of: article, scale: columns.scale(article))
      if counts.candidates > 0, candidates.mayTake(least) {
        candidates.insert(
          Neighbor(article: article, score: least * weight(source: number, target: article)))
      }
      guard nearest.mayTake(most) else { continue }
      nearest.insert(Neighbor(article: article, score: least))
      possible.append((article, most))
    }
    floor = nearest.floor
    candidateFloor = candidates.floor
    neighbors = possible.filter { nearest.mayTake($0.product) }.map { UInt32($0.article) }
  }

  /// Whether a reader of the file takes its numbers for what they are.
  var isWithinBounds: Bool { [floor, candidateFloor].allSatisfy { $0 >= 0 && $0.isFinite } }
}

extension Nearness {
  func append(to bytes: inout [UInt8]) {
    bytes.append32(floor.bitPattern)
    bytes.append32(candidateFloor.bitPattern)
    bytes.appendVarint(UInt64(neighbors.count))
    bytes.append32s(neighbors)
  }

  /// - Parameter articles: above all numbers.
  init(from reader: inout ByteReader, articles: Int) throws(IndexFileError) {
    floor = Float(bitPattern: UInt32(try reader.number(width: 4)))
    candidateFloor = Float(bitPattern: UInt32(try reader.number(width: 4)))
    neighbors = try reader.numbers(
      try reader.countOfEntries(), below: articles, isAscending: true)
    guard isWithinBounds else { throw LandedArticle.broken("a floor that is no number") }
  }
}
