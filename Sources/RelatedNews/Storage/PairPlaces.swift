/// Where the articles of each pair stand among those of its rarer term, which has all of them.
///
/// Found article by article: an article's terms come before its pairs, and how many articles had a
/// term so far is its place in them. No list is searched.
struct PairPlaces: Sendable {
  /// Of the postings of all pairs, from the first one on.
  let all: [Int32]
  private let start: Int

  /// - Parameters:
  ///   - vectors: of the same articles, by article.
  ///   - rows: of the terms, with their document frequencies.
  init(
    of postings: FeaturePostings, features: FeatureSpace, vectors: SparseMatrix, rows: [TermRow],
    jobs: Int
  ) {
    let keys = features.levels.first?.keptKeys ?? []
    let termCount = features.termOfFeature.count
    start = postings.starts[termCount]
    /// Beside each pair the feature of its base, or `FeatureSpace.none` where that is all articles.
    let bases = keys.map { key in
      let (first, second) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      return switch PairBase.of(rows[first], rows[second]) {
      case .allArticles: FeatureSpace.none
      case .first: features.featureOfTerm[first]
      case .second: features.featureOfTerm[second]
      }
    }
    let isWhole = vectors.termIDs.count == postings.articles.count
    let byArticle = isWhole ? vectors : postings.matrix(of: postings.counts, jobs: jobs)
    all = Self.places(of: byArticle, postings: postings, bases: bases, termCount: termCount)
  }

  private static func places(
    of rows: SparseMatrix, postings: FeaturePostings, bases: [UInt32], termCount: Int
  ) -> [Int32] {
    let start = postings.starts[termCount]
    var places = [Int32](repeating: 0, count: postings.articles.count - start)
    /// Beside each pair where its next place goes.
    var free = bases.indices.map { postings.starts[termCount + $0] - start }
    /// Beside each term how many articles had it so far.
    var counts = [Int32](repeating: 0, count: termCount)
    for article in 0..<rows.rowCount {
      for i in rows.rowStarts[article]..<rows.rowStarts[article + 1] {
        let feature = Int(rows.termIDs[i])
        guard feature >= termCount else {
          counts[feature] += 1
          continue
        }
        let pair = feature - termCount
        let base = bases[pair]
        places[free[pair]] = base == FeatureSpace.none ? Int32(article) : counts[Int(base)] - 1
        free[pair] += 1
      }
    }
    return places
  }

  /// Where in `all` the places of a pair stand, by where its postings do.
  func range(of postings: Range<Int>) -> Range<Int> {
    postings.lowerBound - start..<postings.upperBound - start
  }
}
