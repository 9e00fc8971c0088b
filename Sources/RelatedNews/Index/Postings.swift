/// The articles that have each term: the transpose of a `SparseMatrix`, in three flat arrays.
struct Postings: Sendable {
  let starts: [Int]
  /// Ascending within a term.
  let articles: [Int32]
  let weights: [Float]

  /// - Complexity: O(p), p the number of weights in the matrix.
  init(of matrix: SparseMatrix) { self.init(of: matrix, rows: 0..<matrix.rowCount) }

  /// The transpose of some rows, which are known by their place in `rows`.
  ///
  /// - Complexity: O(p), p the number of their weights, and O(terms).
  init(of matrix: SparseMatrix, rows: some Collection<Int>) {
    var starts = [Int](repeating: 0, count: matrix.termCount + 1)
    for row in rows {
      for place in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        starts[Int(matrix.termIDs[place]) + 1] += 1
      }
    }
    for term in 0..<matrix.termCount { starts[term + 1] += starts[term] }
    var free = starts
    var articles = [Int32](repeating: 0, count: starts[matrix.termCount])
    var weights = [Float](repeating: 0, count: articles.count)
    for (article, row) in rows.enumerated() {
      for place in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        let term = Int(matrix.termIDs[place])
        articles[free[term]] = Int32(article)
        weights[free[term]] = matrix.weights[place]
        free[term] += 1
      }
    }
    self.init(starts: starts, articles: articles, weights: weights)
  }

  /// - Precondition: the transpose of a matrix.
  init(starts: [Int], articles: [Int32], weights: [Float]) {
    precondition(starts.last == articles.count && articles.count == weights.count)
    self.starts = starts
    self.articles = articles
    self.weights = weights
  }

  /// Where the postings of a term stand in `articles` and `weights`.
  func range(of term: UInt32) -> Range<Int> {
    starts[Int(term)]..<starts[Int(term) + 1]
  }
}
