/// The candidates of a list with copies folded: copies of the source are gone, copies of each other
/// are one group.
struct VersionGroups: Sendable {
  /// One story in one or more versions.
  struct Group: Sendable, Hashable {
    /// The version that is listed: the newest.
    let best: ScoredCandidate
    /// All versions, newest first; empty where there is only one.
    let versions: [Int]
  }

  /// By the score of the listed version, equal scores by article number.
  let groups: [Group]
  /// Candidates that are versions of the source itself.
  let copiesOfSource: [Int]

  /// Every candidate for itself.
  init(unfolded scored: [ScoredCandidate]) {
    groups = scored.map { Group(best: $0, versions: []) }
    copiesOfSource = []
  }

  /// - Parameters:
  ///   - scored: best first, as `CandidateRanking.scores` has them.
  ///   - versions: the versions of a candidate, by article number.
  /// - Complexity: O(c · k), c the candidates, k their versions.
  init(
    folding scored: [ScoredCandidate], copiesOfSource: Set<Int>, versions: (Int) -> [Int]
  ) {
    let candidates =
      copiesOfSource.isEmpty ? scored : scored.filter { !copiesOfSource.contains($0.article) }
    let known = candidates.map { versions($0.article) }
    self.copiesOfSource = copiesOfSource.sorted()
    if known.allSatisfy(\.isEmpty) {
      groups = candidates.map { Group(best: $0, versions: []) }
      return
    }
    var members: [[ScoredCandidate]] = []
    var groupOfArticle: [Int: Int] = [:]
    let isNamed = Set(known.joined())
    for (candidate, its) in zip(candidates, known) {
      if its.isEmpty, !isNamed.contains(candidate.article) {
        members.append([candidate])
        continue
      }
      if let group = groupOfArticle[candidate.article]
        ?? its.lazy.compactMap({ groupOfArticle[$0] }).first
      {
        members[group].append(candidate)
        for article in its + [candidate.article] where groupOfArticle[article] == nil {
          groupOfArticle[article] = group
        }
      } else {
        for article in its + [candidate.article] { groupOfArticle[article] = members.count }
        members.append([candidate])
      }
    }
    groups = members.map { versions in
      // The archive's order is newest first.
      let newestFirst = versions.sorted { $0.article < $1.article }
      return Group(
        best: newestFirst[0], versions: versions.count > 1 ? newestFirst.map(\.article) : [])
    }.sorted {
      ($0.best.score, $1.best.article) > ($1.best.score, $0.best.article)
    }
  }
}
