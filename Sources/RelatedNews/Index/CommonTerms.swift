/// The terms that so many articles share that a dense row of weights beats a list of postings.
///
/// A posting costs a load, an addition and a store at a random place; a dense row of 16-bit numbers
/// costs as many additions as there are articles, eight at a time in registers. From a share of a few
/// in a hundred on the row is cheaper; between .015 and .05 the cut made no difference that showed.
struct CommonTerms: Sendable {
  static let smallestShare = 0.03
  /// Bounds the dense rows of a tile of articles to what a second-level cache holds.
  static let most = 4096

  /// Beside each term its dense row, or `rare`, or `single` where only one article has it: such a
  /// term can match nothing.
  let rows: [Int32]
  let count: Int
  /// The dense rows before these are the commonest terms, the tails of articles: they weigh so little
  /// together that their part of a score is rarely needed, see `CommonTermTiles`.
  let longTailCount: Int
  let shortTailCount: Int
  /// The shares of an article's squared length that its tails make up, in the mean.
  static let longTailEnergy = 0.05
  static let shortTailEnergy = 0.02
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
    func energy(_ range: Range<Int>) -> Double {
      postings.weights[range].reduce(0) { $0 + Double($1) * Double($1) }
    }
    let whole = energy(postings.weights.indices)
    let energies = common.map { energy(postings.range(of: UInt32($0))) }
    func tailCount(energy share: Double) -> Int {
      var left = share * whole
      return energies.prefix { energy in
        left -= energy
        return left >= 0
      }.count
    }
    longTailCount = tailCount(energy: Self.longTailEnergy)
    shortTailCount = tailCount(energy: Self.shortTailEnergy)
  }
}
