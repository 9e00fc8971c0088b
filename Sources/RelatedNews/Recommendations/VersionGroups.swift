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

  /// - Complexity: O(c² + c · m), c the candidates, m their shingles.
  init(
    of scored: [ScoredCandidate], source: QueryArticle, archive: Archive, threshold: Double?
  ) {
    guard let threshold else {
      groups = scored.map { Group(best: $0, versions: []) }
      copiesOfSource = []
      return
    }
    let duplicates = NearDuplicates(threshold: threshold, sequences: archive.analysis.sequences)
    let own = NearDuplicates.shingles(of: source.sequenceIndex, in: source.sequences)
    var members: [[ScoredCandidate]] = []
    var shingles: [[UInt64]] = []
    var copies: [Int] = []
    for candidate in scored {
      guard candidate.cosine >= NearDuplicates.lowestCosine else {
        members.append([candidate])
        shingles.append([])
        continue
      }
      let its = duplicates.shingles(of: candidate.article)
      if duplicates.areVersions(own, its) {
        copies.append(candidate.article)
      } else if let group = shingles.firstIndex(where: { duplicates.areVersions($0, its) }) {
        members[group].append(candidate)
      } else {
        members.append([candidate])
        shingles.append(its)
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
    copiesOfSource = copies.sorted()
  }
}
