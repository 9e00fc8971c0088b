/// Scores of one article with many others, exact: one row laid out by term, the others walked.
///
/// Unsafe: rows are read through pointers without bounds checks; that every term is below `termCount` is
/// seen when `Postings` are made. `BlockPairsTests` holds it to the plain twin.
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
    let row = articles.rowStarts[article]..<articles.rowStarts[article + 1]
    return articles.termIDs.withUnsafeBufferPointer { terms in
      articles.weights.withUnsafeBufferPointer { others in
        weights.withUnsafeBufferPointer { weights in
          var sum = 0.0
          for place in row { sum += Double(weights[Int(terms[place])]) * Double(others[place]) }
          return Float(sum)
        }
      }
    }
  }
}
