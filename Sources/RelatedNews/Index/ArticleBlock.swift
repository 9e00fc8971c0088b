/// A run of articles with 16-bit weights, made to meet other blocks: its rows' common and rare terms,
/// and postings of the rare ones with 16-bit article numbers.
struct ArticleBlock: Sendable {
  /// The number of the first article.
  let first: Int
  let count: Int
  /// Row r has `common[commonStarts[r]..<commonStarts[r + 1]]`: dense row << 16 | weight, the
  /// commonest terms last, from `topStarts[r]` on.
  let commonStarts: [Int32]
  let topStarts: [Int32]
  let common: [UInt32]
  /// Beside each row the length of its part in the commonest terms, in quantised weights, rounded
  /// up: by Cauchy and Schwarz the product of two of them bounds what these terms bring. Padded to
  /// whole tiles.
  let topNorms: [UInt16]
  /// Row r has `rareTerms[rareStarts[r]..<rareStarts[r + 1]]`, places in `terms`.
  let rareStarts: [Int32]
  let rareTerms: [UInt32]
  let rareWeights: [UInt16]
  /// The distinct rare terms, as they first appear.
  let terms: [UInt32]
  /// The term at place p has `postings[postingStarts[p]..<postingStarts[p + 1]]`:
  /// article << 16 | weight, the article counted from `first`.
  let postingStarts: [UInt32]
  let postings: [UInt32]
  /// Beside each row its `WeightQuantizer.margin`.
  let margins: [UInt16]

  /// - Parameter placeOfTerm: working memory, a place per term, all `none` before and after.
  init(
    of articles: SparseMatrix, rows: Range<Int>, common commonTerms: CommonTerms,
    quantizer: WeightQuantizer, placeOfTerm: inout [UInt32]
  ) {
    var commonStarts: [Int32] = [0]
    var topStarts: [Int32] = []
    var common: [UInt32] = []
    var topNorms: [UInt16] = []
    var rareStarts: [Int32] = [0]
    var rareTerms: [UInt32] = []
    var rareWeights: [UInt16] = []
    var terms: [UInt32] = []
    var postingCounts: [UInt32] = []
    var margins: [UInt16] = []
    for row in rows {
      var sum = 0.0
      var topSquares = 0.0
      for place in articles.rowStarts[row]..<articles.rowStarts[row + 1] {
        let term = articles.termIDs[place]
        let exact = Double(articles.weights[place])
        sum += exact
        let weight = quantizer.quantized(articles.weights[place])
        let denseRow = commonTerms.rows[Int(term)]
        guard weight > 0, denseRow != CommonTerms.single else { continue }
        guard denseRow == CommonTerms.rare else {
          common.append(UInt32(denseRow) << 16 | UInt32(weight))
          if denseRow < commonTerms.topCount { topSquares += exact * exact }
          continue
        }
        var local = placeOfTerm[Int(term)]
        if local == Self.none {
          local = UInt32(terms.count)
          placeOfTerm[Int(term)] = local
          terms.append(term)
          postingCounts.append(0)
        }
        postingCounts[Int(local)] += 1
        rareTerms.append(local)
        rareWeights.append(weight)
      }
      common[Int(commonStarts[commonStarts.count - 1])...].sort(by: >)
      topStarts.append(
        Int32(
          common[Int(commonStarts[commonStarts.count - 1])...]
            .firstIndex { Int($0 >> 16) < commonTerms.topCount } ?? common.count))
      topNorms.append(UInt16((topSquares.squareRoot() * quantizer.scale).rounded(.up)))
      commonStarts.append(Int32(common.count))
      rareStarts.append(Int32(rareTerms.count))
      margins.append(
        quantizer.margin(
          count: articles.rowStarts[row + 1] - articles.rowStarts[row], sum: sum))
    }
    for term in terms { placeOfTerm[Int(term)] = Self.none }

    var postingStarts: [UInt32] = [0]
    postingStarts.reserveCapacity(terms.count + 1)
    var total: UInt32 = 0
    for count in postingCounts {
      total += count
      postingStarts.append(total)
    }
    var free = postingStarts
    var postings = [UInt32](repeating: 0, count: rareTerms.count)
    for row in rows.indices.map({ $0 - rows.lowerBound }) {
      for place in Int(rareStarts[row])..<Int(rareStarts[row + 1]) {
        let term = Int(rareTerms[place])
        postings[Int(free[term])] = UInt32(row) << 16 | UInt32(rareWeights[place])
        free[term] += 1
      }
    }
    first = rows.lowerBound
    count = rows.count
    self.commonStarts = commonStarts
    self.topStarts = topStarts
    self.common = common
    self.topNorms =
      topNorms + Array(repeating: 0, count: -topNorms.count & (CommonTermTiles.width - 1))
    self.rareStarts = rareStarts
    self.rareTerms = rareTerms
    self.rareWeights = rareWeights
    self.terms = terms
    self.postingStarts = postingStarts
    self.postings = postings
    self.margins = margins
  }

  static let none = UInt32.max
}
