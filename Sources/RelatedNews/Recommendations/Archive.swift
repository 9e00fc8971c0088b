import Foundation

/// Everything that ranking needs to know of an archive, built once and frozen.
///
/// Articles are numbered newer first, then by the bytes of their ids (undated ones last): the index
/// breaks ties by number, so this is the one order of equal scores everywhere.
public struct Archive: Sendable {
  /// By number.
  public private(set) var articles: [Article]
  /// The numbers of the articles in the order of the input, which is the order of a rebuild.
  public let inputOrder: [Int]
  public let analysis: AnalyzedArchive
  public let vectorizer: Vectorizer
  public let index: InvertedIndex
  /// The vectors of articles as queries; the index's own where the weighting is symmetric.
  public let queries: SparseMatrix
  /// The nearest articles of every article, where the archive is kept; nil: found when needed.
  package let neighborhood: Neighborhood?
  /// The score floor, where the archive is kept; nil: calibrated when needed.
  package let floor: Float?
  /// The candidates of every article, where the archive is kept and weighs both sides alike.
  package let candidates: CandidateLists?
  /// What the last candidates score at least, where a file keeps that alone; nil where candidates are
  /// kept, or nothing of them.
  package let candidateFloors: CandidateFloors?
  /// What a file keeps of who is nearest to whom, where the archive was read to be brought up to date:
  /// lists find neighbours and candidates when they need them then.
  package let kept: KeptNearest?
  /// How often each feature stands in each article, where the archive came from an index file or was
  /// brought up to date from one; nil: counted when needed.
  package let counted: FeaturePostings?
  /// Where phrases stand in the articles, as `counted`; nil: looked for when needed.
  package let phrases: Phrases?
  private let numbers: [Data: Int]

  /// Analyses, weighs and indexes `articles`. The result does not depend on `jobs`.
  ///
  /// - Complexity: O(t log t), t the terms of all articles.
  /// - Precondition: ids are distinct, as `ArticleReader` leaves them.
  public static func build(
    _ articles: [Article], analysis analysisOptions: AnalysisOptions = AnalysisOptions(),
    vectors vectorOptions: VectorOptions = VectorOptions(), jobs: Int = 1
  ) -> Archive {
    build(articles, analysis: analysisOptions, vectors: vectorOptions, isKept: false, jobs: jobs)
  }

  /// - Parameter isKept: whether the words behind the terms, every article's neighbours and candidates
  ///   and the floor are made too, as an index file keeps them and an update needs them.
  package static func build(
    _ articles: [Article], analysis analysisOptions: AnalysisOptions = AnalysisOptions(),
    vectors vectorOptions: VectorOptions = VectorOptions(), isKept: Bool, jobs: Int
  ) -> Archive {
    let order = articleOrder(of: articles)
    let sorted = order.map { articles[$0] }
    let analysis = WorkObserver.named("words") {
      Analyzer(options: analysisOptions).analyze(sorted, keepsWords: isKept, jobs: jobs)
    }
    var inputOrder = [Int](repeating: 0, count: order.count)
    for (number, position) in order.enumerated() { inputOrder[position] = number }
    let archive = Archive(
      articles: sorted, inputOrder: inputOrder, analysis: analysis, vectorOptions: vectorOptions,
      jobs: jobs)
    return isKept ? archive.withNeighborhood(jobs: jobs) : archive
  }

  /// An archive from articles and their analysis; the rest is made.
  ///
  /// - Precondition: `articles` stand in the archive's order; `analysis` is of them.
  package init(
    articles: [Article], inputOrder: [Int], analysis: AnalyzedArchive,
    vectorOptions: VectorOptions, jobs: Int
  ) {
    let (vectorizer, vectors) = WorkObserver.named("weights") {
      let vectorizer = Vectorizer.fit(analysis, options: vectorOptions, jobs: jobs)
      return (vectorizer, vectorizer.vectors(of: analysis.sequences, jobs: jobs))
    }
    self.init(
      articles: articles, inputOrder: inputOrder, analysis: analysis, vectorizer: vectorizer,
      vectors: vectors, jobs: jobs)
  }

  /// An archive from its parts, as an index file keeps them; only what is not given is made.
  ///
  /// - Parameters:
  ///   - vectors: the articles' rows as `vectorizer` makes them.
  ///   - neighborhood: of these vectors.
  ///   - candidates: of these vectors; nil costs searches later, never a list.
  ///   - floor: as `calibratedFloor(jobs:)` finds it.
  /// - Precondition: `articles` stand in the archive's order; `analysis` is of them.
  package init(
    articles: [Article], inputOrder: [Int], analysis: AnalyzedArchive, vectorizer: Vectorizer,
    vectors: SparseMatrix, neighborhood: Neighborhood? = nil, candidates: CandidateLists? = nil,
    floor: Float? = nil, jobs: Int
  ) {
    self.init(
      articles: articles, inputOrder: inputOrder, analysis: analysis, vectorizer: vectorizer,
      index: InvertedIndex(articles: vectors, jobs: jobs), neighborhood: neighborhood,
      candidates: candidates, floor: floor, jobs: jobs)
  }

  /// The same with the index of the articles' vectors.
  init(
    articles: [Article], inputOrder: [Int], analysis: AnalyzedArchive, vectorizer: Vectorizer,
    index: InvertedIndex, neighborhood: Neighborhood?, candidates: CandidateLists?,
    candidateFloors: CandidateFloors? = nil, kept: KeptNearest? = nil, floor: Float?,
    counted: FeaturePostings? = nil, phrases: Phrases? = nil, jobs: Int
  ) {
    self.init(
      articles: articles, inputOrder: inputOrder, analysis: analysis, vectorizer: vectorizer,
      index: index,
      queries: vectorizer.options.weighting.isSymmetric
        ? index.articles : vectorizer.vectors(of: analysis.sequences, side: .query, jobs: jobs),
      neighborhood: neighborhood, candidates: candidates, candidateFloors: candidateFloors,
      kept: kept, floor: floor, counted: counted, phrases: phrases)
  }

  init(
    articles: [Article], inputOrder: [Int], analysis: AnalyzedArchive, vectorizer: Vectorizer,
    index: InvertedIndex, queries: SparseMatrix, neighborhood: Neighborhood? = nil,
    candidates: CandidateLists? = nil, candidateFloors: CandidateFloors? = nil,
    kept: KeptNearest? = nil, floor: Float? = nil, counted: FeaturePostings? = nil,
    phrases: Phrases? = nil, numbers: [Data: Int]? = nil
  ) {
    precondition(analysis.sequences.articleCount == articles.count)
    precondition(index.articles.rowCount == articles.count)
    self.articles = articles
    self.inputOrder = inputOrder
    self.analysis = analysis
    self.vectorizer = vectorizer
    self.index = index
    self.queries = queries
    self.neighborhood = neighborhood
    self.candidates = candidates
    self.candidateFloors = candidateFloors
    self.kept = kept
    self.floor = floor
    self.counted = counted
    self.phrases = phrases
    self.numbers =
      numbers
      ?? Dictionary(
        articles.enumerated().map { (Data($1.id.utf8), $0) },
        uniquingKeysWith: { first, _ in first })
  }

  /// The same archive with its neighbourhood and floor made, and its candidates where both sides weigh
  /// alike, as an index file keeps them.
  ///
  /// - Complexity: the neighbours of all articles, and little more.
  package func withNeighborhood(
    limit: Int = RankingOptions().neighbors, jobs: Int
  ) -> Archive {
    let floor = calibratedFloor(jobs: jobs)
    guard vectorizer.options.weighting.isSymmetric else {
      let neighborhood = Neighborhood(of: self, limit: limit, jobs: jobs)
      return with(neighborhood: neighborhood, candidates: nil, floor: floor)
    }
    let (candidates, neighborhood) = CandidateLists.candidates(
      of: self, besideNeighbors: limit, jobs: jobs)
    return with(neighborhood: neighborhood, candidates: candidates, floor: floor)
  }

  /// The same archive without the bodies of its articles, as an index file keeps it.
  func withoutBodies() -> Archive {
    var archive = self
    for number in articles.indices where !articles[number].body.isEmpty {
      archive.articles[number].body = ""
    }
    return archive
  }

  /// The same archive with these.
  package func with(
    neighborhood: Neighborhood?, candidates: CandidateLists?,
    candidateFloors: CandidateFloors? = nil, kept: KeptNearest? = nil, floor: Float
  ) -> Archive {
    Archive(
      articles: articles, inputOrder: inputOrder, analysis: analysis, vectorizer: vectorizer,
      index: index, queries: queries, neighborhood: neighborhood, candidates: candidates,
      candidateFloors: candidateFloors, kept: kept, floor: floor, counted: counted,
      phrases: phrases, numbers: numbers)
  }

  /// The cosine below which two of the articles look no more alike than chance.
  package func calibratedFloor(jobs: Int) -> Float {
    ScoreFloor.calibrated(to: index.articles, settledIDs: settledIDs, jobs: jobs)
  }

  /// The ids of the articles by which the floor is calibrated, each at its number.
  var settledIDs: ArraySlice<String> {
    articles.map(\.id)[SettledNumbers(of: count, vectorizer.options).first...]
  }

  public var count: Int { articles.count }

  /// The number of the article with this id, compared by bytes.
  public func number(of id: String) -> Int? { numbers[Data(id.utf8)] }

  /// The positions in `articles` in the archive's order: newer first, then id, undated last.
  package static func articleOrder(of articles: [Article]) -> [Int] {
    articles.indices.sorted { isOrdered(articles[$0], before: articles[$1]) }
  }

  package static func isOrdered(_ a: Article, before b: Article) -> Bool {
    let (x, y) = (a.published ?? .distantPast, b.published ?? .distantPast)
    return x == y ? a.id.utf8.lexicographicallyPrecedes(b.id.utf8) : x > y
  }
}

extension FeaturePostings {
  /// The index of vectors of which these are the weights; nil without them.
  func index(of vectors: SparseMatrix, weights: [Float]?) -> InvertedIndex? {
    weights.map {
      InvertedIndex(
        articles: vectors, postings: Postings(starts: starts, articles: articles, weights: $0))
    }
  }

  /// The index of the vectors that follow from these; nil where vectors do not.
  func index(vectorizer: Vectorizer, jobs: Int) -> InvertedIndex? {
    weights(by: vectorizer, jobs: jobs).flatMap {
      index(of: matrix(of: $0, jobs: jobs), weights: $0)
    }
  }
}
