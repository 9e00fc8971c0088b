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
    of scored: [ScoredCandidate], source: Recommender.Source, archive: Archive, threshold: Double?
  ) {
    guard let threshold else {
      groups = scored.map { Group(best: $0, versions: []) }
      copiesOfSource = []
      return
    }
    let duplicates = NearDuplicates(threshold: threshold, sequences: archive.analysis.sequences)
    let own = NearDuplicates.shingles(of: source.sequenceIndex, in: source.sequences)
    // A copy shares most of its words, so its cosine is high; the others need no second look.
    var members: [[ScoredCandidate]] = []
    var shingles: [[UInt64]] = []
    var copies: [Int] = []
    for candidate in scored {
      guard candidate.relatedness >= Self.lowestCopyScore else {
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

  /// Below this relatedness two articles share too few words for one to be a copy of the other.
  private static let lowestCopyScore: Float = 0.2
}
