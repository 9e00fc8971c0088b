extension Recommender {
  /// The lists of every article of the archive, in input order, as they are made.
  ///
  ///     for try await list in recommender.rebuild(jobs: 4) { send(list) }
  ///
  /// The same lists as `lists(jobs:)`. A task that is cancelled gets a `CancellationError` at the
  /// next list.
  public func rebuild(jobs: Int = 1) -> RebuiltLists { RebuiltLists(recommender: self, jobs: jobs) }

  /// A list for each article of a sequence, in its order, as they come.
  ///
  ///     for try await list in recommender.lists(for: newArticles) { send(list) }
  ///
  /// One article is answered before the next one is asked for: a slow sequence is never waited for
  /// in vain, and several tasks may each walk a sequence of their own. A task that is cancelled
  /// gets a `CancellationError` at the next list.
  public func lists<Articles: AsyncSequence>(for articles: Articles) -> SuggestedLists<Articles>
  where Articles.Element == Article {
    SuggestedLists(recommender: self, articles: articles)
  }
}

/// The lists of an archive as an asynchronous sequence, made in pieces by child tasks.
public struct RebuiltLists: AsyncSequence, Sendable {
  public typealias Element = RecommendationList
  let recommender: Recommender
  let jobs: Int

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(recommender: recommender, jobs: Swift.max(1, jobs))
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    /// Lists made before the first of them is handed on, for each job.
    private static let chunk = 32
    let recommender: Recommender
    let jobs: Int
    private var rebuild: Rebuild?
    private var position = 0
    private var ready: ArraySlice<RecommendationList> = []

    init(recommender: Recommender, jobs: Int) {
      self.recommender = recommender
      self.jobs = jobs
    }

    /// - Throws: `CancellationError` if the task is cancelled, so that an end is always the end.
    public mutating func next() async throws -> RecommendationList? {
      try Task.checkCancellation()
      if let list = ready.popFirst() { return list }
      let rebuild =
        rebuild ?? Rebuild(of: recommender.archive.inputOrder, by: recommender, jobs: jobs)
      self.rebuild = rebuild
      let range = position..<Swift.min(position + Self.chunk * jobs, rebuild.count)
      guard !range.isEmpty else { return nil }
      ready = await Self.lists(at: range, of: rebuild, jobs: jobs)[...]
      position = range.upperBound
      try Task.checkCancellation()
      return ready.popFirst()
    }

    private static func lists(
      at range: Range<Int>, of rebuild: Rebuild, jobs: Int
    ) async -> [RecommendationList] {
      let pieces = evenRanges(of: range.count, pieces: jobs)
      return await withTaskGroup(of: (Int, [RecommendationList]).self) { group in
        for (index, piece) in pieces.enumerated() {
          let start = range.lowerBound + piece.lowerBound
          group.addTask { (index, rebuild.lists(at: start..<start + piece.count)) }
        }
        var parts = [[RecommendationList]](repeating: [], count: pieces.count)
        for await (index, lists) in group { parts[index] = lists }
        return parts.flatMap { $0 }
      }
    }
  }
}

/// The lists for a sequence of articles, in its order.
public struct SuggestedLists<Articles: AsyncSequence>: AsyncSequence
where Articles.Element == Article {
  public typealias Element = RecommendationList
  let recommender: Recommender
  let articles: Articles

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(recommender: recommender, articles: articles.makeAsyncIterator())
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    let recommender: Recommender
    var articles: Articles.AsyncIterator

    /// - Throws: what the sequence of articles throws, and `CancellationError`.
    public mutating func next() async throws -> RecommendationList? {
      try Task.checkCancellation()
      guard let article = try await articles.next() else { return nil }
      return recommender.list(for: article)
    }
  }
}

extension SuggestedLists: Sendable where Articles: Sendable {}
