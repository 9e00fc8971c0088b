import Foundation

/// Measures of graded judgments.
///
/// Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002, with
/// linear gains as trec_eval has it.
enum GainMeasures {
  /// Discounted gain over that of the best possible order.
  static func nDCG(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("ndcg", names: [SetMeasures.named("ndcg", parameters)]) { ranking in
      let gains = Gains(pairs, of: ranking)
      let ideal = discounted(gains.ideal)
      return [ideal > 0 ? discounted(ranking.grades.map(gains.gain)) / ideal : 0]
    }
  }

  static func dcg(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("dcg", names: [SetMeasures.named("dcg", parameters)]) { ranking in
      [discounted(ranking.grades.map(Gains(pairs, of: ranking).gain))]
    }
  }

  static func idealDCG(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("ideal_dcg", names: [SetMeasures.named("ideal_dcg", parameters)]) { ranking in
      [discounted(Gains(pairs, of: ranking).ideal)]
    }
  }

  /// nDCG of the first k; the gain is the grade.
  static func nDCGAtCutoffs(_ parameters: MeasureParameters) throws -> Measure {
    let cutoffs = try parameters.cutoffs(default: CutoffMeasures.cutoffs)
    return Measure("ndcg_cut", names: CutoffMeasures.names("ndcg_cut", cutoffs)) { ranking in
      let gains = runningSums(ranking.grades.map { Double(max(0, $0)) })
      let ideal = runningSums(Gains([], of: ranking).ideal)
      return cutoffs.map { k in
        let best = ideal[min(k, ideal.count - 1)]
        return best > 0 ? gains[min(k, gains.count - 1)] / best : gains[min(k, gains.count - 1)]
      }
    }
  }

  /// nDCG averaged over the ranks of the relevant articles; one that is missing counts as if it
  /// stood at the end.
  static func nDCGAtRelevant(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("ndcg_rel", names: [SetMeasures.named("ndcg_rel", parameters)]) { ranking in
      let gains = Gains(pairs, of: ranking)
      let ideal = gains.ideal
      let best = runningSums(ideal)
      var (sum, found, dcg) = (0.0, 0, 0.0)
      for (index, grade) in ranking.grades.enumerated() {
        let gain = gains.gain(of: grade)
        if gain != 0 { dcg += gain / log2(Double(index + 2)) }
        guard gain > 0 else { continue }
        sum += dcg / best[min(index + 1, best.count - 1)]
        found += 1
      }
      sum += Double(ideal.count - found) * dcg / (best.last ?? 0)
      return [sum > 0 ? sum / Double(ideal.count) : 0]
    }
  }

  /// nDCG averaged over the ranks where the ideal gain falls to the next level, and the end.
  static func nDCGAtLevels(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("Rndcg", names: [SetMeasures.named("Rndcg", parameters)]) { ranking in
      guard ranking.relevant > 0 else { return [0] }
      let gains = Gains(pairs, of: ranking)
      let ideal = gains.ideal
      let reached = runningSums(ranking.grades.map(gains.gain))
      let best = runningSums(ideal)
      var (sum, count) = (0.0, 0)
      for k in 1..<best.count where k == ideal.count || ideal[k] != ideal[k - 1] {
        sum += reached[min(k, reached.count - 1)] / best[k]
        count += 1
      }
      // A list that goes on for more than one article has one more rank: its end.
      if !ideal.isEmpty, ranking.grades.count > ideal.count + 1 {
        sum += (reached.last ?? 0) / (best.last ?? 0)
        count += 1
      }
      return [sum / Double(count)]
    }
  }

  /// Gain discounted by the gain that was missed before, not by the rank: an experiment of
  /// trec_eval between average precision and nDCG.
  static func g(_ parameters: MeasureParameters) throws -> Measure {
    let pairs = try parameters.pairs()
    return Measure("G", names: [SetMeasures.named("G", parameters)]) { ranking in
      let gains = Gains(pairs, of: ranking)
      let ideal = gains.ideal
      var (sum, reached, cost) = (0.0, 0.0, 0.0)
      for (index, grade) in ranking.grades.enumerated() {
        let gain = gains.gain(of: grade)
        reached += gain
        cost += index < ideal.count ? max(1, ideal[index]) : 1
        if gain != 0 { sum += gain / log2(2 + cost - reached) }
      }
      let most = ideal.reduce(0, +)
      return [most > 0 ? sum / most : 0]
    }
  }

  /// G with gains 0 and 1.
  static let binaryG = Measure("binG") { ranking in
    guard ranking.relevantRetrieved > 0 else { return 0 }
    var (sum, found) = (0.0, 0)
    for (index, grade) in ranking.grades.enumerated() where ranking.isRelevant(grade) {
      found += 1
      sum += 1 / log2(Double(3 + index - found))
    }
    return sum / Double(ranking.relevant)
  }

  private static func discounted(_ gains: [Double]) -> Double { runningSums(gains).last ?? 0 }

  /// The discounted gain of the first 0, 1, 2, … articles.
  private static func runningSums(_ gains: [Double]) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(gains.count + 1)
    for (index, gain) in gains.enumerated() {
      sums.append(sums[index] + (gain == 0 ? 0 : gain / log2(Double(index + 2))))
    }
    return sums
  }
}
