import Foundation

/// A comparison as people read it: a table, then what it means in words.
extension Comparison {
  package func text() -> String {
    let header = [
      "measure", "system", "baseline", "mean", "difference", "95 % interval",
      systems.count > 1 ? "p (Holm)" : "p", "t-test p", "effect", "wins/ties/losses",
    ]
    let lines = rows.map { row in
      let difference = row.difference
      return [
        row.measure, row.system, TRECText.fixed(row.baselineMean), TRECText.fixed(row.mean),
        Self.signed(difference.mean), difference.interval.map(Self.signed) ?? "-",
        Self.probability(row.probability), difference.tProbability.map(Self.probability) ?? "-",
        difference.effectSize.map { String(format: "%+.2f", $0) } ?? "-",
        "\(difference.wins)/\(difference.ties)/\(difference.losses)",
      ]
    }
    let count = baseline.evaluation.rows.count
    return "baseline \(baseline.name), \(count) quer\(count == 1 ? "y" : "ies")\n\n"
      + TextTable.text([header] + lines) + "\n" + method + "\n\n"
      + decisive.map { Self.verdict($0, against: baseline.name) + "\n" }.joined()
  }

  /// One sentence: better, worse, or noise.
  package static func verdict(_ row: Row, against baseline: String) -> String {
    let difference = row.difference
    let size = TRECText.fixed(abs(difference.mean))
    let p = "p \(probabilityRelation(row.probability))"
    if difference.wins + difference.losses == 0 {
      return "\(row.measure): \(row.system) and \(baseline) are equal for every query."
    }
    if row.isMoreThanNoise {
      return "\(row.measure): \(row.system) is \(difference.mean > 0 ? "better" : "worse") than "
        + "\(baseline) by \(size), and that is more than noise (\(p))."
    }
    let width = difference.interval.map { ($0.upperBound - $0.lowerBound) / 2 } ?? 0
    let limit =
      width > 0
      ? " With these queries a difference below about \(TRECText.fixed(width)) cannot be told from "
        + "chance." : ""
    return "\(row.measure): \(row.system) is \(difference.mean >= 0 ? "above" : "below") "
      + "\(baseline) by \(size), which may well be noise (\(p)).\(limit)"
  }

  private var method: String {
    let isExact = rows.allSatisfy { $0.difference.randomization.isExact }
    return "p: paired randomization test, "
      + (isExact
        ? "exact"
        : "\(RandomizationTest.draws / 1_000),000 draws where more than "
          + "\(RandomizationTest.exactLimit) queries differ")
      + (systems.count > 1 ? ", Holm's correction for \(systems.count) systems" : "")
      + "; interval: bootstrap over queries; effect: mean difference in standard deviations."
  }

  static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }

  static func signed(_ interval: ClosedRange<Double>) -> String {
    "[\(signed(interval.lowerBound)), \(signed(interval.upperBound))]"
  }

  static func probability(_ p: Double) -> String {
    p < 0.00005 ? "<0.0001" : TRECText.fixed(p)
  }

  private static func probabilityRelation(_ p: Double) -> String {
    p < 0.00005 ? "< 0.0001" : "= " + TRECText.fixed(p)
  }
}

/// Columns of text, the first two to the left, the others to the right.
enum TextTable {
  static func text(_ rows: [[String]], leading: Int = 2) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < leading ? cell + padding : padding + cell
      }
      return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
    }.joined()
  }
}
