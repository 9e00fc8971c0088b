/// The scores of every row with the few rows that changed.
///
/// A handful of changed rows, as a story that lands is one, is multiplied with all others by the
/// postings of its features. Of more the postings among themselves are made, and every row walks these:
/// once, whatever their number.
struct ChangedRowScores: Sendable {
  private let matrix: SparseMatrix
  private let count: Int
  /// Whether sums are there to be read, as the changed rows are few.
  let areKnown: Bool
  /// For each changed row its score with every row, where they are few.
  private var columns: [[Double]] = []
  /// The postings of the changed rows among themselves, by place, where they are many.
  private var postings = Postings(starts: [0], articles: [], weights: [])

  /// Eight bytes for each of them and each row are less than a matrix has.
  private static let mostColumns = 24

  /// - Parameter rows: the changed rows; place i is the i-th of them.
  /// - Complexity: O(postings of their features).
  init(of rows: [Int], in index: InvertedIndex, jobs: Int) {
    let matrix = index.articles
    self.matrix = matrix
    count = rows.count
    areKnown = rows.count <= Self.mostColumns
    if areKnown {
      columns = concurrentMap(count: rows.count, jobs: jobs) {
        index.products(with: matrix[rows[$0]])
      }
    } else {
      postings = Postings(of: matrix, rows: rows)
    }
  }

  func makeSums() -> [Double] { [Double](repeating: 0, count: count) }

  /// Makes `sums` the dot products of a row with each changed row, summed by ascending feature.
  func sum(_ row: Int, into sums: inout [Double]) {
    guard !areKnown else {
      for place in sums.indices { sums[place] = columns[place][row] }
      return
    }
    for place in sums.indices { sums[place] = 0 }
    for i in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
      let weight = Double(matrix.weights[i])
      for slot in postings.range(of: matrix.termIDs[i]) {
        sums[Int(postings.articles[slot])] += weight * Double(postings.weights[slot])
      }
    }
  }
}
