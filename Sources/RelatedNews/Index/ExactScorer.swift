/// Scores of one article with many others, exact: one row laid out by term, the others walked.
///
/// Unsafe: weights are looked up without bounds checks by the terms of the matrix, which are below its
/// count. `InvertedIndexTests` and `IndexFileTests` hold what is made of it to plain twins.
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
    forEachProduct(with: article) { sum += $0 }
    return Float(sum)
  }

  /// The dot product without its largest product, bit for bit that of `SparseVector.dotAndSupport`.
  ///
  /// - Complexity: O(m), m the terms of `article`.
  func support(_ article: Int) -> Float {
    var sum = 0.0
    var largest = 0.0
    forEachProduct(with: article) {
      sum += $0
      largest = max(largest, $0)
    }
    return Float(sum - largest)
  }

  @inline(__always)
  private func forEachProduct(with article: Int, _ body: (Double) -> Void) {
    let row = articles.rowStarts[article]..<articles.rowStarts[article + 1]
    let terms = articles.termIDs.span.extracting(row)
    let theirs = articles.weights.span.extracting(row)
    let own = weights.span
    for i in 0..<terms.count {
      body(Double(own[unchecked: Int(terms[unchecked: i])]) * Double(theirs[unchecked: i]))
    }
  }
}
