/// Measures of a reader who goes on to the next article with probability p.
///
/// Source: Moffat & Zobel, "Rank-biased precision for measurement of retrieval effectiveness", TOIS
/// 2008.
enum RankBiasedMeasures {
  static func precision(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    let persistence = persistence(pairs)
    return Measure("rbp", names: [SetMeasures.named("rbp", parameters)]) { ranking in
      let gains = Gains(pairs, of: ranking)
      let values = gains.levels.map(\.gain)
      let (lowest, highest) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
      let isNormalized = lowest < 0 || highest > 1
      var (sum, weight) = (0.0, 1.0)
      for grade in ranking.grades {
        if let level = gains.levels.first(where: { $0.grade == grade }) {
          let gain = isNormalized ? (level.gain - lowest) / (highest - lowest) : level.gain
          if gain != 0 { sum += gain * weight }
        }
        weight *= persistence
      }
      return [(1 - persistence) * sum]
    }
  }

  /// How much higher it could be if all unjudged articles were of the best.
  static func residual(_ parameters: MeasureParameters) throws -> Measure {
    let persistence = persistence(try parameters.pairs())
    return Measure("rbp_resid", names: [SetMeasures.named("rbp_resid", parameters)]) { ranking in
      guard ranking.grades.contains(where: { $0 < 0 }) else { return [0] }
      var (sum, weight) = (0.0, 1.0)
      for grade in ranking.grades {
        if grade < 0 { sum += weight }
        weight *= persistence
      }
      return [weight + (1 - persistence) * sum]
    }
  }

  /// `p=0.8`; the last one counts.
  private static func persistence(_ pairs: [(name: String, value: Double)]) -> Double {
    pairs.last { $0.name == "p" }?.value ?? 0.9
  }
}
