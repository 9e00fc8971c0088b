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
  private let jobs: Int

  /// - Parameters:
  ///   - file: open as long as lists are wanted.
  ///   - options: of the lists; without a moment in them, now.
  ///   - jobs: cores to use for one list, where that pays; it is the same list.
  public init(
    _ file: IndexFile, options: RecommendationOptions = RecommendationOptions(), jobs: Int = 1
  ) {
    self.file = file
    self.jobs = jobs
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
  /// With several jobs the first list of a file also has another core read on, into memory, what most
  /// lists need; that may go on for some milliseconds after the list is there.
  ///
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Precondition: `isLazy`
  /// - Complexity: O(postings of its terms + n) with a tiny constant, then a few hundred articles.
  public func list(for article: Article) throws(IndexFileError) -> RecommendationList {
    try file.located { () throws(IndexFileError) in
      if jobs > 1 { file.startReadingAhead() }
      return try readList(for: article, isFirst: file.beginList())
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
        of: file, articles: [source], columns: columns, lexicon: &lexicon, jobs: jobs)
      let search = try search(columns, jobs: jobs)
      let contenders = try search.contenders(
        for: own.archive.articles[0], number: source, vector: own.archive.queries[0],
        space: own.space, lexicon: &lexicon)
      let read = contenders.candidates + [source, target]
      let numbers = try file.neighbors(of: read).union(contenders.nearest).union(read)
      let excerpt = try ArchiveExcerpt(
        of: file, articles: file.landed.sorted(numbers), titled: [source, target],
        columns: columns, lexicon: &lexicon, namesAll: true, jobs: jobs)
      guard let a = excerpt.number(of: target), let b = excerpt.number(of: source) else {
        return nil
      }
      return Recommender(archive: excerpt.archive, options: options).explanation(of: a, for: b)
    }
  }
}

extension IndexRecommender {
  /// - Parameter jobs: cores for one search.
  func search(
    _ columns: IndexColumns, jobs: Int, isOnly: Bool = false
  ) throws(IndexFileError) -> IndexSearch {
    try IndexSearch(
      file, columns: columns, options: options, now: now, jobs: jobs, isOnly: isOnly)
  }

  /// Whom an editor pinned on the list of an article, of those that the archive has.
  func pinned(on source: String) throws(IndexFileError) -> [Int] {
    var numbers: [Int] = []
    for id in options.rules.pins[source] ?? [] {
      if let number = try file.number(of: id) { numbers.append(number) }
    }
    return numbers
  }

  /// - Parameter isFirst: whether the file has made no list; most that are made of a file are.
  private func readList(
    for article: Article, isFirst: Bool
  ) throws(IndexFileError) -> RecommendationList {
    var lexicon = try Lexicon(of: file)
    let query = try QueryText(of: article, in: file, lexicon: &lexicon)
    let columns = try file.columns()
    let number = try file.number(of: article.id)
    let search = try search(columns, jobs: jobs, isOnly: isFirst)
    let contenders = try contenders(
      for: article, number: number, query: query, search: search, lexicon: &lexicon)
    func list(leavingOut others: Set<Int>) throws(IndexFileError) -> RecommendationList? {
      let members = try members(
        of: contenders, for: article, number: number, search: search, leavingOut: others)
      return try self.list(
        for: article, query: query, members: members, leavingOut: others, columns: columns,
        lexicon: &lexicon)
    }
    // Where some are left out in vain, all are read after all.
    if !contenders.unlikely.isEmpty, options.entriesAreIndependent(for: article.id),
      let list = try list(leavingOut: contenders.unlikely)
    {
      return list
    }
    return try list(leavingOut: []) ?? RecommendationList(id: article.id, items: [])
  }

  /// - Parameter others: candidates whose neighbours are not among the members.
  /// - Returns: nil where the list may be another with them.
  private func list(
    for article: Article, query: QueryText, members: Members, leavingOut others: Set<Int>,
    columns: IndexColumns, lexicon: inout Lexicon
  ) throws(IndexFileError) -> RecommendationList? {
    let excerpt = try ArchiveExcerpt(
      of: file, articles: file.landed.sorted(members.all),
      titled: options.explains ? members.titled : [], query: query, columns: columns,
      lexicon: &lexicon, namesAll: options.explains, jobs: jobs
    ).withNeighbors(
      of: options.ranking.neighbors == file.counts.neighbors ? members.candidates : [],
      in: file, jobs: jobs)
    let source = source(article, in: excerpt)
    let recommender = Recommender(archive: excerpt.archive, options: options)
    let made =
      others.isEmpty
      ? recommender.list(for: source)
      : recommender.list(for: source, leavingOut: Set(others.compactMap(excerpt.number(of:))))
    guard let list = made else { return nil }
    return options.explains
      ? list : try printed(list, of: source.vector, in: excerpt, lexicon: &lexicon)
  }

  /// The articles that decide a list.
  private struct Members {
    var all: Set<Int> = []
    /// All candidates but those left out, and a few others.
    var candidates: [Int] = []
    /// Those that may stand in it, and so be printed.
    var titled: Set<Int> = []
  }

  /// Who may be a candidate or near the source.
  private func contenders(
    for article: Article, number: Int?, query: QueryText, search: IndexSearch,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> IndexSearch.Contenders {
    let space = try LocalSpace(
      of: SequenceBuffer(), query: query, file: file, lexicon: &lexicon, namesAll: false)
    let vector = space.query.map { space.vectorizer.vectors(of: $0, side: .query)[0] }
    return try search.contenders(
      for: article, number: number, vector: vector ?? SparseVector(termIDs: [], weights: []),
      space: space, lexicon: &lexicon)
  }

  /// Contenders, the candidates' neighbours, pins and the fallback's.
  ///
  /// - Parameter others: candidates whose neighbours are left out.
  private func members(
    of contenders: IndexSearch.Contenders, for article: Article, number: Int?,
    search: IndexSearch, leavingOut others: Set<Int>
  ) throws(IndexFileError) -> Members {
    let leading = contenders.candidates.filter { !others.contains($0) }
    var members = Members(all: Set(contenders.nearest), candidates: leading)
    if let number { members.all.insert(number) }
    members.titled.formUnion(contenders.candidates)
    members.all.formUnion(try file.neighbors(of: leading))
    members.titled.formUnion(try pinned(on: article.id))
    if options.minimumResults > 0, let section = article.section {
      members.titled.formUnion(
        try search.newest(
          in: section, for: article, number: number,
          limit: options.minimumResults + options.limit))
    }
    members.all.formUnion(members.titled)
    return members
  }

  /// The list with headlines and telling terms: of a few articles, where the excerpt has hundreds.
  ///
  /// - Parameter source: the vector of the article whose list it is.
  func printed(
    _ list: RecommendationList, of source: SparseVector, in excerpt: ArchiveExcerpt,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> RecommendationList {
    let archive = excerpt.archive
    var items: [Recommendation] = []
    for item in list.items {
      guard let number = archive.number(of: item.article.id) else { continue }
      var article = item.article
      article.title = try excerpt.title(of: number, in: file, lexicon: &lexicon)
      var names: [String] = []
      if !item.because.isEmpty {
        for terms in archive.tellingFeatures(source, archive.index.articles[number]) {
          var words: [String] = []
          for term in terms {
            words.append(try lexicon.displayForm(ofTerm: excerpt.space.terms[term]))
          }
          names.append(Archive.name(ofWords: words))
        }
      }
      items.append(
        Recommendation(
          article: article, score: item.score, because: names, versions: item.versions,
          fallback: item.fallback, isPinned: item.isPinned, explanation: item.explanation))
    }
    return RecommendationList(id: list.id, items: items)
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
