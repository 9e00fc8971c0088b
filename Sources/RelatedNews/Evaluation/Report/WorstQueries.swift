/// The queries that went worst: what was expected, and what came.
package struct WorstQueries: Sendable {
  package struct Query: Sendable {
    package let id: String
    package let value: Double
    /// The best judged articles, best first, each with the rank it came at; nil where it did not.
    package let expected: [(article: String, grade: Int, rank: Int?)]
    /// The first articles of the list; a grade is nil where nobody judged.
    package let came: [(article: String, grade: Int?)]
  }

  package let measure: String
  package let queries: [Query]

  /// The worst `count` queries by nDCG@10, or by the first measure without it.
  package init(
    of evaluation: Evaluation, run: Run, judgments: Judgments, count: Int = 5, depth: Int = 5
  ) {
    let measure =
      evaluation.names.contains("nDCG@10") ? "nDCG@10" : evaluation.names.first ?? "nDCG@10"
    self.measure = measure
    let values = evaluation.column(measure) ?? []
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
    }
    queries = order.prefix(count).map { index in
      let id = evaluation.rows[index].query
      let ranking = run.ranking(of: id)
      let expected = judgments.graded(for: id).prefix { $0.grade > 0 }.prefix(depth)
      return Query(
        id: id, value: values[index],
        expected: expected.map { entry in
          (entry.article, entry.grade, ranking.firstIndex(of: entry.article).map { $0 + 1 })
        },
        came: ranking.prefix(depth).map { ($0, judgments.grade(of: $0, for: id)) })
    }
  }

  /// - Parameter title: the headline of an article; nil where it is not known.
  package func text(title: (String) -> String?) -> String {
    guard !queries.isEmpty else { return "" }
    func name(_ id: String) -> String {
      id + (title(id).flatMap { $0.isEmpty ? nil : "  \"\(Plain.oneLine($0))\"" } ?? "")
    }
    let heading = queries.count == 1 ? "the worst query" : "the \(queries.count) worst queries"
    return "\(heading) by \(measure)\n\n"
      + queries.map { query in
        let expected = query.expected.map { entry in
          "    grade \(entry.grade)  \(entry.rank.map { "came \($0)" } ?? "missing")  "
            + name(entry.article)
        }
        let came = query.came.map { entry in
          "    \(entry.grade.map { $0 < 0 ? "unjudged" : "grade \($0) " } ?? "unjudged")  "
            + name(entry.article)
        }
        return
          (["\(Evaluation.fixed(query.value))  \(name(query.id))", "  expected"] + expected
          + ["  came"] + (came.isEmpty ? ["    nothing"] : came)).joined(separator: "\n") + "\n"
      }.joined(separator: "\n")
  }
}
