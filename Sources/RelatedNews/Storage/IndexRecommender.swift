import Foundation

/// Single lists from an index file, without reading the whole archive: the same lists.
///
///     let index = try IndexFile(path: "archive.rnx")
///     let list = try IndexRecommender(index, options: options).list(for: article)
///
/// Where many lists are wanted, or where the index was built with settings that keep no postings
/// (`isLazy` is false), `Recommender(archive: try index.archive())` is the way.
public struct IndexRecommender: Sendable {
  public let file: IndexFile
  public let options: RecommendationOptions
  private let now: Date

  public init(_ file: IndexFile, options: RecommendationOptions = RecommendationOptions()) {
    self.file = file
    let now = options.now ?? Date()
    self.now = now
    var options = options
    // One moment for the choice of candidates and for the list.
    options.now = now
    self.options = options
  }

  /// Whether lists can be made from parts of the file.
  public var isLazy: Bool {
    file.settings.hasPostings && options.ranking.neighbors <= file.counts.neighbors
  }

  /// Related stories for one article, which need not be in the archive: what
  /// `Recommender.list(for:)` gives.
  ///
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Precondition: `isLazy`
  /// - Complexity: O(postings of its terms + n) with a tiny constant, then a few hundred articles.
  public func list(for article: Article) throws(IndexFileError) -> RecommendationList {
    try file.located { () throws(IndexFileError) in
      var lexicon = try Lexicon(of: file)
      let columns = try file.columns()
      let query = try QueryText(of: article, in: file, lexicon: &lexicon)
      let number = try file.number(of: article.id)
      let members = try members(
        for: article, number: number, query: query, columns: columns, lexicon: &lexicon)
      let excerpt = try ArchiveExcerpt(
        of: file, articles: members.all.sorted(), titled: members.titled, query: query,
        columns: columns, lexicon: &lexicon, namesAll: options.explains)
      let recommender = Recommender(archive: excerpt.archive, options: options)
      return recommender.list(for: source(article, in: excerpt))
    }
  }

  /// Why one article of the archive is on the list of another, or why it is not; nil where the
  /// archive has no article of one of the ids.
  ///
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Precondition: `isLazy`
  public func explanation(
    of target: String, for source: String
  ) throws(IndexFileError) -> Explanation? {
    try file.located { () throws(IndexFileError) in
      guard let target = try file.number(of: target), let source = try file.number(of: source)
      else { return nil }
      var lexicon = try Lexicon(of: file)
      let columns = try file.columns()
      let own = try ArchiveExcerpt(
        of: file, articles: [source], titled: [], query: nil, columns: columns,
        lexicon: &lexicon, namesAll: false)
      let search = try IndexSearch(file, columns: columns, options: options, now: now)
      let found = try search.found(
        for: own.archive.articles[0], number: source, vector: own.archive.queries[0],
        space: own.space, lexicon: &lexicon)
      var numbers: Set<Int> = [source, target]
      for article in found.candidates.map(\.article) + [source, target] {
        numbers.insert(article)
        numbers.formUnion(try file.nearest(of: article).neighbors)
      }
      let excerpt = try ArchiveExcerpt(
        of: file, articles: numbers.sorted(), titled: [source, target], query: nil,
        columns: columns, lexicon: &lexicon, namesAll: true)
      guard let a = excerpt.number(of: target), let b = excerpt.number(of: source) else {
        return nil
      }
      return Recommender(archive: excerpt.archive, options: options).explanation(of: a, for: b)
    }
  }
}

extension IndexRecommender {
  /// The articles that decide a list.
  private struct Members {
    var all: Set<Int> = []
    /// Those that may stand in it.
    var titled: Set<Int> = []
  }

  /// Candidates, their neighbours and the source's own, pins and the fallback's.
  private func members(
    for article: Article, number: Int?, query: QueryText, columns: IndexColumns,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> Members {
    let space = try LocalSpace(
      of: SequenceBuffer(), query: query, file: file, lexicon: &lexicon, namesAll: false)
    let vector = space.query.map { space.vectorizer.vectors(of: $0, side: .query)[0] }
    let search = try IndexSearch(file, columns: columns, options: options, now: now)
    let found = try search.found(
      for: article, number: number, vector: vector ?? SparseVector(termIDs: [], weights: []),
      space: space, lexicon: &lexicon)
    var members = Members(all: Set(found.nearest.map(\.article)))
    if let number { members.all.insert(number) }
    for candidate in found.candidates {
      members.titled.insert(candidate.article)
      members.all.formUnion(try file.nearest(of: candidate.article).neighbors)
    }
    for id in options.rules.pins[article.id] ?? [] {
      if let pinned = try file.number(of: id) { members.titled.insert(pinned) }
    }
    if options.minimumResults > 0, let section = article.section {
      members.titled.formUnion(
        try search.newest(
          in: section, for: article, number: number,
          limit: options.minimumResults + options.limit))
    }
    members.all.formUnion(members.titled)
    return members
  }

  private func source(_ article: Article, in excerpt: ArchiveExcerpt) -> QueryArticle {
    let sequences =
      excerpt.space.query
      ?? TermSequences(terms: [], segmentStarts: [0], segmentFields: [], articleSegments: [0, 0])
    return QueryArticle(
      article: article, number: excerpt.archive.number(of: article.id), isOfArchive: false,
      sequences: sequences, sequenceIndex: 0,
      vector: excerpt.space.vectorizer.vectors(of: sequences, side: .query)[0])
  }
}
