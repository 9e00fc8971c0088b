/// Ranked articles by query, as a TREC run file has them: `qid Q0 docno rank score tag`.
///
/// The bytes of the file are kept and articles are ranges of them: a run of ten million lines is
/// read without making a `String` of any.
public struct Run: Sendable, Hashable {
  /// One article of a ranking.
  struct Entry: Sendable, Hashable {
    /// Where its id stands in `bytes`.
    let start: Int
    let length: Int32
    let score: Double

    var range: Range<Int> { start..<start + Int(length) }
  }

  /// The name of the run: the last field of the last line, as trec_eval takes it.
  public let tag: String
  /// The queries in the order of the file.
  public let queries: [String]
  let bytes: [UInt8]
  /// The rankings one after the other, each best first.
  let entries: [Entry]
  /// Where the ranking of each query stands in `entries`.
  private let ranges: [Range<Int>]
  private let numbers: ByteTable

  /// Ranked articles by query, best first; scores fall from 1.
  public init(rankings: [String: [String]]) {
    let order = rankings.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.init(
      tag: "run",
      lists: order.map { query in
        let list = rankings[query] ?? []
        return (query, list.indices.map { (list[$0], 1 / Double($0 + 1)) })
      })
  }

  /// Our own lists, in their order.
  public init(_ lists: [RecommendationList]) {
    self.init(
      tag: "related-news",
      lists: lists.map { ($0.id, $0.items.map { ($0.article.id, Double($0.score)) }) })
  }

  /// Lists as they stand; of two with one id the first.
  private init(tag: String, lists: [(id: String, items: [(id: String, score: Double)])]) {
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    var ranges: [Range<Int>] = []
    var numbers = ByteTable()
    for list in lists where numbers.insert(Array(list.id.utf8).span).isNew {
      let first = entries.count
      for item in list.items {
        let start = bytes.count
        bytes += item.id.utf8
        entries.append(
          Entry(start: start, length: Int32(bytes.count - start), score: item.score))
      }
      ranges.append(first..<entries.count)
    }
    self.init(tag: tag, bytes: bytes, entries: entries, ranges: ranges, numbers: numbers)
  }

  init(tag: String, bytes: [UInt8], entries: [Entry], ranges: [Range<Int>], numbers: ByteTable) {
    self.tag = tag
    self.bytes = bytes
    self.entries = entries
    self.ranges = ranges
    self.numbers = numbers
    queries = (0..<numbers.count).map { numbers[$0] }
  }

  /// The articles of a query, best first; empty without a ranking.
  public func ranking(of query: String) -> [String] {
    entries(of: query).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  /// The scores of a query's articles, best first.
  package func scores(of query: String) -> [Double] { entries(of: query).map(\.score) }

  func hasRanking(of query: String) -> Bool { numbers.number(of: query) != nil }

  func entries(of query: String) -> ArraySlice<Entry> {
    numbers.number(of: query).map { entries[ranges[$0]] } ?? []
  }
}
