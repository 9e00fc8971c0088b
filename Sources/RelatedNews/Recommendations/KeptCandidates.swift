/// The candidates that an archive keeps, as a recommender may use them.
struct KeptCandidates {
  let candidates: CandidateLists
  let recommender: Recommender

  var lists: NeighborLists { candidates.lists }

  /// The candidates of a source; nil if they are not kept, or one of them is refused and it is not known
  /// who follows.
  func listed(of source: Int) -> [Neighbor]? {
    guard candidates.has(source) else { return nil }
    let all = lists[source]
    let allowed = all.filter { isAllowed($0.article, on: source) }
    return allowed.count == all.count || all.count < lists.limit ? allowed : nil
  }

  private func isAllowed(_ target: Int, on source: Int) -> Bool {
    let archive = recommender.archive
    return recommender.isListable[target]
      && (recommender.options.rules.bans.isEmpty
        || recommender.options.rules.allows(
          archive.articles[target].id, on: archive.articles[source].id))
  }
}
