/// What the commoner terms of each article can still bring, level by level.
///
/// Terms are in levels by the share of articles that have them. Once the postings of all levels up
/// to one are walked, the rest of a dot product is at most |query's tail| · |article's tail|, by
/// Cauchy and Schwarz, the tail of an article being its terms of higher levels. Source: Anastasiu,
/// Karypis, "L2AP: fast cosine similarity search with prefix L-2 norm bounds" (ICDE 2014).
struct TailNorms: Sendable {
  /// A term is of the first level whose share it does not exceed.
  private static let shares: [Double] = [1 / 256, 1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4]
  static var levelCount: Int { shares.count + 1 }

  /// Beside each term its level.
  let levels: [UInt8]
  /// For each level but the last, beside each article the length of its tail beyond it, rounded up.
  let norms: [[Float]]

  /// - Complexity: O(p · levels), p the weights of `articles`.
  init(of articles: SparseMatrix, postings: Postings) {
    let n = Double(articles.rowCount)
    levels = (0..<articles.termCount).map { term in
      let frequency = Double(postings.range(of: UInt32(term)).count)
      return UInt8(Self.shares.firstIndex { frequency <= $0 * n } ?? Self.shares.count)
    }
    var norms = Self.shares.map { _ in [Float](repeating: 0, count: articles.rowCount) }
    for row in 0..<articles.rowCount {
      var squares = [Double](repeating: 0, count: Self.levelCount)
      for place in articles.rowStarts[row]..<articles.rowStarts[row + 1] {
        let weight = Double(articles.weights[place])
        squares[Int(levels[Int(articles.termIDs[place])])] += weight * weight
      }
      var tail = 0.0
      for level in norms.indices.reversed() {
        tail += squares[level + 1]
        norms[level][row] = Float(tail.squareRoot()).nextUp
      }
    }
    self.norms = norms
  }
}
