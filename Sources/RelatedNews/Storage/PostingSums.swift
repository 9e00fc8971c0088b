/// The dot products of a vector with all articles, by the postings of an index file, near enough to
/// tell who may be among the best.
///
/// A posting adds one number that follows from its count: what differs from article to article, the
/// scale, multiplies the sum. So a sum is a little off, by less than `ProductBounds` knows; whoever
/// may be among the best is looked at exactly later, as the list needs its story anyway.
struct PostingSums: Sendable {
  private let file: IndexFile
  private let isNormalized: Bool
  /// The features of the vector, and the sum of its weights.
  private let featureCount: Int
  private let weightSum: Double
  private let nothing: PostingWeigher
  /// Beside each feature of the vector what it weighs, ascending.
  private let weighers: [(feature: FeatureCode, weigher: PostingWeigher)]
  /// By ascending number of their term; the one without a term first.
  private let strands: [Strand]

  /// Fewer postings than this are added up before another core has started.
  static let fewestOfJob = 50_000

  /// A term and the pairs whose postings are places in those of the term.
  private struct Strand: Sendable {
    /// Nil for pairs whose postings are numbers of articles.
    var term: (number: Int, row: TermRow)?
    /// Nil where the term is there for its pairs alone.
    var weigher: PostingWeigher?
    var pairs: [(number: Int, row: PairRow, weigher: PostingWeigher)] = []

    var postingCount: Int {
      pairs.reduce(term?.row.documentFrequency ?? 0) { $0 + $1.row.documentFrequency }
    }
  }

  /// - Parameter vector: in the numbers of `space`.
  init(
    of vector: SparseVector, space: LocalSpace, file: IndexFile, lexicon: inout Lexicon
  ) throws(IndexFileError) {
    self.file = file
    let vectorizer = space.vectorizer
    let features = vectorizer.features
    let weighting = vectorizer.options.weighting
    isNormalized = weighting.articles.normalization == .cosine
    featureCount = vector.count
    weightSum = vector.weights.reduce(0) { $0 + Double(abs($1)) }
    let termWeights = TermWeights(of: weighting.articles)
    nothing = PostingWeigher(termWeights, factor: 0)
    var strands: [Int: Strand] = [:]
    var weighers: [(feature: FeatureCode, weigher: PostingWeigher)] = []
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      let feature = Int(feature)
      let weigher = PostingWeigher(
        termWeights, factor: vectorizer.idf(feature) * Double(weight))
      let terms = features.terms(of: feature).map { space.terms[$0] }
      weighers.append((space.code(of: feature), weigher))
      guard terms[0] < file.counts.terms else { continue }
      let first = try lexicon.row(ofTerm: terms[0])
      if terms.count == 1 {
        strands[terms[0], default: Strand(term: (terms[0], first))].weigher = weigher
      } else {
        let pair = space.pairs[feature - features.levelStarts[1]]
        let entry = (pair, try lexicon.row(ofPair: pair), weigher)
        let second = try lexicon.row(ofTerm: terms[1])
        switch PairBase.of(first, second) {
        case .allArticles: strands[-1, default: Strand()].pairs.append(entry)
        case .first: strands[terms[0], default: Strand(term: (terms[0], first))].pairs.append(entry)
        case .second:
          strands[terms[1], default: Strand(term: (terms[1], second))].pairs.append(entry)
        }
      }
    }
    self.strands = strands.sorted { $0.key < $1.key }.map(\.value)
    self.weighers = weighers.sorted { $0.feature < $1.feature }
  }

  /// What the dot product of each article is at least and at most; nothing of those that are gone.
  ///
  /// - Parameters:
  ///   - isOnly: whether nobody will ask for these postings again, which are not kept then.
  ///   - fewest: postings that are worth a core.
  /// - Complexity: O(postings of the vector's features + n)
  func bounds(
    jobs: Int, isOnly: Bool = false, fewest: Int = fewestOfJob
  ) throws(IndexFileError) -> ProductBounds {
    let total = strands.reduce(0) { $0 + $1.postingCount }
    let shares = dealt(to: max(1, min(jobs, total / fewest)))
    var parts = try concurrentTryMap(count: shares.count, jobs: shares.count) {
      share throws(IndexFileError) in
      try sums(of: shares[share], once: isOnly ? PassingMemory() : nil)
    }
    // Taken out, so that it is not copied.
    var result = parts.removeLast()
    for part in parts { Self.add(part, to: &result) }
    for withdrawal in file.landed.withdrawals { result[withdrawal.article] = 0 }
    for article in file.landed.articles { result.append(sum(of: article)) }
    return ProductBounds(
      sums: result, isNormalized: isNormalized, additions: featureCount + shares.count,
      weightSum: weightSum)
  }

  /// Of a story that landed, which brings its counts along.
  private func sum(of article: LandedArticle) -> Float {
    var sum: Float = 0
    var next = 0
    for (feature, weigher) in weighers {
      while next < article.features.count, article.features[next] < feature.bits { next += 1 }
      guard next < article.features.count else { break }
      if article.features[next] == feature.bits {
        sum += weigher.product(count: article.counts[next])
      }
    }
    return sum
  }

  private static func add(_ more: [Float], to sums: inout [Float]) {
    let count = min(more.count, sums.count)
    let more = more.span
    var sums = sums.mutableSpan
    for article in 0..<count { sums[unchecked: article] += more[unchecked: article] }
  }

  /// The strands dealt out so that all have about as many postings, the longest first.
  private func dealt(to count: Int) -> [[Strand]] {
    guard count > 1 else { return [strands] }
    var shares = [[Strand]](repeating: [], count: count)
    var lengths = [Int](repeating: 0, count: count)
    for strand in strands.sorted(by: { $0.postingCount > $1.postingCount }) {
      let share = lengths.indices.min { lengths[$0] < lengths[$1] } ?? 0
      shares[share].append(strand)
      lengths[share] += strand.postingCount
    }
    return shares
  }

  private func sums(
    of strands: [Strand], once memory: PassingMemory?
  ) throws(IndexFileError) -> [Float] {
    defer { withExtendedLifetime(memory) {} }
    var sums = [Float](repeating: 0, count: file.counts.articles)
    for strand in strands {
      let articles = try add(strand, once: memory, to: &sums)
      for pair in strand.pairs {
        try add(pair, base: strand.term == nil ? nil : articles, once: memory, to: &sums)
      }
    }
    return sums
  }

  /// - Returns: the articles that have the term, if pairs need them.
  private func add(
    _ strand: Strand, once memory: PassingMemory?, to sums: inout [Float]
  ) throws(IndexFileError) -> [UInt32] {
    guard let (term, row) = strand.term else { return [] }
    let bytes = try file.postings(ofTerm: term, count: row.documentFrequency, once: memory)
    var articles: [UInt32] = []
    if !strand.pairs.isEmpty { articles.reserveCapacity(row.documentFrequency) }
    let isWhole = Self.add(
      bytes, count: row.documentFrequency, universe: file.counts.articles,
      weigher: strand.weigher ?? nothing, to: &sums
    ) { if !strand.pairs.isEmpty { articles.append(contentsOf: $0) } }
    guard isWhole else {
      throw .inconsistent(.termPostings, "those of term \(term) are broken")
    }
    return articles
  }

  /// - Parameter base: what the pair's postings are places in; nil for all articles.
  private func add(
    _ pair: (number: Int, row: PairRow, weigher: PostingWeigher), base: [UInt32]?,
    once memory: PassingMemory?, to sums: inout [Float]
  ) throws(IndexFileError) {
    let count = pair.row.documentFrequency
    let universe = base?.count ?? file.counts.articles
    let bytes = try file.postings(
      ofPair: pair.number, count: count, universe: universe, once: memory)
    let isWhole: Bool
    if let base {
      isWhole = PostingsReader.read(
        bytes, count: count, universe: universe, value: pair.weigher.product(count:)
      ) { places, products in
        for index in places.indices { sums[Int(base[Int(places[index])])] += products[index] }
      }
    } else {
      isWhole = Self.add(
        bytes, count: count, universe: universe, weigher: pair.weigher, to: &sums
      ) { _ in }
    }
    guard isWhole else {
      throw .inconsistent(.pairPostings, "those of pair \(pair.number) are broken")
    }
  }

  /// Unsafe: places are not checked against `sums`, as `PostingsReader` calls a body with none that is
  /// not below the universe.
  ///
  /// - Parameter keep: is called with the articles of some postings after the other.
  @inline(__always)
  private static func add(
    _ bytes: UnsafeRawBufferPointer, count: Int, universe: Int, weigher: PostingWeigher,
    to sums: inout [Float], keep: (UnsafeBufferPointer<UInt32>) -> Void
  ) -> Bool {
    precondition(sums.count >= universe)
    return sums.withUnsafeMutableBufferPointer { sums in
      PostingsReader.read(
        bytes, count: count, universe: universe, value: weigher.product(count:)
      ) { articles, products in
        for index in articles.indices { sums[Int(articles[index])] += products[index] }
        keep(articles)
      }
    }
  }
}

extension ArchiveExcerpt {
  /// What `body` makes of the products of each article of the excerpt with all of the file, by its number
  /// in the file.
  ///
  /// One search a core: sums in another order have other bounds.
  func mapProducts<Value: Sendable>(
    in file: IndexFile, lexicon: Lexicon, jobs: Int,
    _ body: @Sendable (_ number: Int, ProductBounds) -> Value
  ) throws(IndexFileError) -> [Value] {
    try concurrentTryMap(count: numbers.count, jobs: jobs, workspace: lexicon) {
      lexicon, place throws(IndexFileError) in
      let sums = try PostingSums(
        of: archive.index.articles[place], space: space, file: file, lexicon: &lexicon)
      return body(numbers[place], try sums.bounds(jobs: 1))
    }
  }
}

/// What a posting adds to a sum, before the scale of its article.
struct PostingWeigher: Sendable {
  private let termWeights: TermWeights
  private let factor: Double
  /// - Parameter factor: the query's weight of the feature times how rare it is.
  init(_ termWeights: TermWeights, factor: Double) {
    self.termWeights = termWeights
    self.factor = factor
  }

  @inline(__always)
  func product(count: Float) -> Float { Float(termWeights.weight(of: count) * factor) }
}
