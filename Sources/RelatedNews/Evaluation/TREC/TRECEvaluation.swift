import Foundation

/// An evaluation as NIST's trec_eval makes and prints it, byte for byte.
///
///     TRECEvaluation(of: run, judgedBy: judgments, measures: try MeasureCatalog.measures(["official"])).text()
///
/// Queries are those of the judgments, by the bytes of their ids; a query without a list is left
/// out, or counts as an empty list where `isComplete`.
package struct TRECEvaluation: Sendable {
  package let measures: [Measure]
  let tag: String
  private let rows: [Row]

  private struct Row: Sendable {
    let query: String
    /// The values of each measure.
    let values: [[Double]]
    let grades: ArraySlice<Int>
  }

  /// - Complexity: O(r · m), r articles in lists, m measures.
  package init(
    of run: Run, judgedBy judgments: Judgments, measures: [Measure],
    options: JudgingOptions = JudgingOptions(), isComplete: Bool = false
  ) {
    self.measures = measures
    tag = run.tag
    let stringLength =
      measures.lazy.compactMap { measure in
        if case .gradeString(let length) = measure.style { length } else { nil }
      }.first ?? 0
    let queries = judgments.queries.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    rows = queries.compactMap { query in
      guard let judged = judgments.judged(for: query) else { return nil }
      guard run.hasRanking(of: query) else {
        guard isComplete else { return nil }
        return Self.missingRow(query, JudgedRanking.missing(judged, options), measures)
      }
      let ranking = JudgedRanking(run.entries(of: query), of: run, judged: judged, options)
      return Row(
        query: query, values: measures.map { $0.values(ranking) },
        grades: ranking.grades.prefix(stringLength))
    }
  }

  /// How many queries were evaluated.
  package var queryCount: Int { rows.count }

  /// The lines of each query, if `perQuery`, and the summary, if `summary`.
  ///
  /// - Throws: `ReadingError` if no query has both judgments and a list.
  package func text(perQuery: Bool = false, summary: Bool = true) throws -> String {
    guard !rows.isEmpty else {
      throw ReadingError(
        "no query has both a list and judgments: do the ids of the two files match?")
    }
    let details = perQuery ? rows.map(lines(of:)).joined() : ""
    return details + (summary ? summaryLines : "")
  }

  private func lines(of row: Row) -> String {
    zip(measures, row.values).map { measure, values in
      switch measure.style {
      case .runTag, .queryCount, .geometricMean: ""
      case .gradeString:
        TRECText.line(measure.names[0], row.query, TRECText.gradeString(row.grades))
      case .count: TRECText.line(measure.names[0], row.query, String(Int(values[0])))
      case .mean:
        zip(measure.names, values).map { TRECText.line($0, row.query, TRECText.fixed($1)) }
          .joined()
      }
    }.joined()
  }

  private var summaryLines: String {
    measures.enumerated().map { index, measure in
      switch measure.style {
      case .gradeString: ""
      case .runTag: TRECText.line(measure.names[0], "all", tag)
      case .queryCount, .count:
        TRECText.line(measure.names[0], "all", String(Int(summary(of: index)[0])))
      case .mean, .geometricMean:
        zip(measure.names, summary(of: index)).map {
          TRECText.line($0, "all", TRECText.fixed($1))
        }.joined()
      }
    }.joined()
  }

  /// The values of a measure, given by its place in `measures`, over all queries.
  package func summary(of measure: Int) -> [Double] {
    measures[measure].names.indices.map { value in
      measures[measure].style.summary(of: rows.map { $0.values[measure][value] })
    }
  }

  /// trec_eval measures a missing list as one article that nobody judged, then clears what would
  /// tell: by the name without parameters, so `utility_2,-1,0,0` stays.
  private static func missingRow(
    _ query: String, _ ranking: JudgedRanking, _ measures: [Measure]
  ) -> Row {
    let cleared = ["num_ret", "utility", "rbp_resid"]
    var grades = ranking.grades[...]
    let values = measures.map { measure in
      if measure.names[0] == "relstring" { grades = [] }
      return cleared.contains(measure.names[0]) || measure.family == "unj"
        ? measure.names.map { _ in 0 } : measure.values(ranking)
    }
    return Row(query: query, values: values, grades: grades)
  }
}
