import Foundation

/// A condition under which a run must not pass: `--fail-if "ndcg_cut_10 < 0.40"`,
/// `"ndcg_cut_10 drops"`, `"nDCG@10 drops by 0.01"`, `"nDCG@10 drops significantly"`.
package struct QualityGate: Sendable {
  private enum Condition: Sendable {
    case compares(Comparator, Double)
    /// Falls below the baseline by more than `margin`.
    case drops(margin: Double)
    /// Falls below the baseline by more than noise.
    case dropsSignificantly
  }

  private enum Comparator: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  /// The condition as it was written.
  package let text: String
  /// The measure, by the name it was written with.
  package let measure: Measure
  private let condition: Condition

  /// Lists print four decimals: what cannot be seen there is no drop.
  private static let smallestDrop = 0.00005
  /// The mean of twelve times 0.2 is a little below 0.2 in binary: that must not fail `< 0.2`.
  private static let rounding = 1e-9

  /// - Throws: `MeasureError` for what is no condition.
  package init(_ text: String) throws {
    self.text = text
    var words = text.split(separator: " ").map(String.init)
    if words.count == 1 { words = Self.separated(text) }
    guard words.count >= 2 else { throw Self.error(text) }
    measure = try MeasureCatalog.value(words[0])
    switch words.dropFirst().joined(separator: " ") {
    case "drops": condition = .drops(margin: Self.smallestDrop)
    case "drops significantly": condition = .dropsSignificantly
    default:
      guard let number = words.last.flatMap(Double.init), number.isFinite else {
        throw Self.error(text)
      }
      if words.count == 4, words[1] == "drops", words[2] == "by", number >= 0 {
        condition = .drops(margin: number)
      } else if words.count == 3, let comparator = Comparator(rawValue: words[1]) {
        condition = .compares(comparator, number)
      } else {
        throw Self.error(text)
      }
    }
  }

  package var needsBaseline: Bool {
    if case .compares = condition { false } else { true }
  }

  /// Why `evaluation` does not pass; nil if it does. A condition about drops needs `comparison`.
  package func failure(mean: Double, comparison: Comparison.Row?) -> String? {
    let name = measure.names[0]
    switch condition {
    case .compares(let comparator, let number):
      let holds =
        switch comparator {
        case .less: mean < number - Self.rounding
        case .atMost: mean <= number + Self.rounding
        case .greater: mean > number + Self.rounding
        case .atLeast: mean >= number - Self.rounding
        }
      return holds ? "\(name) is \(TRECText.fixed(mean)): fails \"\(text)\"" : nil
    case .drops(let margin):
      guard let row = comparison, -row.difference.mean > margin else { return nil }
      return failure(of: row)
    case .dropsSignificantly:
      guard let row = comparison, row.difference.mean < 0, row.isMoreThanNoise else { return nil }
      return failure(of: row)
    }
  }

  private func failure(of row: Comparison.Row) -> String {
    "\(measure.names[0]) of \(row.system) fell from \(TRECText.fixed(row.baselineMean)) to "
      + "\(TRECText.fixed(row.mean)) (p \(Comparison.probability(row.probability))): fails \"\(text)\""
  }

  /// `"P_5<0.4"` without spaces.
  private static func separated(_ text: String) -> [String] {
    for comparator in ["<=", ">=", "<", ">"] {
      let parts = text.components(separatedBy: comparator)
      if parts.count == 2 { return [parts[0], comparator, parts[1]] }
    }
    return [text]
  }

  private static func error(_ text: String) -> MeasureError {
    MeasureError(
      "--fail-if \"\(text)\": expected MEASURE < NUMBER (or <=, >, >=), MEASURE drops, "
        + "MEASURE drops by NUMBER, or MEASURE drops significantly")
  }
}
