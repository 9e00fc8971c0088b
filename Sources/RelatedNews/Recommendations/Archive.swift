import Foundation

/// Everything that ranking needs to know of an archive, built once and frozen.
///
/// Articles are numbered newer first, then by the bytes of their ids (undated ones last): the index
/// breaks ties by number, so this is the one order of equal scores everywhere.
public struct Archive: Sendable {
  /// By number.
  public let articles: [Article]
  /// The numbers of the articles in the order of the input, which is the order of a rebuild.
  public let inputOrder: [Int]
  public let analysis: AnalyzedArchive
  public let vectorizer: Vectorizer
  public let index: InvertedIndex
  /// The vectors of articles as queries; the index's own where the weighting is symmetric.
  public let queries: SparseMatrix
  private let numbers: [Data: Int]

  /// Analyses, weighs and indexes `articles`. The result does not depend on `jobs`.
  ///
  /// - Complexity: O(t log t), t the terms of all articles.
  /// - Precondition: ids are distinct, as `ArticleReader` leaves them.
  public static func build(
    _ articles: [Article], analysis analysisOptions: AnalysisOptions = AnalysisOptions(),
    vectors vectorOptions: VectorOptions = VectorOptions(), jobs: Int = 1
  ) -> Archive {
    let order = articleOrder(of: articles)
    let sorted = order.map { articles[$0] }
    let analysis = Analyzer(options: analysisOptions).analyze(sorted, jobs: jobs)
    var inputOrder = [Int](repeating: 0, count: order.count)
    for (number, position) in order.enumerated() { inputOrder[position] = number }
    return Archive(
      articles: sorted, inputOrder: inputOrder, analysis: analysis, vectorOptions: vectorOptions,
      jobs: jobs)
  }

  /// An archive from its parts, as an index file keeps them.
  ///
  /// - Precondition: `articles` stand in the archive's order; `analysis` is of them.
  package init(
    articles: [Article], inputOrder: [Int], analysis: AnalyzedArchive,
    vectorOptions: VectorOptions, jobs: Int
  ) {
    precondition(analysis.sequences.articleCount == articles.count)
    self.articles = articles
    self.inputOrder = inputOrder
    self.analysis = analysis
    vectorizer = Vectorizer.fit(analysis, options: vectorOptions, jobs: jobs)
    let vectors = vectorizer.vectors(of: analysis.sequences, jobs: jobs)
    index = InvertedIndex(articles: vectors, jobs: jobs)
    queries =
      vectorOptions.weighting.isSymmetric
      ? vectors : vectorizer.vectors(of: analysis.sequences, side: .query, jobs: jobs)
    numbers = Dictionary(
      articles.enumerated().map { (Data($1.id.utf8), $0) }, uniquingKeysWith: { first, _ in first })
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
