import Foundation

/// Measures made of the precision at each relevant article.
enum AveragePrecisionMeasures {
  /// What a geometric mean takes 0 for, so that one query does not decide everything.
  static let smallest = 0.00001

  /// The mean of precision at each relevant article, missing ones counting 0.
  static let averagePrecision = Measure("map", value: averagePrecision(of:))

  static let geometricMean = Measure("gm_map", style: .geometricMean) { ranking in
    log(max(averagePrecision(of: ranking), smallest))
  }

  /// One over the rank of the first relevant article.
  static let reciprocalRank = Measure("recip_rank") { ranking in
    ranking.grades.firstIndex(where: ranking.isRelevant).map { 1 / Double($0 + 1) } ?? 0
  }

  /// Average precision of the first k.
  static func atCutoffs(_ parameters: MeasureParameters) throws -> Measure {
    let cutoffs = try parameters.cutoffs(default: CutoffMeasures.cutoffs)
    return Measure("map_cut", names: CutoffMeasures.names("map_cut", cutoffs)) { ranking in
      guard ranking.relevant > 0 else { return cutoffs.map { _ in 0 } }
      var sums = [0.0]
      sums.reserveCapacity(ranking.grades.count + 1)
      var found = 0
      for (index, grade) in ranking.grades.enumerated() {
        var sum = sums[index]
        if ranking.isRelevant(grade) {
          found += 1
          sum += Double(found) / Double(index + 1)
        }
        sums.append(sum)
      }
      return cutoffs.map { sums[min($0, ranking.grades.count)] / Double(ranking.relevant) }
    }
  }

  /// Average precision where the pool was only sampled for judging.
  /// Source: Yilmaz & Aslam, "Estimating average precision with incomplete and imperfect judgments",
  /// CIKM 2006.
  static let inferred = Measure("infAP") { ranking in
    guard ranking.relevant > 0 else { return 0 }
    let epsilon = 0.00001
    var (relevant, irrelevant, unjudged) = (0.0, 0.0, 0.0)
    var sum = 0.0
    for (index, grade) in ranking.grades.enumerated() where grade != JudgedRanking.unpooled {
      if grade == JudgedRanking.unjudged {
        unjudged += 1
      } else if !ranking.isRelevant(grade) {
        irrelevant += 1
      } else {
        relevant += 1
        guard index > 0 else {
          sum += 1
          continue
        }
        let above = Double(index)
        let pooled = (relevant - 1 + irrelevant + unjudged) / above
        let share = (relevant - 1 + epsilon) / (relevant - 1 + irrelevant + 2 * epsilon)
        sum += 1 / (above + 1) + (above / (above + 1)) * pooled * share
      }
    }
    return sum / Double(ranking.relevant)
  }

  /// Robertson's smoothed average precision.
  /// Source: Robertson, "On smoothing average precision", ECIR 2012.
  static let smoothed = Measure("yaap") { ranking in
    let sum = precisionSum(of: ranking)
    return log((1 + sum) / (1 + Double(ranking.relevant) - sum))
  }

  private static func averagePrecision(of ranking: JudgedRanking) -> Double {
    ranking.relevantRetrieved == 0 ? 0 : precisionSum(of: ranking) / Double(ranking.relevant)
  }

  private static func precisionSum(of ranking: JudgedRanking) -> Double {
    var found = 0
    var sum = 0.0
    for (index, grade) in ranking.grades.enumerated() where ranking.isRelevant(grade) {
      found += 1
      sum += Double(found) / Double(index + 1)
    }
    return sum
  }
}
