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

  public init(scored: [(score: Double, rating: Double)]) {
    count = scored.count
    pearson = Self.correlation(scored.map(\.score), scored.map(\.rating))
    spearman = Self.correlation(Self.ranks(scored.map(\.score)), Self.ranks(scored.map(\.rating)))
  }

  public func table(of total: Int) -> String {
    "pairs      \(count) of \(total)\nPearson r  \(Evaluation.fixed(pearson))\n"
      + "Spearman   \(Evaluation.fixed(spearman))\n"
  }

  /// Pearson's r; 0 where one side does not vary.
  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    guard x.count > 1 else { return 0 }
    let n = Double(x.count)
    let mx = x.reduce(0, +) / n
    let my = y.reduce(0, +) / n
    var xy = 0.0
    var xx = 0.0
    var yy = 0.0
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
  }

  /// Ranks from 1, equal values sharing the mean of theirs.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for i in start..<end { result[order[i]] = Double(start + end + 1) / 2 }
      start = end
    }
    return result
  }
}
