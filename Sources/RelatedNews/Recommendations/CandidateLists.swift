/// The candidates of every article, kept: for each article the nearest published ones, cosine times
/// recency, that a second look chooses from.
///
/// They serve whoever asks with the same recency and as many candidates, and no bounds in time: a
/// rebuild then searches nothing, and after an update only those lists are looked at whose candidates
/// changed. What else may not be listed (embargo, sections, bans) is taken out; a list that loses an
/// entry that way is searched anew, as whoever stood behind it is not known.
package struct CandidateLists: Sendable, Hashable {
  package let lists: NeighborLists
  package let recency: Recency
  /// Beside each article whether it has its candidates; empty where all have.
  private let isKnown: [Bool]

  package init(lists: NeighborLists, recency: Recency) {
    self.init(lists: lists, recency: recency, isKnown: [])
  }

  /// - Parameter isKnown: beside each article whether it has its candidates.
  init(lists: NeighborLists, recency: Recency, isKnown: [Bool]) {
    self.lists = lists
    self.recency = recency
    self.isKnown = isKnown
  }

  func has(_ article: Int) -> Bool { isKnown.isEmpty || isKnown[article] }

  /// - Complexity: one rebuild at `limit`.
  package init(
    of articles: [Article], index: InvertedIndex, limit: Int = RankingOptions().candidates,
    recency: Recency = Recency(), jobs: Int
  ) {
    self.init(
      lists: index.nearestOfAll(
        limit: limit, jobs: jobs, weightedBy: Self.weight(of: articles, recency: recency)),
      recency: recency)
  }

  /// The candidates of every article and its neighbourhood, found together.
  ///
  /// - Complexity: little more than one rebuild.
  static func candidates(
    of archive: Archive, limit: Int = RankingOptions().candidates, recency: Recency = Recency(),
    besideNeighbors neighbors: Int, jobs: Int
  ) -> (candidates: CandidateLists, neighborhood: Neighborhood) {
    let search = ListSearch(
      limit: limit, pairWeight: weight(of: archive.articles, recency: recency))
    let (neighborhood, lists) = Neighborhood.neighborhood(
      of: archive, limit: neighbors, beside: search, jobs: jobs)
    return (CandidateLists(lists: lists, recency: recency), neighborhood)
  }

  /// What the cosine of a pair is multiplied by.
  static func weight(
    of articles: [Article], recency: Recency
  ) -> @Sendable (_ source: Int, _ target: Int) -> Float {
    let dates = articles.map { $0.published?.timeIntervalSinceReferenceDate }
    let isPublished = articles.map { $0.status == .published }
    let curve = RecencyCurve(recency)
    return { source, target in
      isPublished[target] ? curve.factor(source: dates[source], target: dates[target]) : 0
    }
  }

  /// Whether these are the candidates that a recommender of such options looks at, but for those
  /// that it refuses.
  func fit(_ options: RecommendationOptions) -> Bool {
    options.ranking.candidates == lists.limit && options.recency == recency
      && !options.eligibility.dependsOnTime
  }
}
