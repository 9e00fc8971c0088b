/// Scores of one article with many others, exact: one row laid out by term, the others walked.
///
/// Most terms of another article are not shared. A small table, which the nearest cache holds, says of
/// nearly all of them so; only the others are looked up among all terms of the archive.
///
/// Unsafe: places are looked up without bounds checks by the terms of the matrix, which are below its
/// count. `InvertedIndexTests` and `IndexFileTests` hold what is made of it to plain twins.
struct ExactScorer {
  private let articles: SparseMatrix
  private var weights: [Float]
  /// Where the loaded article stands in the matrix.
  private var loaded = 0..<0
  /// Made of what `fetch` read, so that it is read.
  private var fetched: UInt32 = 0
  /// By the slot of a term 1 if the loaded article may have it, else 0.
  private var mayHave = [UInt8](repeating: 0, count: filterSize)

  /// A power of two: an article of 300 terms lets one other term in 27 through.
  private static let filterSize = 8192
  /// A kilobyte of the stack.
  private static let termsAtOnce = 256

  /// The low bits of a term.
  @inline(__always)
  private static func slot(of term: UInt32) -> Int { Int(term) & (filterSize &- 1) }

  init(articles: SparseMatrix) {
    self.articles = articles
    weights = Array(repeating: 0, count: articles.termCount)
  }

  /// Makes an article the one that others are scored with.
  mutating func load(_ article: Int) {
    for place in loaded {
      let term = articles.termIDs[place]
      weights[Int(term)] = 0
      mayHave[Self.slot(of: term)] = 0
    }
    loaded = articles.rowStarts[article]..<articles.rowStarts[article + 1]
    for place in loaded {
      let term = articles.termIDs[place]
      weights[Int(term)] = articles.weights[place]
      mayHave[Self.slot(of: term)] = 1
    }
  }

  /// Asks memory for the terms and weights of an article: one number of each 64 bytes is read and none
  /// waited for, so that several articles are on their way at once when they are scored.
  mutating func fetch(_ article: Int) {
    var read: UInt32 = 0
    for place in stride(
      from: articles.rowStarts[article], to: articles.rowStarts[article + 1], by: 16)
    {
      read ^= articles.termIDs[place] ^ articles.weights[place].bitPattern
    }
    fetched ^= read
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

  /// By ascending term; some of them 0.
  @inline(__always)
  private func forEachProduct(with article: Int, _ body: (Double) -> Void) {
    let row = articles.rowStarts[article]..<articles.rowStarts[article + 1]
    let terms = articles.termIDs.span.extracting(row)
    let theirs = articles.weights.span.extracting(row)
    let own = weights.span
    let mayHave = mayHave.span
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.termsAtOnce) { places in
      for start in stride(from: 0, to: terms.count, by: Self.termsAtOnce) {
        var count = 0
        for place in start..<min(terms.count, start &+ Self.termsAtOnce) {
          // Written in any case, kept by the count: no branch to be guessed wrong.
          places[count] = Int32(truncatingIfNeeded: place)
          count &+= Int(mayHave[unchecked: Self.slot(of: terms[unchecked: place])])
        }
        for place in places[..<count] {
          let place = Int(place)
          body(
            Double(own[unchecked: Int(terms[unchecked: place])])
              * Double(theirs[unchecked: place]))
        }
      }
    }
  }
}
