/// The ranking model's few numbers. Chosen on half of digitalgov's topics, confirmed on the other.
///
/// relatedness = (1 − λ)·cosine + λ·expanded + p·passage − h·hub, where λ falls with the length of
/// the two articles. See `CandidateRanking`.
public struct RankingOptions: Sendable, Hashable, Codable {
  /// How many articles the exact index hands to the second look.
  public var candidates = 30
  /// How many nearest neighbours of an article speak for it.
  public var neighbors = 10
  /// λ = this / (this + √(mₐ·m_b)), m the number of terms: an article of two paragraphs needs its
  /// neighbours to speak for it, one of three pages does not. 0 leaves the expansion out.
  public var expansionLength = 30.0
  /// The weight of the nearest passages. 0 leaves them out.
  public var passageWeight = 0.5
  /// How many paragraphs of the source count, the nearest ones.
  public var passages = 2
  /// How many terms after the headline are an article's opening: news puts the point first.
  public var openingLength = 160
  /// What is taken off for standing near to everything: this times the mean cosine of an article
  /// with its own neighbours.
  public var hubPenalty = 0.0

  public init() {}
}
