/// An evaluation as people read it: means with their intervals.
extension Evaluation {
  /// The figures as a table, each with the 95 % interval that the choice of queries leaves it.
  public func table(perQuery: Bool = false, jobs: Int = 1) -> String {
    let width = max(11, (names.map(\.count).max() ?? 0) + 2)
    var lines: [String] = []
    lines.append("queries".padded(to: width) + String(rows.count))
    let intervals = Bootstrap.intervals(ofMeans: columns, jobs: jobs)
    for (index, name) in names.enumerated() {
      let interval = intervals[index].map { "   " + Self.text($0) } ?? ""
      lines.append(name.padded(to: width) + Self.fixed(means[index]) + interval)
    }
    return (perQuery ? queryLines() + "\n" : "") + lines.joined(separator: "\n") + "\n"
  }

  /// A warning where so little is judged that the figures say little; nil where it is enough.
  ///
  /// What nobody judged counts as irrelevant, so a system that finds new articles looks bad.
  package var judgedWarning: String? {
    guard let judged = mean("Judged@10"), judged < 0.6, !rows.isEmpty else { return nil }
    return
      "only \(Int((judged * 100).rounded())) % of the first ten were judged; the rest counts as "
      + "irrelevant, so the true figures are higher (related-news judge fills the gaps)"
  }

  /// Each query's figures, separated by tabs.
  package func queryLines() -> String {
    let rows = rows.map { ([$0.query] + $0.values.map(Self.fixed)).joined(separator: "\t") + "\n" }
    return (["query"] + names).joined(separator: "\t") + "\n" + rows.joined()
  }

  /// `[0.1234, 0.2345]`.
  package static func text(_ interval: ClosedRange<Double>) -> String {
    "[\(fixed(interval.lowerBound)), \(fixed(interval.upperBound))]"
  }
}

extension String {
  /// Filled up with spaces, for columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
