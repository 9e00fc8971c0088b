extension Recommender {
  /// The list of a source, made without looking at the neighbours of some candidates; nil where it
  /// might be another than with them.
  ///
  /// Of a candidate that is left out all is known but its neighbours, which say two things: the
  /// expanded similarity, which is at most 1, and which versions of it there are. So it is the same
  /// list where every one of them scores less with 1 than the last entry, and where none is near enough
  /// to be a version of any other candidate, or of a version of one.
  ///
  /// - Parameter others: who is left out, by number.
  func list(for source: QueryArticle, leavingOut others: Set<Int>) -> RecommendationList? {
    guard options.entriesAreIndependent(for: source.article.id), options.limit > 0,
      options.ranking.hubPenalty >= 0
    else { return nil }
    let ranking = CandidateRanking(
      archive: archive, options: options.ranking, nearDuplicate: options.nearDuplicate)
    var scratch = ranking.makeScratch()
    let factor = factor(for: source)
    let candidates = archive.index.nearest(
      to: source.vector, limit: options.ranking.candidates, weightedBy: factor)
    let leading = candidates.filter { !others.contains($0.article) }
    let rest = candidates.map(\.article).filter { others.contains($0) }
    let scored = ranking.scores(of: leading, for: source, scratch: &scratch, factor: factor)
    let groups = ranking.groups(of: scored, for: source, scratch: &scratch)
    let list = list(for: source, groups: groups, ranking: ranking, scratch: &scratch)
    guard list.items.count >= options.limit, let last = list.items.prefix(options.limit).last,
      last.fallback == nil
    else { return nil }
    let loaded = ranking.load(source, scratch: &scratch)
    for article in rest {
      let most = ranking.atMost(
        article, for: loaded, scratch: &scratch, factor: factor(article))
      guard most.score < last.score else { return nil }
    }
    guard options.nearDuplicate != nil else { return list }
    // Who may be a version of a leading candidate, and each of these.
    var near = Set(leading.map(\.article))
    for candidate in leading {
      for neighbor in ranking.neighbors(of: candidate.article, scratch: &scratch).neighbors
      where neighbor.score >= NearDuplicates.lowestCosine { near.insert(neighbor.article) }
    }
    for article in rest {
      let products = archive.index.products(with: archive.index.articles[article])
      guard near.allSatisfy({ Float(products[$0]) < NearDuplicates.lowestCosine }) else {
        return nil
      }
    }
    return list
  }
}
