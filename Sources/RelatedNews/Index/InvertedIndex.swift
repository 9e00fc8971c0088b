/// Which articles have a term, for every term: built once, then frozen.
///
/// An index takes plain numbers: rows of a `SparseMatrix` with weights that are not negative. It
/// finds for a vector the `limit` articles of highest score, where score = dot product × weight of
/// the pair. The lists are exact: nothing is skipped unless a bound proves that it cannot be listed.
/// Equal scores rank by article number, lower first, so callers number the articles in the order
/// that ties should have.
///
/// Scores that are reported are summed in `Double` by ascending term id, whatever shortcut found
/// them, so the same bytes come out at any number of jobs.
public struct InvertedIndex: Sendable {
  /// The vectors of the articles; row r is article r.
  public let articles: SparseMatrix
  let postings: Postings
  private let lazyTails: LazyTailNorms
  let memory: SearchMemory

  /// - Precondition: no weight is negative or not a number; fewer than 2³¹ articles.
  /// - Complexity: O(p), p the number of weights in `articles`.
  public init(articles: SparseMatrix, jobs: Int) {
    self.init(articles: articles, postings: Postings(of: articles))
  }

  /// - Precondition: `postings` are of `articles`; no weight is negative or not a number; fewer than
  ///   2³¹ articles.
  init(articles: SparseMatrix, postings: Postings) {
    precondition(articles.rowCount < Int(Int32.max), "article numbers fit 32 bits")
    precondition(articles.weights.allSatisfy { $0 >= 0 }, "weights are not negative")
    self.articles = articles
    self.postings = postings
    lazyTails = LazyTailNorms()
    memory = SearchMemory(articleCount: articles.rowCount, termCount: articles.termCount)
  }

  /// What searches rule articles out by; made for the first one, as who only reads or writes an index
  /// needs none.
  var tails: TailNorms { lazyTails.value { TailNorms(of: articles, postings: postings) } }

  /// The `limit` articles of highest score for one vector, best first.
  ///
  /// - Parameters:
  ///   - query: its terms may exceed the archive's; those match nothing.
  ///   - limit: entries at most.
  ///   - minScore: entries below are left out. An article that shares no term is never listed.
  ///   - pairWeight: what the dot product with an article is multiplied by, 0 to 1; 0 keeps it
  ///     off the list. Asked only for articles that could be listed. `nil` is 1 for all.
  public func nearest(
    to query: SparseVector, limit: Int, minScore: Float = 0,
    weightedBy pairWeight: ((_ article: Int) -> Float)? = nil
  ) -> [Neighbor] {
    guard limit > 0 else { return [] }
    let search = NearestSearch(
      index: self, limit: limit, minScore: minScore, pairWeight: pairWeight)
    return search.list(for: query)
      ?? nearestOfShared(to: query, limit: limit, minScore: minScore, pairWeight: pairWeight)
  }

  /// The same, by looking at every article that shares a term.
  private func nearestOfShared(
    to query: SparseVector, limit: Int, minScore: Float, pairWeight: ((_ article: Int) -> Float)?
  ) -> [Neighbor] {
    var best = BestNeighbors(limit: limit, minScore: minScore)
    for (article, sum) in products(with: query).enumerated() where sum > 0 {
      let dot = Float(sum)
      guard best.mayTake(dot) else { continue }
      best.insert(Neighbor(article: article, score: dot * (pairWeight?(article) ?? 1)))
    }
    return best.list
  }

  /// The dot product of a vector with every article, summed by ascending term.
  ///
  /// - Complexity: O(postings of its terms + n)
  func products(with query: SparseVector) -> [Double] {
    var sums = [Double](repeating: 0, count: articles.rowCount)
    for (term, weight) in zip(query.termIDs, query.weights) where term < articles.termCount {
      for posting in postings.range(of: term) {
        sums[Int(postings.articles[posting])] += Double(weight) * Double(postings.weights[posting])
      }
    }
    return sums
  }

  /// The list of every article among the others; an article is never on its own list.
  ///
  /// - Parameters:
  ///   - limit: entries in a list at most.
  ///   - minScore: entries below are left out.
  ///   - jobs: cores to use; the lists do not depend on it.
  ///   - pairWeight: what the score of `target` on the list of `source` is multiplied by, 0 to 1. It
  ///     need not be symmetric.
  public func nearestOfAll(
    limit: Int, minScore: Float = 0, jobs: Int,
    weightedBy pairWeight: (@Sendable (_ source: Int, _ target: Int) -> Float)? = nil
  ) -> NeighborLists {
    nearestOfAll(
      by: ListSearch(limit: limit, minScore: minScore, pairWeight: pairWeight), jobs: jobs)
  }

  private func nearestOfAll(by search: ListSearch, jobs: Int) -> NeighborLists {
    guard let rebuild = ArchiveRebuild(self, search) else {
      return nearest(ofEachOf: Array(0..<articles.rowCount), by: search, jobs: jobs)
    }
    return NeighborLists(rows: rebuild.rows(jobs: jobs).first.map { $0 ?? [] }, limit: search.limit)
  }

  /// The same for those articles of which `isWanted` says so, by bounds: the others are not scored.
  ///
  /// - Returns: the lists, those of the others empty, and beside each whether it was wanted.
  func nearestOfAll(
    limit: Int, jobs: Int, weightedBy pairWeight: @escaping ListSearch.PairWeight,
    where isWanted: @Sendable (BoundedList) -> Bool
  ) -> (lists: NeighborLists, isKnown: [Bool]) {
    let search = ListSearch(limit: limit, pairWeight: pairWeight)
    guard let rebuild = ArchiveRebuild(self, search) else {
      return (
        nearestOfAll(by: search, jobs: jobs), [Bool](repeating: true, count: articles.rowCount)
      )
    }
    let rows = rebuild.rows(jobs: jobs, where: isWanted).first
    return (NeighborLists(rows: rows.map { $0 ?? [] }, limit: limit), rows.map { $0 != nil })
  }

  /// The lists of two searches, those that `nearestOfAll` makes for each of them: in one pass, as what
  /// is dear about a pair is the same for both.
  func nearestOfAll(
    by first: ListSearch, beside second: ListSearch, jobs: Int
  ) -> (first: NeighborLists, second: NeighborLists) {
    guard let rebuild = ArchiveRebuild(self, first, beside: second) else {
      return (nearestOfAll(by: first, jobs: jobs), nearestOfAll(by: second, jobs: jobs))
    }
    let rows = rebuild.rows(jobs: jobs)
    return (
      NeighborLists(rows: rows.first.map { $0 ?? [] }, limit: first.limit),
      NeighborLists(rows: rows.second.map { $0 ?? [] }, limit: second.limit)
    )
  }

  /// The list of one article among all others.
  func nearest(of source: Int, by search: ListSearch) -> [Neighbor] {
    nearest(to: articles[source], limit: search.limit, minScore: search.minScore) { target in
      target == source ? 0 : search.weight(source, target)
    }
  }

  /// The lists of some articles among all others, row i for `sources[i]`: a part of
  /// `nearestOfAll`, for rebuilds that go on where they stopped and for changes that touch few.
  public func nearest(
    ofArticles sources: [Int], limit: Int, minScore: Float = 0, jobs: Int,
    weightedBy pairWeight: (@Sendable (_ source: Int, _ target: Int) -> Float)? = nil
  ) -> NeighborLists {
    let search = ListSearch(limit: limit, minScore: minScore, pairWeight: pairWeight)
    if sources.count >= ArchiveRebuild.fewestSources(of: articles.rowCount),
      let rebuild = ArchiveRebuild(self, search, of: sources)
    {
      let rows = rebuild.rows(jobs: jobs).first
      return NeighborLists(rows: sources.map { rows[$0] ?? [] }, limit: limit)
    }
    return nearest(ofEachOf: sources, by: search, jobs: jobs)
  }

  /// The same by a search for each.
  private func nearest(
    ofEachOf sources: [Int], by search: ListSearch, jobs: Int
  ) -> NeighborLists {
    let rows = concurrentMap(count: sources.count, jobs: jobs) {
      nearest(of: sources[$0], by: search)
    }
    return NeighborLists(rows: rows, limit: search.limit)
  }

  /// The list of every row of `queries`, for weightings that differ between queries and articles.
  ///
  /// - Parameters:
  ///   - queries: one a row.
  ///   - excludesSameRow: query r is article r in another weighting and must not list itself.
  ///   - limit: entries in a list at most.
  ///   - minScore: entries below are left out.
  ///   - jobs: cores to use; the lists do not depend on it.
  ///   - pairWeight: takes the row of the query and the number of the article.
  public func nearest(
    ofEach queries: SparseMatrix, excludesSameRow: Bool = false, limit: Int, minScore: Float = 0,
    jobs: Int, weightedBy pairWeight: (@Sendable (_ query: Int, _ target: Int) -> Float)? = nil
  ) -> NeighborLists {
    let rows = concurrentMap(count: queries.rowCount, jobs: jobs) { row in
      nearest(to: queries[row], limit: limit, minScore: minScore) { target in
        excludesSameRow && target == row ? 0 : pairWeight?(row, target) ?? 1
      }
    }
    return NeighborLists(rows: rows, limit: limit)
  }
}
