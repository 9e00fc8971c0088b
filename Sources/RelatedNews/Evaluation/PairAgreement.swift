import Foundation

/// Pairs of articles that people rated for similarity.
public struct RatedPairs: Sendable, Hashable {
  public struct Pair: Sendable, Hashable {
    public let first: String
    public let second: String
    public let rating: Double
  }

  public let pairs: [Pair]

  /// Reads `id<TAB>id<TAB>rating` lines; a first line that is a header is left out.
  public static func read(_ path: String) throws -> RatedPairs {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw ReadingError("\(path): no such file, or not UTF-8") }
    var pairs: [Pair] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated() where !line.isEmpty && !line.hasPrefix("#")
    {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3, let rating = Double(fields[2]), rating.isFinite else {
        if index == 0 { continue }
        throw ReadingError("\(path):\(index + 1): expected id, id, rating, separated by tabs")
      }
      pairs.append(Pair(first: fields[0], second: fields[1], rating: rating))
    }
    guard !pairs.isEmpty else { throw ReadingError("\(path): no pairs") }
    return RatedPairs(pairs: pairs)
  }
}

/// How well scores follow human ratings.
public struct PairAgreement: Sendable {
  public let count: Int
  public let pearson: Double
  public let spearman: Double
  /// How likely of two pairs with different ratings the higher one scores higher; nil where all
  /// ratings are equal.
  public let areaUnderCurve: Double?

  public init(scored: [(score: Double, rating: Double)]) {
    let (scores, ratings) = (scored.map(\.score), scored.map(\.rating))
    count = scored.count
    pearson = Correlation.pearson(scores, ratings)
    spearman = Correlation.spearman(scores, ratings)
    areaUnderCurve = AreaUnderCurve.concordance(scores: scores, ratings: ratings)
  }

  /// The figures with their 95 % intervals, as if the pairs were independent of each other.
  public func table(of total: Int) -> String {
    let lines = [
      "pairs      \(count) of \(total)",
      "Pearson r  " + Self.text(pearson, Correlation.pearsonInterval(pearson, count: count)),
      "Spearman   " + Self.text(spearman, Correlation.spearmanInterval(spearman, count: count)),
      "AUC        " + (areaUnderCurve.map { TRECText.fixed($0) } ?? "none: all ratings are equal"),
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ value: Double, _ interval: ClosedRange<Double>?) -> String {
    TRECText.fixed(value) + (interval.map { "   " + Evaluation.text($0) } ?? "")
  }
}
