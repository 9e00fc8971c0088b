import Foundation

/// What a list should be: the one place of the defaults, each with its reason.
public struct RecommendationOptions: Sendable, Hashable, Codable {
  /// How many entries at most.
  public var limit = 5  // what readers see beside an article
  /// Entries that score lower are left out; nil asks for the archive's own calibrated floor.
  public var minimumScore: Double?
  public var eligibility = Eligibility()
  public var recency = Recency()
  /// From this share of words in common, in the same order, two articles are versions of one; nil
  /// never folds.
  public var nearDuplicate: Double? = 0.9
  /// 0 ranks by score alone, towards 1 entries must differ more from those above them (maximal
  /// marginal relevance). Off: on the judged sets it only lost.
  public var diversity = 0.0
  /// Shorter lists are filled up with the newest of the same section, labelled as such.
  public var minimumResults = 0
  /// The moment that embargo and expiry are judged by; nil is the present.
  public var now: Date?
  /// Pins and bans, stronger than any score.
  public var rules = EditorialRules()
  /// Whether every entry carries its explanation; costs a second look at each.
  public var explains = false
  public var ranking = RankingOptions()

  public init() {}

  /// Whether an entry of this article's list keeps no other off it, so that the best are the first
  /// `limit`.
  func entriesAreIndependent(for id: String) -> Bool {
    diversity == 0 && rules.apart.isEmpty && rules.pins[id] == nil
  }
}
