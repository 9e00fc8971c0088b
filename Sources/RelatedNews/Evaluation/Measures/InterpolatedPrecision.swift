/// Interpolated precision: at a level of recall the highest precision there or further down.
enum InterpolatedPrecision {
  static let levels = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

  static func atRecall(_ parameters: MeasureParameters) throws -> Measure {
    let levels = try parameters.levels(default: levels)
    let names = levels.map { "iprec_at_recall_" + TRECText.fixed($0, decimals: 2) }
    return Measure("iprec_at_recall", names: names) { values(of: $0, at: levels) }
  }

  /// The mean over the levels.
  static func mean(_ parameters: MeasureParameters) -> Measure {
    let levels = parameters.numbers(default: levels)
    return Measure("11pt_avg", names: [SetMeasures.named("11pt_avg", parameters)]) { ranking in
      // Summed from the highest level down, as trec_eval does: the last bit depends on it.
      [values(of: ranking, at: levels).reversed().reduce(0, +) / Double(levels.count)]
    }
  }

  private static func values(of ranking: JudgedRanking, at levels: [Double]) -> [Double] {
    // Levels as numbers of relevant articles; since version 10 trec_eval rounds to the nearest.
    let wanted = levels.map { CutoffMeasures.wholePart(($0 * Double(ranking.relevant)).rounded()) }
    var values = [Double](repeating: 0, count: levels.count)
    var level = levels.count - 1
    while level >= 0, wanted[level] > ranking.relevantRetrieved { level -= 1 }
    var found = ranking.relevantRetrieved
    var highest = Double(found) / Double(ranking.grades.count)
    for (index, grade) in ranking.grades.enumerated().reversed() where found > 0 {
      highest = max(highest, Double(found) / Double(index + 1))
      guard ranking.isRelevant(grade) else { continue }
      while level >= 0, wanted[level] == found {
        values[level] = highest
        level -= 1
      }
      found -= 1
    }
    while level >= 0 {
      values[level] = highest
      level -= 1
    }
    return values
  }
}
