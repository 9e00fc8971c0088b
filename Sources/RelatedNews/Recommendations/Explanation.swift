import Foundation

/// Why two articles are related, term by term: contributions and the hub's deduction add up to the
/// relatedness, which the recency factor turns into the score.
public struct Explanation: Sendable, Hashable {
  /// What one term, as readers know it, brings to the relatedness.
  public struct Contribution: Sendable, Hashable {
    public let term: String
    /// Where the target has it; empty where only its neighbours do.
    public let fields: [ArticleField]
    public let value: Double
  }

  /// The terms that are too weak to be named one by one.
  public struct Others: Sendable, Hashable {
    public let count: Int
    /// What they bring together.
    public let value: Double
  }

  /// How many terms are named: of a few thousand contributions all others are too small to see.
  public static let namedTerms = 25

  public let source: Article
  public let target: Article
  /// Largest first, at most `namedTerms`; equal ones by term.
  public let contributions: [Contribution]
  /// All other terms: with `contributions` and `hubDeduction` they add up to `relatedness`.
  public let others: Others
  /// What standing near to everything takes off; 0 or less.
  public let hubDeduction: Double
  /// The sum of the contributions and the deduction, not below 0.
  public let relatedness: Double
  public let recencyFactor: Double
  public let score: Double
  public let placement: Placement

  /// Where the target stands for the source.
  public enum Placement: Sendable, Hashable {
    case listed(rank: Int)
    /// On the list because an editor put it there.
    case pinned(rank: Int)
    /// On the list only to fill it.
    case filler(rank: Int)
    case refused(Refusal)
    case sameArticle
    case copyOfSource
    case foldedInto(String)
    case belowFloor(support: Double, floor: Double)
    case belowMinimum(Double)
    case beyondLimit(rank: Int)
    /// Good enough by its score, but pins or diversity put others before it.
    case displaced(rank: Int)
    /// An editor never wants it beside an article that stands higher.
    case keptApart(from: String)
    case notAmongCandidates(Int)
    case nothingShared
  }

  /// A line that a content management system can print. A word that stands in a phrase already
  /// named is left out, and a phrase takes the place of its words.
  public var plainWords: String {
    var named: [String] = []
    for term in contributions.lazy.filter({ $0.value > 0 }).map(\.term).prefix(8) {
      if named.contains(where: { Self.phrase($0, has: term) }) { continue }
      let place = named.firstIndex { Self.phrase(term, has: $0) }
      named.removeAll { Self.phrase(term, has: $0) }
      if let place { named.insert(term, at: place) } else if named.count < 3 { named.append(term) }
    }
    return Self.sentence(about: named)
  }

  /// Whether all words of `term` stand in `phrase`: `"Harrow Dam"` has `"Dam"`.
  private static func phrase(_ phrase: String, has term: String) -> Bool {
    let words = phrase.lowercased().split(separator: " ")
    return term.lowercased().split(separator: " ").allSatisfy(words.contains)
  }

  /// `Both are about “Harrow Dam”, “spillway” and “crack”.`
  package static func sentence(about terms: [String]) -> String {
    guard !terms.isEmpty else { return "They share no telling word." }
    let named = terms.map { "“\($0)”" }
    let list =
      named.count == 1
      ? named[0] : named.dropLast().joined(separator: ", ") + " and " + named[named.count - 1]
    return "Both are about \(list)."
  }
}

extension Explanation.Placement: CustomStringConvertible {
  public var description: String {
    switch self {
    case .listed(let rank): "listed at rank \(rank)"
    case .pinned(let rank): "listed at rank \(rank): an editor pinned it"
    case .filler(let rank): "listed at rank \(rank) to fill the list: same section, newest"
    case .refused(let refusal): "not listed: \(refusal)"
    case .sameArticle: "not listed: an article is never on its own list"
    case .copyOfSource: "not listed: it is a copy of the source article"
    case .foldedInto(let id): "not listed: folded into its newer or better version \(id)"
    case .belowFloor(let support, let floor):
      "not listed: without the strongest term their cosine is \(Explanation.fixed(support)), below "
        + "the archive's floor \(Explanation.fixed(floor))"
    case .belowMinimum(let minimum): "not listed: below --min-score \(minimum)"
    case .beyondLimit(let rank): "not listed: rank \(rank) is beyond --limit"
    case .displaced(let rank):
      "not listed: rank \(rank) by its score, but pins or --diversity put others before it"
    case .keptApart(let id): "not listed: an editor never wants it together with \(id)"
    case .notAmongCandidates(let count): "not listed: not among the \(count) nearest by cosine"
    case .nothingShared: "not listed: the two share no term"
    }
  }
}

extension Explanation {
  static func fixed(_ value: Double) -> String { String(format: "%.6f", value) }

  /// The whole account, to be read in a terminal.
  public func text(termLimit: Int = 12) -> String {
    var lines = [
      "\(source.id) → \(target.id)", "  \(target.title)", "", "  \(placement)",
      "  \(plainWords)", "",
      "  score        \(Self.fixed(score))  = relatedness × recency",
      "  relatedness  \(Self.fixed(relatedness))", "  recency      \(Self.fixed(recencyFactor))",
      "",
    ]
    for entry in contributions.prefix(termLimit) {
      let place =
        entry.fields.isEmpty
        ? "in its neighbours" : entry.fields.map { "\($0)" }.joined(separator: ", ")
      lines.append("  \(Self.fixed(entry.value))  \(entry.term) (\(place))")
    }
    let rest = contributions.dropFirst(termLimit)
    let count = rest.count + others.count
    if count > 0 {
      lines.append(
        "  \(Self.fixed(rest.reduce(others.value) { $0 + $1.value }))  \(count) other terms together"
      )
    }
    if hubDeduction != 0 {
      lines.append("  \(Self.fixed(hubDeduction))  for standing near to everything")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
