/// The terms that so many articles share that a dense row of weights beats a list of postings.
///
/// A posting costs a load, an addition and a store at a random place; a dense row of 8-bit numbers
/// costs as many additions as there are articles, sixteen at a time in registers. From a share of a few
/// in a hundred on the row is cheaper; more rows than the second-level cache holds are not.
struct CommonTerms: Sendable {
  static let smallestShare = 0.03
  /// Bounds the dense rows of a tile of articles to what a second-level cache holds.
  static let most = 4096

  /// Beside each term its dense row, or `rare`, or `single` where only one article has it: such a
  /// term can match nothing.
  let rows: [Int32]
  /// How many dense rows there are.
  let count: Int
  static let rare: Int32 = -1
  static let single: Int32 = -2

  init(of articles: SparseMatrix, postings: Postings) {
    let articleCount = articles.rowCount
    let frequencies = (0..<postings.starts.count - 1).map {
      postings.starts[$0 + 1] - postings.starts[$0]
    }
    let fewest = max(32, Int(Self.smallestShare * Double(articleCount)))
    let common = frequencies.indices.filter { frequencies[$0] >= fewest }
      .sorted { (frequencies[$0], $1) > (frequencies[$1], $0) }
      .prefix(Self.most)
    var rows = frequencies.map { $0 > 1 ? Self.rare : Self.single }
    for (row, term) in common.enumerated() { rows[term] = Int32(row) }
    self.rows = rows
    count = common.count
  }
}
