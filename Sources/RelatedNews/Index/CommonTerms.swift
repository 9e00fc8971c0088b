/// The terms that so many articles share that a dense row of weights beats a list of postings.
///
/// A posting costs a load, an addition and a store at a random place; a dense row of 16-bit numbers
/// costs as many additions as there are articles, eight at a time in registers. From a share of a few
/// in a hundred on the row is cheaper; between .015 and .05 the cut made no difference that showed.
///
/// The dense rows go from the rarest term to the commonest: the last ones weigh so little together
/// that their part of a score is rarely needed, see `CommonTermTiles`.
struct CommonTerms: Sendable {
  static let smallestShare = 0.05
  /// Bounds the dense rows of a tile of articles to what a second-level cache holds.
  static let most = 4096

  /// Beside each term what becomes of it.
  let roles: [TermRole]
  /// As many terms are rare.
  let rareCount: Int
  /// The dense rows of each level, one level after the other: first those that are multiplied for
  /// whole tiles, then the `tailCount` last levels.
  let levels: [Range<Int>]
  /// Beside each dense row its level.
  let levelOfRow: [UInt8]
  /// The shares of an article's squared length that the last levels make up together, in the mean.
  static let tailEnergies = [0.03, 0.01]
  static let tailCount = tailEnergies.count
  /// Dense rows a level at most: so many of a tile are in a nearest cache of 32 kB while all articles
  /// of a group go by.
  static let levelSize = 224
  /// Dense rows a level of the tail at most: the place of a `PlacedWeight` is of sixteen bits.
  static let tailSize = 1024

  init(of articles: SparseMatrix, postings: Postings) {
    let articleCount = articles.rowCount
    let frequencies = (0..<postings.starts.count - 1).map {
      postings.starts[$0 + 1] - postings.starts[$0]
    }
    let fewest = max(32, Int(Self.smallestShare * Double(articleCount)))
    let common = frequencies.indices.filter { frequencies[$0] >= fewest }
      .sorted { (frequencies[$0], $1) > (frequencies[$1], $0) }
      .prefix(Self.most)
    var roles = [TermRole](repeating: .single, count: frequencies.count)
    for (row, term) in common.reversed().enumerated() { roles[term] = .common(row: row) }
    // Ranks by counting: how many rare terms are in more articles.
    let rare = frequencies.indices.filter { frequencies[$0] > 1 && roles[$0] == .single }
    var ranks = [Int](repeating: 0, count: (rare.lazy.map { frequencies[$0] }.max() ?? 0) + 2)
    for term in rare { ranks[frequencies[term] - 1] += 1 }
    for frequency in ranks.indices.dropLast().reversed() {
      ranks[frequency] += ranks[frequency + 1]
    }
    for term in rare {
      roles[term] = .rare(rank: ranks[frequencies[term]])
      ranks[frequencies[term]] += 1
    }
    self.roles = roles
    rareCount = rare.count
    func energy(_ range: Range<Int>) -> Double {
      postings.weights[range].reduce(0) { $0 + Double($1) * Double($1) }
    }
    let whole = energy(postings.weights.indices)
    let energies = common.map { energy(postings.range(of: UInt32($0))) }
    func tailStart(energy share: Double) -> Int {
      var left = share * whole
      return common.count
        - energies.prefix { energy in
          left -= energy
          return left >= 0
        }.count
    }
    var tails = Self.tailEnergies.map(tailStart)
    tails[1] = max(tails[1], common.count - Self.tailSize)
    tails[0] = max(tails[0], tails[1] - Self.tailSize)
    levels =
      evenRanges(of: tails[0], pieces: (tails[0] + Self.levelSize - 1) / Self.levelSize)
      + [tails[0]..<tails[1], tails[1]..<common.count]
    levelOfRow = levels.enumerated().flatMap { level, rows in rows.map { _ in UInt8(level) } }
  }
}

/// What becomes of a term in a rebuild, in four bytes, as every weight of an archive asks for it.
struct TermRole: Sendable, Hashable, BitwiseCopyable {
  private let number: Int32

  /// Its weights stand in a dense row.
  static func common(row: Int) -> TermRole { TermRole(number: Int32(row)) }

  /// It has postings; the rank is 0 for the one in most articles.
  static func rare(rank: Int) -> TermRole { TermRole(number: ~Int32(rank)) }

  /// Only one article has it, or none: it can match nothing.
  static let single = TermRole(number: .min)

  @inline(__always)
  var denseRow: Int? { number >= 0 ? Int(number) : nil }

  @inline(__always)
  var rank: Int? { number < 0 && number > .min ? Int(~number) : nil }
}
