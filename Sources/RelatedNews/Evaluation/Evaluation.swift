import Foundation

/// How good lists are, by the judgments of people.
///
/// Queries are those with at least one relevant article; one without a list counts as an empty list.
public struct Evaluation: Sendable {
  /// The measures of one query, in the order of `names`.
  public struct Row: Sendable, Hashable {
    public let query: String
    public let values: [Double]
  }

  /// What the table shows unless asked for something else.
  public static let measureNames = [
    "P@5", "P@10", "Recall@5", "Recall@10", "AP", "RR", "nDCG@5", "nDCG@10", "Judged@10",
  ]

  /// The names of the values of each row.
  public let names: [String]
  private let styles: [Measure.Style]
  /// One row a query with at least one relevant article, in the order of the judgments.
  public let rows: [Row]

  public init(of run: Run, judgedBy judgments: Judgments) {
    self.init(of: run, judgedBy: judgments, measures: Self.standardMeasures)
  }

  package init(
    of run: Run, judgedBy judgments: Judgments, measures: [Measure],
    options: JudgingOptions = JudgingOptions()
  ) {
    names = measures.flatMap(\.names)
    styles = measures.flatMap { measure in measure.names.map { _ in measure.style } }
    rows = judgments.queries.compactMap { query in
      guard let judged = judgments.judged(for: query),
        judged.grades.contains(where: { $0 >= max(0, options.relevanceLevel) })
      else { return nil }
      let entries = run.entries(of: query)
      let ranking =
        entries.isEmpty
        ? JudgedRanking.missing(judged, options)
        : JudgedRanking(entries, of: run, judged: judged, options)
      return Row(query: query, values: measures.flatMap { $0.values(ranking) })
    }
  }

  package static let standardMeasures: [Measure] = measureNames.compactMap {
    try? MeasureCatalog.value($0)
  }

  /// The mean of each measure over all queries; counts are added up.
  public var means: [Double] { zip(styles, columns).map { $0.summary(of: $1) } }

  /// The values of each measure, by query.
  package var columns: [[Double]] {
    names.indices.map { index in rows.map { $0.values[index] } }
  }

  /// The values of one measure, by query.
  package func column(_ name: String) -> [Double]? {
    names.firstIndex(of: name).map { index in rows.map { $0.values[index] } }
  }

  /// The mean of one measure; nil if it was not measured.
  package func mean(_ name: String) -> Double? {
    names.firstIndex(of: name).map { means[$0] }
  }

  static func fixed(_ value: Double) -> String { TRECText.fixed(value) }
}
