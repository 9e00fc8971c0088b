/// A number of articles with 16-bit weights, made to meet other blocks.
struct ArticleBlock: Sendable {
  /// The numbers of its articles, row after row.
  private(set) var articles: [Int32]
  var count: Int { articles.count }
  private(set) var levels: [CommonLevel]
  private(set) var rare: RareTerms
  /// Beside each row its `WeightQuantizer.margin`.
  private(set) var margins: [UInt16]

  /// - Parameter free: working memory, a number a rare term, all 0 before and after.
  init(
    of matrix: SparseMatrix, articles: ArraySlice<Int32>, common: CommonTerms,
    quantizer: WeightQuantizer, free: inout [UInt32]
  ) {
    var levels = CommonLevels(of: common, scale: quantizer.scale)
    var rareStarts: [Int32] = [0]
    var rare: [(rank: UInt32, weight: UInt16)] = []
    rare.reserveCapacity(
      articles.reduce(0) { $0 + matrix.rowStarts[Int($1) + 1] - matrix.rowStarts[Int($1)] })
    margins = []
    for article in articles {
      let places = matrix.rowStarts[Int(article)]..<matrix.rowStarts[Int(article) + 1]
      var sum = 0.0
      for place in places {
        let exact = Double(matrix.weights[place])
        sum += exact
        let weight = quantizer.quantized(matrix.weights[place])
        guard weight > 0 else { continue }
        let role = common.roles[Int(matrix.termIDs[place])]
        if let row = role.denseRow {
          levels.append(row: row, weight: weight, exact: exact)
        } else if let rank = role.rank {
          rare.append((UInt32(truncatingIfNeeded: rank), weight))
          free[rank] &+= 1
        }
      }
      levels.endArticle()
      rareStarts.append(Int32(rare.count))
      margins.append(quantizer.margin(count: places.count, sum: sum))
    }
    self.articles = Array(articles)
    self.levels = levels.finish()
    self.rare = RareTerms(starts: rareStarts, entries: rare, free: &free)
  }

  /// Whether two blocks of one archive are the same: else they share no article.
  func isSame(as other: ArticleBlock) -> Bool { articles.first == other.articles.first }

  mutating func reorder(_ order: RowOrder) {
    articles = order.ordered(articles)
    margins = order.ordered(margins)
    rare.reorder(order)
    for level in levels.indices { levels[level].reorder(order) }
  }
}
