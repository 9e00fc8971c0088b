import RelatedNews

/// The plain slow twin of the index: every pair, the canonical dot product, a full sort.
func plainNeighbors(
  of query: SparseVector, among articles: SparseMatrix, limit: Int, minScore: Float = 0,
  weightedBy pairWeight: (Int) -> Float
) -> [Neighbor] {
  var all: [Neighbor] = []
  for article in 0..<articles.rowCount {
    let score = query.dot(articles[article]) * pairWeight(article)
    if score > 0, score >= minScore { all.append(Neighbor(article: article, score: score)) }
  }
  all.sort { $0.score != $1.score ? $0.score > $1.score : $0.article < $1.article }
  return Array(all.prefix(max(0, limit)))
}

/// A small generator of repeatable numbers (SplitMix64), so that a failure can be replayed.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// What a random archive looks like.
struct RandomArchive {
  var articles: Int
  var terms: Int
  /// At most this many distinct terms an article; some have none at all.
  var longest: Int
  /// The share of articles that repeat an earlier one word for word.
  var duplicates = 0.1
  /// Weights are multiples of 1/8 instead of any number, so that exact ties abound.
  var coarse = false
  var seed: UInt64

  func matrix() -> SparseMatrix {
    var random = SeededNumbers(seed: seed)
    var rows: [SparseVector] = []
    for _ in 0..<articles {
      if !rows.isEmpty, Double.random(in: 0..<1, using: &random) < duplicates {
        rows.append(rows[Int.random(in: 0..<rows.count, using: &random)])
        continue
      }
      var weights: [UInt32: Float] = [:]
      for _ in 0..<Int.random(in: 0...longest, using: &random) {
        // A power of a uniform number: few very common terms, many rare ones, like Zipf's law.
        let uniform = Double.random(in: 0..<1, using: &random)
        let term = UInt32(Double(terms) * uniform * uniform * uniform)
        let idf = Float(1 + term % 97) / 20
        let weight =
          coarse
          ? Float(Int.random(in: 0...4, using: &random)) / 8
          : idf * .random(in: 0.5...2, using: &random)
        weights[term] = weight
      }
      let ids = weights.keys.sorted()
      let length =
        coarse ? 1 : ids.reduce(Float(0)) { $0 + weights[$1]! * weights[$1]! }.squareRoot()
      rows.append(SparseVector(termIDs: ids, weights: ids.map { weights[$0]! / max(length, 1e-9) }))
    }
    return SparseMatrix(rows: rows, termCount: terms)
  }
}
