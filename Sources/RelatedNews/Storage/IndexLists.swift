/// The lists of some articles of an index file, made together: what several of them need is read once.
struct IndexLists {
  private let recommender: IndexRecommender
  private let excerpt: ArchiveExcerpt
  /// In the excerpt's numbers.
  private let sources: [Int]
  /// In the order of the articles; without headlines and terms where the options want no explanations.
  let lists: [RecommendationList]

  /// - Parameters:
  ///   - numbers: of articles of the file.
  ///   - candidates: all candidates of each of them, and any others.
  /// - Precondition: the recommender is lazy.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: the texts of the candidates and of their neighbours, each of them once.
  init(
    of numbers: [Int], candidates: Set<Int>, by recommender: IndexRecommender, jobs: Int
  ) throws(IndexFileError) {
    let (file, options) = (recommender.file, recommender.options)
    var lexicon = try Lexicon(of: file)
    let columns = try file.columns()
    var titled = candidates
    for number in numbers { titled.formUnion(try recommender.pinned(on: try file.id(number))) }
    let read = candidates.union(numbers)
    let members = try file.neighbors(of: read).union(read).union(titled)
    let excerpt = try ArchiveExcerpt(
      of: file, articles: file.landed.sorted(members), titled: options.explains ? titled : [],
      columns: columns, lexicon: &lexicon, namesAll: options.explains, jobs: jobs
    ).withNeighbors(of: read.sorted(), in: file, jobs: jobs)
    self.excerpt = excerpt
    self.recommender = recommender
    sources = numbers.compactMap(excerpt.number(of:))
    lists = Recommender(archive: excerpt.archive, options: options, jobs: jobs)
      .lists(of: sources, jobs: jobs)
  }

  /// Who may be a candidate of one of `numbers`.
  ///
  /// - Complexity: for each of them the postings of its terms + O(n) with a tiny constant.
  static func candidates(
    of numbers: [Int], by recommender: IndexRecommender, jobs: Int
  ) throws(IndexFileError) -> Set<Int> {
    let file = recommender.file
    var lexicon = try Lexicon(of: file)
    let columns = try file.columns()
    let own = try ArchiveExcerpt(
      of: file, articles: file.landed.sorted(numbers), columns: columns, lexicon: &lexicon,
      jobs: jobs)
    let search = try recommender.search(columns, jobs: 1)
    let found = try concurrentTryMap(
      count: own.numbers.count, jobs: jobs, workspace: lexicon
    ) { lexicon, place throws(IndexFileError) in
      try search.contenders(
        for: own.archive.articles[place], number: own.numbers[place],
        vector: own.archive.queries[place], space: own.space, lexicon: &lexicon
      ).candidates
    }
    return Set(found.joined())
  }

  /// A list as it is printed.
  func printed(
    _ place: Int, lexicon: inout Lexicon
  ) throws(IndexFileError) -> RecommendationList {
    guard !recommender.options.explains else { return lists[place] }
    return try recommender.printed(
      lists[place], of: excerpt.archive.queries[sources[place]], in: excerpt, lexicon: &lexicon)
  }
}
