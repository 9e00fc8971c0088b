/// Measures of the first k articles; a shorter list is filled up with irrelevant ones.
enum CutoffMeasures {
  static let cutoffs = [5, 10, 15, 20, 30, 100, 200, 500, 1000]

  /// The share of the first k that is relevant.
  static func precision(_ parameters: MeasureParameters) throws -> Measure {
    try measure("P", parameters) { ranking, found, k in Double(found) / Double(k) }
  }

  /// The share of all relevant articles within the first k.
  static func recall(_ parameters: MeasureParameters) throws -> Measure {
    try measure("recall", parameters) { ranking, found, k in
      ranking.relevant == 0 ? 0 : Double(found) / Double(ranking.relevant)
    }
  }

  /// Precision over the highest there can be: recall once k is beyond the relevant articles.
  static func relativePrecision(_ parameters: MeasureParameters) throws -> Measure {
    try measure("relative_P", parameters) { ranking, found, k in
      ranking.relevant == 0 ? 0 : Double(found) / Double(min(k, ranking.relevant))
    }
  }

  /// Whether there is a relevant article within the first k.
  static func success(_ parameters: MeasureParameters) throws -> Measure {
    try measure("success", parameters, default: [1, 5, 10]) { _, found, _ in found > 0 ? 1 : 0 }
  }

  /// The share of the first k that nobody judged.
  static func unjudged(_ parameters: MeasureParameters) throws -> Measure {
    let cutoffs = try parameters.cutoffs(default: [5, 10, 20])
    return Measure("unj", names: names("unj", cutoffs)) { ranking in
      cutoffs.map { k in Double(ranking.grades.prefix(k).count { $0 < 0 }) / Double(k) }
    }
  }

  /// Precision at R, the number of relevant articles, where it equals recall.
  static let rPrecision = Measure("Rprec") { ranking in
    guard ranking.relevant > 0 else { return 0 }
    let found = ranking.grades.prefix(ranking.relevant).count(where: ranking.isRelevant)
    return Double(found) / Double(ranking.relevant)
  }

  /// Precision at multiples of R.
  static func rPrecisionMultiples(_ parameters: MeasureParameters) throws -> Measure {
    let multiples = try parameters.levels(default: [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2])
    let names = multiples.map { "Rprec_mult_" + TRECText.fixed($0, decimals: 2) }
    return Measure("Rprec_mult", names: names) { ranking in
      let found = found(in: ranking)
      return multiples.map { multiple in
        // Nearly rounded up, as trec_eval always did.
        let k = wholePart(multiple * Double(ranking.relevant) + 0.9)
        return k <= 0 ? 0 : Double(found[min(k, ranking.grades.count)]) / Double(k)
      }
    }
  }

  static func names(_ family: String, _ cutoffs: [Int]) -> [String] {
    cutoffs.map { "\(family)_\($0)" }
  }

  /// How many relevant articles the first 0, 1, 2, … have.
  static func found(in ranking: JudgedRanking) -> [Int] {
    var found = [0]
    found.reserveCapacity(ranking.grades.count + 1)
    for grade in ranking.grades {
      found.append((found.last ?? 0) + (ranking.isRelevant(grade) ? 1 : 0))
    }
    return found
  }

  /// The whole part; the largest number where there is no such one.
  static func wholePart(_ value: Double) -> Int {
    Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? Int.min : Int.max)
  }

  private static func measure(
    _ family: String, _ parameters: MeasureParameters, default standard: [Int] = cutoffs,
    value: @escaping @Sendable (_ ranking: JudgedRanking, _ found: Int, _ k: Int) -> Double
  ) throws -> Measure {
    let cutoffs = try parameters.cutoffs(default: standard)
    return Measure(family, names: names(family, cutoffs)) { ranking in
      let found = found(in: ranking)
      return cutoffs.map { value(ranking, found[min($0, ranking.grades.count)], $0) }
    }
  }
}
