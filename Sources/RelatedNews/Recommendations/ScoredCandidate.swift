/// A candidate after the second look.
struct ScoredCandidate: Sendable, Hashable {
  let article: Int
  /// Relatedness times the pair's factor.
  let score: Float
  /// The text's part of the score.
  let relatedness: Float
  let cosine: Float
  /// The cosine without the strongest shared term: what `ScoreFloor` judges.
  let support: Float

  /// By score, equal scores by article number.
  static func isOrdered(_ a: ScoredCandidate, before b: ScoredCandidate) -> Bool {
    a.score == b.score ? a.article < b.article : a.score > b.score
  }
}

/// What relatedness is made of, before it is added up.
struct RelatednessParts: Sendable, Hashable {
  var cosine = 0.0
  /// The cosine without the strongest shared term.
  var support = 0.0
  /// The share of the expanded similarity, λ.
  var expansionShare = 0.0
  var expanded = 0.0
  var passage = 0.0
  var hub = 0.0

  /// (1 − λ)·cosine + λ·expanded + p·passage − h·hub, never below 0.
  func total(_ options: RankingOptions) -> Double {
    max(
      0,
      (1 - expansionShare) * cosine + expansionShare * expanded
        + options.passageWeight * passage - options.hubPenalty * hub)
  }
}
