import Foundation

/// The nearest articles of a vector, by the postings of an index file: the exact sums that
/// `InvertedIndex` makes, of the features of one query only.
struct IndexSearch {
  let file: IndexFile
  let columns: IndexColumns
  let options: RecommendationOptions
  let now: Date
  private let eligibility: Eligibility
  private let excluded: Set<Int>
  /// Beside each class whether its articles may be listed.
  private let isListable: [Bool]

  init(
    _ file: IndexFile, columns: IndexColumns, options: RecommendationOptions, now: Date
  ) throws(IndexFileError) {
    self.file = file
    self.columns = columns
    self.options = options
    self.now = now
    var excluded: Set<Int> = []
    for id in options.eligibility.excludedIDs {
      if let number = try file.number(of: id) { excluded.insert(number) }
    }
    self.excluded = excluded
    var eligibility = options.eligibility
    eligibility.excludedIDs = []
    self.eligibility = eligibility
    isListable = columns.classes.map {
      eligibility.refusal(of: $0.article(), language: $0.analyzedLanguage, now: now) == nil
    }
  }

  struct Found {
    /// By cosine times the pair's factor, of those that may be listed.
    var candidates: [Neighbor]
    /// By cosine alone, the source itself left out.
    var nearest: [Neighbor]
  }

  /// - Parameters:
  ///   - vector: in the numbers of `space`.
  ///   - number: the source's, if the archive has an article of its id.
  /// - Complexity: O(postings of the vector's features + n)
  func found(
    for source: Article, number: Int?, vector: SparseVector, space: LocalSpace,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> Found {
    let sums = try self.sums(of: vector, space: space, lexicon: &lexicon)
    var candidates = BestNeighbors(limit: options.ranking.candidates, minScore: 0)
    var nearest = BestNeighbors(limit: options.ranking.neighbors, minScore: 0)
    for (article, sum) in sums.enumerated() where sum > 0 && article != number {
      let dot = Float(sum)
      nearest.insert(Neighbor(article: article, score: dot))
      guard candidates.mayTake(dot) else { continue }
      let factor = try self.factor(of: article, for: source)
      candidates.insert(Neighbor(article: article, score: dot * factor))
    }
    return Found(candidates: candidates.list, nearest: nearest.list)
  }

  /// What the cosine with an article is multiplied by; 0 for one that must not be listed.
  private func factor(of article: Int, for source: Article) throws(IndexFileError) -> Float {
    guard isListable[columns.code(article)], !excluded.contains(article) else { return 0 }
    let date = columns.date(article)
    guard eligibility.refusalInTime(date, from: source.published) == nil else { return 0 }
    if options.rules.bans[source.id] != nil {
      guard options.rules.allows(try file.id(article), on: source.id) else { return 0 }
    }
    return options.recency.factor(source: source.published, target: date)
  }

  /// The newest articles of a section that may be listed beside the source, at most `limit`.
  func newest(
    in section: String, for source: Article, number: Int?, limit: Int
  ) throws(IndexFileError) -> [Int] {
    let isInSection = columns.classes.map { $0.section == section }
    var result: [Int] = []
    // The archive's order is newest first.
    for article in 0..<file.count where isInSection[columns.code(article)] {
      guard result.count < limit else { break }
      if article != number, try factor(of: article, for: source) > 0 { result.append(article) }
    }
    return result
  }

  // MARK: Sums

  /// Dot products with all articles, each summed by ascending feature.
  private func sums(
    of vector: SparseVector, space: LocalSpace, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [Double] {
    var sums = [Double](repeating: 0, count: file.count)
    let features = space.vectorizer.features
    var lists = try bases(of: space, lexicon: &lexicon)
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      let feature = Int(feature)
      let weigher = PostingWeigher(
        scheme: space.vectorizer.options.weighting.articles, idf: space.vectorizer.idf(feature))
      if feature < features.termOfFeature.count {
        let term = space.terms[Int(features.termOfFeature[feature])]
        let isBase = lists[term] != nil
        let articles = try addTerm(
          term, weight: Double(weight), weigher, keepsArticles: isBase, lexicon: &lexicon,
          to: &sums)
        if isBase { lists[term] = articles }
      } else {
        let local = feature - features.levelStarts[1]
        let terms = features.terms(of: feature).map { space.terms[$0] }
        try addPair(
          space.pairs[local], terms: terms, weight: Double(weight), weigher, lists: lists,
          lexicon: &lexicon, to: &sums)
      }
    }
    return sums
  }

  /// The terms by whose articles those of the query's pairs are told, each with an empty list.
  private func bases(
    of space: LocalSpace, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [Int: [UInt32]] {
    let features = space.vectorizer.features
    var lists: [Int: [UInt32]] = [:]
    for local in space.pairs.indices {
      let terms = features.terms(of: features.levelStarts[1] + local).map { space.terms[$0] }
      let base = PairBase.of(
        try lexicon.row(ofTerm: terms[0]), try lexicon.row(ofTerm: terms[1]))
      if base != .allArticles { lists[base == .first ? terms[0] : terms[1]] = [] }
    }
    return lists
  }

  /// - Returns: the articles that have the term; none where they are not to be kept.
  private func addTerm(
    _ term: Int, weight: Double, _ weigher: PostingWeigher, keepsArticles: Bool,
    lexicon: inout Lexicon, to sums: inout [Double]
  ) throws(IndexFileError) -> [UInt32] {
    let row = try lexicon.row(ofTerm: term)
    let bytes = try file.section(.termPostings).bytes(
      row.postingsStart..<row.postingsStart + row.postingsLength)
    var articles: [UInt32] = []
    if keepsArticles { articles.reserveCapacity(row.documentFrequency) }
    let isWhole = PostingsCode.read(bytes, count: row.documentFrequency, universe: file.count) {
      article, count in
      if keepsArticles { articles.append(UInt32(article)) }
      sums[article] += weight * weigher.weight(count: count, scale: columns.scale(article))
    }
    guard isWhole else {
      throw .inconsistent(.termPostings, "those of term \(term) are broken")
    }
    return articles
  }

  private func addPair(
    _ pair: Int, terms: [Int], weight: Double, _ weigher: PostingWeigher, lists: [Int: [UInt32]],
    lexicon: inout Lexicon, to sums: inout [Double]
  ) throws(IndexFileError) {
    let row = try lexicon.row(ofPair: pair)
    let first = try lexicon.row(ofTerm: terms[0])
    let second = try lexicon.row(ofTerm: terms[1])
    let base = PairBase.of(first, second)
    // The query has the pair, so it has both terms; those that weigh nothing were not decoded.
    var articles: [UInt32]?
    if base != .allArticles {
      let (term, row) = base == .first ? (terms[0], first) : (terms[1], second)
      articles = lists[term]
      if articles?.count != row.documentFrequency {
        articles = try self.articles(of: row, term: term)
      }
    }
    let universe = base.size(first, second, articleCount: file.count)
    let bytes = try file.section(.pairPostings).bytes(
      row.postingsStart..<row.postingsStart + row.postingsLength)
    let isWhole = PostingsCode.read(bytes, count: row.documentFrequency, universe: universe) {
      place, count in
      let article = articles.map { Int($0[place]) } ?? place
      sums[article] += weight * weigher.weight(count: count, scale: columns.scale(article))
    }
    guard isWhole else {
      throw .inconsistent(.pairPostings, "those of pair \(pair) are broken")
    }
  }

  private func articles(of row: TermRow, term: Int) throws(IndexFileError) -> [UInt32] {
    let bytes = try file.section(.termPostings).bytes(
      row.postingsStart..<row.postingsStart + row.postingsLength)
    var articles: [UInt32] = []
    let isWhole = PostingsCode.read(bytes, count: row.documentFrequency, universe: file.count) {
      article, _ in articles.append(UInt32(article))
    }
    guard isWhole else {
      throw .inconsistent(.termPostings, "those of term \(term) are broken")
    }
    return articles
  }
}

/// The weight of a posting, with the bits that the article's vector has.
struct PostingWeigher {
  private let scheme: Weighting.Scheme
  private let idf: Double
  /// The weights of the commonest counts before they are scaled.
  private let table: [Double]

  init(scheme: Weighting.Scheme, idf: Double) {
    self.scheme = scheme
    self.idf = idf
    table = (0..<16).map {
      scheme.termWeight(frequency: Double($0), maximum: 0, average: 1) * idf
    }
  }

  @inline(__always)
  func weight(count: Float, scale: Double) -> Double {
    let whole = Int(exactly: count) ?? table.count
    let weight =
      whole < table.count
      ? table[whole]
      : scheme.termWeight(frequency: Double(count), maximum: 0, average: 1) * idf
    guard scheme.normalization == .cosine else { return Double(Float(weight)) }
    return Double(FeatureCounter.normalized(weight, scale: scale))
  }
}
