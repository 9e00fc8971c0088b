/// Scores of one article with many others, exact: one row laid out by term, the others walked.
struct ExactScorer {
  private let articles: SparseMatrix
  private var weights: [Float]
  private var loaded: ArraySlice<UInt32> = []

  init(articles: SparseMatrix) {
    self.articles = articles
    weights = Array(repeating: 0, count: articles.termCount)
  }

  /// Makes an article the one that others are scored with.
  mutating func load(_ article: Int) {
    for term in loaded { weights[Int(term)] = 0 }
    let range = articles.rowStarts[article]..<articles.rowStarts[article + 1]
    for place in range { weights[Int(articles.termIDs[place])] = articles.weights[place] }
    loaded = articles.termIDs[range]
  }

  /// The dot product, bit for bit that of `SparseVector.dot`: terms that are not shared add 0.
  ///
  /// - Complexity: O(m), m the terms of `article`.
  func dot(_ article: Int) -> Float {
    var sum = 0.0
    for place in articles.rowStarts[article]..<articles.rowStarts[article + 1] {
      sum += Double(weights[Int(articles.termIDs[place])]) * Double(articles.weights[place])
    }
    return Float(sum)
  }
}
