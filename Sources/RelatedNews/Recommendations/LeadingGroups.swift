extension CandidateRanking {
  /// The groups that a list of `limit` entries can be made of: those of `groups(of:)` but for some
  /// that cannot be listed, and without saying who is a copy of the source.
  ///
  /// The expanded similarity is the dearest part of a score and never more than 1. So candidates are
  /// looked at by the score that they would have with 1; once `limit` entries are sure of their
  /// places, whoever would still score less is left out. A candidate that is a version of anything is
  /// always scored: which version of a group is listed does not follow from its score.
  ///
  /// - Parameter isGood: whether a candidate may be listed; true of no score below one it is false of.
  func leadingGroups(
    of candidates: [Neighbor], for source: QueryArticle, limit: Int,
    scratch: inout RankingScratch, factor: (Int) -> Float, isGood: (ScoredCandidate) -> Bool
  ) -> VersionGroups {
    guard let versions, limit > 0 else {
      let all = scores(of: candidates, for: source, scratch: &scratch, factor: factor)
      return groups(of: all, for: source, scratch: &scratch)
    }
    let loaded = load(source, scratch: &scratch)
    var contenders = candidates.map { candidate in
      Contender(
        candidate.article,
        parts: firstParts(of: candidate.article, for: loaded, scratch: &scratch),
        factor: factor(candidate.article), ranking: self)
    }
    let copies = copies(of: source, among: contenders.map(\.atMost))
    let named = Set(contenders.lazy.flatMap { versions[$0.article] })
    contenders.sort { ScoredCandidate.isOrdered($0.atMost, before: $1.atMost) }
    var scored: [ScoredCandidate] = []
    /// The highest scores of single articles that are sure to be good, descending.
    var sure: [Float] = []
    for contender in contenders where !copies.contains(contender.article) {
      let isSingle =
        contender.factor >= 0 && !named.contains(contender.article)
        && versions[contender.article].isEmpty
      if isSingle {
        if !isGood(contender.atMost) { continue }
        if sure.count == limit, contender.atMost.score < sure[limit - 1] { continue }
      }
      var parts = contender.parts
      addExpanded(of: contender.article, for: loaded, scratch: &scratch, to: &parts)
      let candidate = self.scored(contender.article, parts, factor: contender.factor)
      scored.append(candidate)
      if isSingle, isGood(candidate) {
        sure.insert(candidate.score, at: sure.firstIndex { $0 < candidate.score } ?? sure.count)
        if sure.count > limit { sure.removeLast() }
      }
    }
    return VersionGroups(
      folding: scored.sorted(by: ScoredCandidate.isOrdered(_:before:)), copiesOfSource: []
    ) { versions[$0] }
  }
}

/// A candidate whose expanded similarity is not known yet.
private struct Contender {
  let article: Int
  let parts: RelatednessParts
  let factor: Float
  /// What it is at most, bit for bit: every step from the expanded similarity to the score rounds
  /// more to no less.
  let atMost: ScoredCandidate

  init(_ article: Int, parts: RelatednessParts, factor: Float, ranking: CandidateRanking) {
    self.article = article
    self.parts = parts
    self.factor = factor
    var most = parts
    most.expanded = 1
    atMost = ranking.scored(article, most, factor: factor)
  }
}
