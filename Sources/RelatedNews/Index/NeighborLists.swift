/// One entry of a list: article 7 at score 0.43.
public struct Neighbor: Sendable, Hashable {
  /// The number of the listed article: its row in the matrix that was indexed.
  public let article: Int
  /// The dot product of the two vectors times the weight of the pair; more than 0.
  public let score: Float

  public init(article: Int, score: Float) {
    self.article = article
    self.score = score
  }

  /// Whether this entry stands above the other in a list: higher score first, and on equal scores
  /// the lower article number (callers number articles so that the lower one should win).
  @inlinable
  public func precedes(_ other: Neighbor) -> Bool {
    score != other.score ? score > other.score : article < other.article
  }
}

/// A list of neighbors for every article, best first, in flat arrays of `limit` places a row.
///
/// `lists[3]` is `[Neighbor(article: 7, score: 0.43), Neighbor(article: 1, score: 0.2)]` when only
/// two articles share a term with article 3.
public struct NeighborLists: Sendable, Hashable {
  /// The most entries that a row can have.
  public let limit: Int
  /// How many entries each row has, at most `limit`.
  public let counts: [Int32]
  /// `limit` places a row: article numbers, best first; unused places are -1.
  public let articles: [Int32]
  /// `limit` places a row: scores beside `articles`; unused places are 0.
  public let scores: [Float]

  /// - Precondition: no row has more than `limit` entries.
  public init(rows: [[Neighbor]], limit: Int) {
    self.limit = limit
    var counts: [Int32] = []
    var articles = [Int32](repeating: -1, count: rows.count * limit)
    var scores = [Float](repeating: 0, count: rows.count * limit)
    counts.reserveCapacity(rows.count)
    for (row, list) in rows.enumerated() {
      precondition(list.count <= limit, "a row has at most `limit` entries")
      counts.append(Int32(list.count))
      for (place, neighbor) in list.enumerated() {
        articles[row * limit + place] = Int32(neighbor.article)
        scores[row * limit + place] = neighbor.score
      }
    }
    self.counts = counts
    self.articles = articles
    self.scores = scores
  }

  /// - Precondition: `limit` places a row; unused ones are -1 and 0.
  init(limit: Int, counts: [Int32], articles: [Int32], scores: [Float]) {
    precondition(articles.count == counts.count * limit && scores.count == articles.count)
    self.limit = limit
    self.counts = counts
    self.articles = articles
    self.scores = scores
  }

  /// The lists with those of some rows replaced.
  ///
  /// - Precondition: no list has more than `limit` entries.
  func replacing(_ rows: [Int], by replacements: [[Neighbor]]) -> NeighborLists {
    var (counts, articles, scores) = (counts, articles, scores)
    for (row, list) in zip(rows, replacements) {
      precondition(list.count <= limit, "a row has at most `limit` entries")
      counts[row] = Int32(list.count)
      for place in 0..<limit {
        articles[row * limit + place] = place < list.count ? Int32(list[place].article) : -1
        scores[row * limit + place] = place < list.count ? list[place].score : 0
      }
    }
    return NeighborLists(limit: limit, counts: counts, articles: articles, scores: scores)
  }

  /// How many lists there are.
  public var rowCount: Int { counts.count }

  /// Where a row stands in `articles` and `scores`: read there, it costs no array of its own.
  func places(of row: Int) -> Range<Int> { row * limit..<row * limit + Int(counts[row]) }

  /// The articles on the list of one row, best first.
  func entries(of row: Int) -> ArraySlice<Int32> {
    articles[places(of: row)]
  }

  /// The list of one row, best first.
  public subscript(row: Int) -> [Neighbor] {
    places(of: row).map {
      Neighbor(article: Int(articles[$0]), score: scores[$0])
    }
  }
}
