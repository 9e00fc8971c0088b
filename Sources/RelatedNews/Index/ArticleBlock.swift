/// A run of articles with 16-bit weights, made to meet other blocks: its rows' common and rare terms,
/// and postings of the rare ones with the places of their articles' sums.
struct ArticleBlock: Sendable {
  /// The number of the first article.
  let first: Int
  let count: Int
  /// Row r has `common[commonStarts[r]..<commonStarts[r + 1]]`, the commonest terms last, from
  /// `topStarts[r]` on.
  let commonStarts: [Int32]
  let topStarts: [Int32]
  let common: [CommonTerm]
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
  /// The term at place p has the postings `postingStarts[p]..<postingStarts[p + 1]`: where the
  /// article's sum stands (`BlockMeeting.place(of:)`), and the weight.
  let postingStarts: [UInt32]
  let postings: [BlockPosting]
  /// Beside each row its `WeightQuantizer.margin`.
  let margins: [UInt16]

  /// - Parameter placeOfTerm: working memory, a place per term, all `none` before and after.
  init(
    of articles: SparseMatrix, rows: Range<Int>, common commonTerms: CommonTerms,
    quantizer: WeightQuantizer, placeOfTerm: inout [UInt32]
  ) {
    var commonStarts: [Int32] = [0]
    var topStarts: [Int32] = []
    var common: [CommonTerm] = []
    var top: [CommonTerm] = []
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
          let term = CommonTerm(row: Int(denseRow), weight: weight)
          if denseRow < commonTerms.topCount {
            top.append(term)
            topSquares += exact * exact
          } else {
            common.append(term)
          }
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
      topStarts.append(Int32(common.count))
      common += top
      top.removeAll(keepingCapacity: true)
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
    var postings = [BlockPosting](
      repeating: BlockPosting(place: 0, weight: 0), count: rareTerms.count)
    for row in rows.indices.map({ $0 - rows.lowerBound }) {
      let sumPlace = UInt32(BlockMeeting.place(of: row))
      for place in Int(rareStarts[row])..<Int(rareStarts[row + 1]) {
        let term = Int(rareTerms[place])
        postings[Int(free[term])] = BlockPosting(place: sumPlace, weight: rareWeights[place])
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

/// An article that has a term, as a scatter wants it: both numbers come from one place of memory.
struct BlockPosting: Sendable, BitwiseCopyable {
  /// Where the article's sum stands for a group's first row.
  let place: UInt32
  let weight: UInt32

  init(place: UInt32, weight: UInt16) {
    self.place = place
    self.weight = UInt32(weight)
  }
}
