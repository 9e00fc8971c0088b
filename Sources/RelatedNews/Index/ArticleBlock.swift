/// A run of articles with 16-bit weights, made to meet other blocks: its rows' common and rare terms,
/// and postings of the rare ones.
struct ArticleBlock: Sendable {
  /// The number of the first article.
  let first: Int
  let count: Int
  /// Row r has the common terms `common[commonRows[r].start..<commonRows[r + 1].start]`.
  let commonRows: [CommonRow]
  let common: [CommonTerm]
  /// The lengths of each row's tails, as in `commonRows`; padded to whole tiles.
  let longNorms: [UInt16]
  let shortNorms: [UInt16]
  /// Row r has `rareTerms[rareStarts[r]..<rareStarts[r + 1]]`, places in `terms`.
  let rareStarts: [Int32]
  let rareTerms: [UInt32]
  let rareWeights: [UInt16]
  /// The distinct rare terms, as they first appear.
  let terms: [UInt32]
  /// The term at place p has the postings `postingStarts[p]..<postingStarts[p + 1]`.
  let postingStarts: [UInt32]
  let postings: [BlockPosting]
  /// Beside each row its `WeightQuantizer.margin`.
  let margins: [UInt16]

  /// - Parameter placeOfTerm: working memory, a place per term, all `none` before and after.
  init(
    of articles: SparseMatrix, rows: Range<Int>, common commonTerms: CommonTerms,
    quantizer: WeightQuantizer, placeOfTerm: inout [UInt32]
  ) {
    var common = CommonTermRows(of: commonTerms, scale: quantizer.scale)
    var rareStarts: [Int32] = [0]
    var rareTerms: [UInt32] = []
    var rareWeights: [UInt16] = []
    var terms: [UInt32] = []
    var postingCounts: [UInt32] = []
    var margins: [UInt16] = []
    for row in rows {
      var sum = 0.0
      for place in articles.rowStarts[row]..<articles.rowStarts[row + 1] {
        let term = articles.termIDs[place]
        let exact = Double(articles.weights[place])
        sum += exact
        let weight = quantizer.quantized(articles.weights[place])
        let denseRow = commonTerms.rows[Int(term)]
        guard weight > 0, denseRow != CommonTerms.single else { continue }
        guard denseRow == CommonTerms.rare else {
          common.append(CommonTerm(row: Int(denseRow), weight: weight), exact: exact)
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
      common.endRow()
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
      repeating: BlockPosting(column: 0, weight: 0), count: rareTerms.count)
    for row in rows.indices.map({ $0 - rows.lowerBound }) {
      for place in Int(rareStarts[row])..<Int(rareStarts[row + 1]) {
        let term = Int(rareTerms[place])
        postings[Int(free[term])] = BlockPosting(column: row, weight: rareWeights[place])
        free[term] += 1
      }
    }
    first = rows.lowerBound
    count = rows.count
    commonRows = common.rows
    self.common = common.terms
    longNorms = common.norms(\.longNorm)
    shortNorms = common.norms(\.shortNorm)
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

/// An article that has a term, as a scatter wants it: its place in the block and the weight in one
/// small number, as the postings of a block are more than the nearest caches hold.
struct BlockPosting: Sendable, BitwiseCopyable {
  private let bits: UInt32

  init(column: Int, weight: UInt16) { bits = UInt32(weight) << 16 | UInt32(column) }

  @inline(__always)
  var column: Int { Int(bits & 0xFFFF) }

  @inline(__always)
  var weight: UInt32 { bits &>> 16 }
}
