/// Measures by the names that papers give them: `nDCG@5`, `AP`, `RR`, `P@5`, `Recall@10`,
/// `Success@1`, `Judged@5`.
enum ReadableMeasures {
  static let families = ["nDCG", "AP", "RR", "P", "Recall", "Success", "Judged"]

  /// The measure of this name; nil for a name of another kind.
  static func measure(_ name: String) throws -> Measure? {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard families.contains(parts[0]), parts.count <= 2 else { return nil }
    if parts.count == 1 {
      switch parts[0] {
      case "AP": return renamed(AveragePrecisionMeasures.averagePrecision, name)
      case "RR": return renamed(AveragePrecisionMeasures.reciprocalRank, name)
      case "nDCG": return renamed(try GainMeasures.nDCG(MeasureParameters(text: nil)), name)
      default: return nil
      }
    }
    guard let k = Int(parts[1]), k > 0 else {
      throw MeasureError("\(name): expected a rank of 1 or more after the @")
    }
    let parameters = MeasureParameters(text: String(k))
    switch parts[0] {
    case "nDCG": return renamed(try GainMeasures.nDCGAtCutoffs(parameters), name)
    case "P": return renamed(try CutoffMeasures.precision(parameters), name)
    case "Recall": return renamed(try CutoffMeasures.recall(parameters), name)
    case "Success": return renamed(try CutoffMeasures.success(parameters), name)
    case "AP": return renamed(try AveragePrecisionMeasures.atCutoffs(parameters), name)
    case "Judged": return judged(at: k, name)
    default: throw MeasureError("\(name): \(parts[0]) has no rank")
    }
  }

  /// The share of the first k that was judged; of a shorter list, the share of that.
  private static func judged(at k: Int, _ name: String) -> Measure {
    Measure(name) { ranking in
      let first = ranking.grades.prefix(k)
      return first.isEmpty ? 0 : Double(first.count { $0 >= 0 }) / Double(first.count)
    }
  }

  private static func renamed(_ measure: Measure, _ name: String) -> Measure {
    Measure(name, names: [name], style: measure.style, values: measure.values)
  }
}
