/// What a reader should see next to one article, best first.
public struct RecommendationList: Sendable, Hashable {
  /// The article that the list is for.
  public let id: String
  public let items: [Recommendation]

  public init(id: String, items: [Recommendation]) {
    self.id = id
    self.items = items
  }
}

/// One entry of a list.
public struct Recommendation: Sendable, Hashable {
  public let article: Article
  /// Relatedness times the recency factor, 0 to 1.5: the nearest passages add up to half to a cosine.
  /// 0 for a fallback.
  public let score: Float
  /// The terms that matter most, as readers know them.
  public let because: [String]
  /// The ids of all versions of this story, newest first; empty where there is only this one.
  public let versions: [String]
  /// Why it is here although it is not related: `"same section, newest"`; nil for the others.
  public let fallback: String?
  /// Whether an editor put it here.
  public let isPinned: Bool
  /// Where the score comes from; nil unless asked for.
  public let explanation: Explanation?

  public init(
    article: Article, score: Float, because: [String] = [], versions: [String] = [],
    fallback: String? = nil, isPinned: Bool = false, explanation: Explanation? = nil
  ) {
    self.isPinned = isPinned
    self.explanation = explanation
    self.article = article
    self.score = score
    self.because = because
    self.versions = versions
    self.fallback = fallback
  }
}
