/// Measures of what was retrieved, whatever its order.
enum SetMeasures {
  static let retrieved = Measure("num_ret", style: .count) { Double($0.grades.count) }
  static let relevant = Measure("num_rel", style: .count) { Double($0.relevant) }
  static let relevantRetrieved = Measure("num_rel_ret", style: .count) {
    Double($0.relevantRetrieved)
  }
  static let irrelevantJudged = Measure("num_nonrel_judged_ret", style: .count) { ranking in
    Double(ranking.grades.count { $0 >= 0 } - ranking.relevantRetrieved)
  }

  static let precision = Measure("set_P", value: precision(of:))
  static let recall = Measure("set_recall", value: recall(of:))

  /// Precision over the highest that so many articles can reach.
  static let relativePrecision = Measure("set_relative_P") { ranking in
    ratio(ranking.relevantRetrieved, min(ranking.grades.count, ranking.relevant))
  }

  /// Precision times recall.
  static let averagePrecision = Measure("set_map") { ranking in
    let found = Double(ranking.relevantRetrieved)
    let most = Double(ranking.grades.count) * Double(ranking.relevant)
    return most == 0 ? 0 : found * found / most
  }

  /// Van Rijsbergen's F: (x + 1)·P·R / (x·P + R).
  static func f(_ parameters: MeasureParameters) -> Measure {
    let x = parameters.numbers(default: [1])[0]
    return Measure("set_F", names: [named("set_F", parameters)]) { ranking in
      guard ranking.relevantRetrieved > 0 else { return [0] }
      let (p, r) = (precision(of: ranking), recall(of: ranking))
      return [(x + 1) * p * r / (x * p + r)]
    }
  }

  /// a for each relevant article retrieved, b for an irrelevant one, c for a relevant one missed,
  /// d for an irrelevant one left out.
  static func utility(_ parameters: MeasureParameters) throws -> Measure {
    let weights = parameters.numbers(default: [1, -1, 0, 0])
    guard weights.count == 4 else { throw MeasureError("expected four numbers") }
    return Measure("utility", names: [named("utility", parameters)]) { ranking in
      let (retrieved, relevant) = (ranking.grades.count, ranking.relevant)
      let found = ranking.relevantRetrieved
      let leftOut = ranking.collectionSize + found - retrieved - relevant
      return [
        weights[0] * Double(found) + weights[1] * Double(retrieved - found)
          + weights[2] * Double(relevant - found) + weights[3] * Double(leftOut)
      ]
    }
  }

  /// `set_F_2.0` where parameters are given, `set_F` where not.
  static func named(_ family: String, _ parameters: MeasureParameters) -> String {
    parameters.text.map { "\(family)_\($0)" } ?? family
  }

  private static func precision(of ranking: JudgedRanking) -> Double {
    ratio(ranking.relevantRetrieved, ranking.grades.count)
  }

  private static func recall(of ranking: JudgedRanking) -> Double {
    ratio(ranking.relevantRetrieved, ranking.relevant)
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
