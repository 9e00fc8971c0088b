import RelatedNews

/// How lists for articles from outside are made.
enum ListMaker {
  /// From so many lists on an index file is read whole: a list from its parts takes several times as
  /// long as one from memory, and reading all takes as long as some dozens.
  private static let fewLists = 64

  /// - Parameters: one of `index` and `archive` is given.
  static func make(
    index: IndexFile?, archive: Archive?, options: RecommendationOptions, listCount: Int, jobs: Int
  ) throws -> (Article) throws -> RecommendationList {
    if let index {
      let lazy = IndexRecommender(index, options: options, jobs: jobs)
      if lazy.isLazy, listCount < fewLists { return lazy.list(for:) }
    }
    guard let archive = try archive ?? index?.archive(jobs: jobs) else {
      throw UsageError("an ARCHIVE is missing")
    }
    return Recommender(archive: archive, options: options, jobs: jobs).list(for:)
  }
}
