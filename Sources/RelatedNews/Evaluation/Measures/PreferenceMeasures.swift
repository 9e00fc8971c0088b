import Foundation

/// Measures of judged articles only: how often a relevant one stands above an irrelevant one.
enum PreferenceMeasures {
  /// Source: Buckley & Voorhees, "Retrieval evaluation with incomplete information", SIGIR 2004.
  static let bpref = Measure("bpref", value: bpref(of:))

  static let geometricMean = Measure("gm_bpref", style: .geometricMean) { ranking in
    log(max(bpref(of: ranking), AveragePrecisionMeasures.smallest))
  }

  private static func bpref(of ranking: JudgedRanking) -> Double {
    guard ranking.relevant > 0 else { return 0 }
    let irrelevant = ranking.gradeCounts.prefix(ranking.relevanceLevel).reduce(0, +)
    var (above, sum) = (0, 0.0)
    for grade in ranking.grades where grade >= 0 {
      if !ranking.isRelevant(grade) {
        above += 1
      } else if above == 0 {
        sum += 1
      } else {
        sum +=
          1 - Double(min(above, ranking.relevant)) / Double(min(irrelevant, ranking.relevant))
      }
    }
    return sum / Double(ranking.relevant)
  }
}
