import Foundation

/// What two systems' values for the same queries say about their difference.
package struct PairedDifference: Sendable {
  package let count: Int
  /// Mean of the second minus mean of the first.
  package let mean: Double
  /// The 95 % bootstrap interval; nil for fewer than two queries.
  package let interval: ClosedRange<Double>?
  package let randomization: RandomizationTest.Result
  /// Student's t for paired samples, two-sided; nil where the differences do not vary.
  package let tProbability: Double?
  /// Cohen's d for paired samples: the mean difference in standard deviations of the differences.
  package let effectSize: Double?
  /// For how many queries the second is better, equal, worse.
  package let wins: Int
  package let ties: Int
  package let losses: Int

  /// - Precondition: both have one value a query, in one order.
  package init(from first: [Double], to second: [Double], seed: UInt64 = 1, jobs: Int = 1) {
    precondition(first.count == second.count)
    let differences = zip(first, second).map { $1 - $0 }
    count = differences.count
    let mean = count == 0 ? 0 : differences.reduce(0, +) / Double(count)
    self.mean = mean
    interval =
      Bootstrap.intervals(ofMeans: [differences], seed: seed, jobs: jobs)[0]
    randomization = RandomizationTest.test(differences, seed: seed, jobs: jobs)
    wins = differences.count { $0 > 0 }
    losses = differences.count { $0 < 0 }
    ties = count - wins - losses
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    guard deviation > 0 else {
      effectSize = nil
      tProbability = nil
      return
    }
    effectSize = mean / deviation
    tProbability = StudentT.twoSidedProbability(
      mean / (deviation / Double(count).squareRoot()), degreesOfFreedom: Double(count - 1))
  }
}

/// Holm's correction: of several tests some come out by chance.
package enum HolmCorrection {
  /// The probabilities, each times how many are not smaller, never falling, at most 1, in their order.
  /// Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
  package static func adjusted(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var result = probabilities
    var highest = 0.0
    for (rank, index) in order.enumerated() {
      highest = max(highest, min(1, probabilities[index] * Double(order.count - rank)))
      result[index] = highest
    }
    return result
  }
}
