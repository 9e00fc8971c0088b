import Foundation

/// How good lists are, by the judgments of people.
public struct Evaluation: Sendable {
  /// The measures of one query, by name, in the order of `measureNames`.
  public struct Row: Sendable, Hashable {
    public let query: String
    public let values: [Double]
  }

  public static let measureNames = [
    "P@5", "P@10", "Recall@5", "Recall@10", "AP", "RR", "nDCG@5", "nDCG@10", "Judged@10",
  ]

  /// One row a query with at least one relevant article, in the order of the judgments.
  public let rows: [Row]

  public init(of run: Run, judgedBy judgments: Judgments) {
    rows = judgments.queries.compactMap { query in
      let grades = judgments.grades[query] ?? [:]
      let relevant = grades.values.count { $0 > 0 }
      guard relevant > 0 else { return nil }
      let ranking = run.rankings[query] ?? []
      let gains = ranking.map { grades[$0] ?? 0 }
      let judged = grades.values.sorted(by: >)
      let judgedShare =
        ranking.isEmpty
        ? 0
        : Double(ranking.prefix(10).count { grades[$0] != nil }) / Double(min(10, ranking.count))
      return Row(
        query: query,
        values: [
          Measures.precision(gains, at: 5), Measures.precision(gains, at: 10),
          Measures.recall(gains, at: 5, relevant: relevant),
          Measures.recall(gains, at: 10, relevant: relevant),
          Measures.averagePrecision(gains, relevant: relevant), Measures.reciprocalRank(gains),
          Measures.nDCG(gains, at: 5, judged: judged), Measures.nDCG(gains, at: 10, judged: judged),
          judgedShare,
        ])
    }
  }

  /// The mean of each measure over all queries.
  public var means: [Double] {
    Self.measureNames.indices.map { index in
      rows.isEmpty ? 0 : rows.reduce(0) { $0 + $1.values[index] } / Double(rows.count)
    }
  }

  /// The figures as a table to be read.
  public func table(perQuery: Bool) -> String {
    var lines: [String] = []
    if perQuery {
      lines.append((["query"] + Self.measureNames).joined(separator: "\t"))
      for row in rows {
        lines.append(([row.query] + row.values.map(Self.fixed)).joined(separator: "\t"))
      }
      lines.append("")
    }
    lines.append("queries    \(rows.count)")
    for (name, mean) in zip(Self.measureNames, means) {
      let padding = String(repeating: " ", count: max(1, 11 - name.count))
      lines.append(name + padding + Self.fixed(mean))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func fixed(_ value: Double) -> String { String(format: "%.4f", value) }
}
