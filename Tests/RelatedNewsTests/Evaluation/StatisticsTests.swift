import Foundation
import Testing

@testable import RelatedNews

/// Statistics against SciPy 1.17.1 on Python 3.11; the call stands beside each value.
@Suite struct StatisticsTests {
  // b - a: one tie, two losses.
  static let a = [0.41, 0.52, 0.33, 0.80, 0.10, 0.66, 0.47, 0.90, 0.25, 0.58]
  static let b = [0.45, 0.50, 0.41, 0.85, 0.10, 0.70, 0.40, 0.95, 0.35, 0.60]
  // A = numpy.random.default_rng(7).random(60).round(3); B = clip(A + normal(0.03, 0.1), 0, 1).round(3)
  static let longA = [
    0.625, 0.897, 0.776, 0.225, 0.3, 0.874, 0.005, 0.821, 0.797, 0.468, 0.303, 0.278, 0.255, 0.445,
    0.505, 0.553, 0.996, 0.793, 0.622, 0.989, 0.215, 0.16, 0.613, 0.044, 0.036, 0.515, 0.466, 0.917,
    0.629, 0.514, 0.497, 0.248, 0.012, 0.192, 0.692, 0.201, 0.37, 0.004, 0.83, 0.154, 0.268, 0.88,
    0.51, 0.847, 0.64, 0.742, 0.091, 0.541, 0.508, 0.871, 0.361, 0.598, 0.059, 0.388, 0.323, 0.15,
    0.816, 0.379, 0.979, 0.59,
  ]
  static let longB = [
    0.587, 0.947, 0.76, 0.268, 0.211, 0.846, 0.015, 0.941, 0.942, 0.366, 0.254, 0.373, 0.086, 0.429,
    0.525, 0.709, 1.0, 0.79, 0.615, 0.994, 0.397, 0.147, 0.613, 0.109, 0.054, 0.525, 0.385, 0.946,
    0.615, 0.661, 0.592, 0.276, 0.109, 0.188, 0.827, 0.23, 0.458, 0.0, 0.895, 0.015, 0.094, 0.88,
    0.45, 0.893, 0.894, 0.689, 0.059, 0.592, 0.587, 0.883, 0.37, 0.698, 0.141, 0.315, 0.345, 0.184,
    0.741, 0.435, 0.923, 0.717,
  ]

  @Test(
    "Student's t: 2 * scipy.stats.t.sf(abs(t), df)",
    arguments: [
      (1, 1.0, 0.5), (9, 2.262, 0.05001284550245463), (2, 0.1, 0.9294654384141402),
      (30, 5.5, 5.6785729451180685e-06), (652, 1.96, 0.050421328425893815),
      (5, -3.0, 0.030099247897462586), (100, 0.0, 1.0), (1, 1000.0, 0.0006366195601611178),
      (10_000, 4.0, 6.379866882313968e-05),
    ])
  func studentT(degrees: Double, t: Double, expected: Double) {
    let p = StudentT.twoSidedProbability(t, degreesOfFreedom: degrees)
    #expect(abs(p - expected) <= 1e-11 * expected)
  }

  @Test(
    "incomplete beta: scipy.special.betainc(a, b, x)",
    arguments: [
      (0.3, 2.0, 5.0, 0.579825), (0.99, 0.5, 0.5, 0.9362314391414803),
      (1e-5, 3.0, 0.5, 3.125011718820313e-16), (0.7, 50.0, 20.5, 0.4186122696492818),
      (0.5, 300.0, 300.0, 0.5),
    ])
  func incompleteBeta(x: Double, a: Double, b: Double, expected: Double) {
    let value = IncompleteBeta.regularized(x, a: a, b: b)
    #expect(abs(value - expected) <= 1e-10 * expected)
  }

  @Test("a paired difference: scipy.stats.ttest_rel, permutation_test(n_resamples=inf)")
  func paired() throws {
    let difference = PairedDifference(from: Self.a, to: Self.b)
    #expect(abs(difference.mean - 0.029) < 1e-12)
    #expect(abs(try #require(difference.tProbability) - 0.09588960457419925) < 1e-12)
    #expect(abs(try #require(difference.effectSize) - 0.5880257869994615) < 1e-12)
    #expect(difference.randomization.isExact)
    #expect(difference.randomization.probability == 0.11328125)
    #expect(difference.wins == 7 && difference.ties == 1 && difference.losses == 2)
  }

  @Test("drawn signs and a bootstrap come near a million draws of SciPy")
  func drawn() throws {
    let difference = PairedDifference(from: Self.longA, to: Self.longB, jobs: 2)
    #expect(abs(try #require(difference.tProbability) - 0.06306339690458956) < 1e-12)
    #expect(!difference.randomization.isExact)
    // permutation_test(n_resamples=1_000_000): 0.06307; four standard errors of 100,000 draws.
    #expect(abs(difference.randomization.probability - 0.06307) < 0.0031)
    // bootstrap(method="percentile", n_resamples=1_000_000): -0.00045 to 0.04102.
    let interval = try #require(difference.interval)
    #expect(abs(interval.lowerBound + 0.00045) < 0.001)
    #expect(abs(interval.upperBound - 0.04102) < 0.001)
  }

  @Test("the same seed gives the same figures at any number of jobs")
  func deterministic() {
    let one = PairedDifference(from: Self.longA, to: Self.longB, seed: 3, jobs: 1)
    let many = PairedDifference(from: Self.longA, to: Self.longB, seed: 3, jobs: 5)
    #expect(one.randomization == many.randomization)
    #expect(one.interval == many.interval)
    let other = PairedDifference(from: Self.longA, to: Self.longB, seed: 4)
    #expect(one.interval != other.interval)
  }

  @Test("exact signs equal a count of all of them, one by one")
  func exactTwin() {
    var random = SplitMix64(seed: 9)
    for count in [1, 2, 5, 11] {
      // Quarters: sums are exact, ties happen.
      let differences = (0..<count).map { _ in Double(random.next(below: 9) - 4) / 4 }
      let observed = abs(differences.reduce(0, +))
      let extreme = (0..<(1 << count)).count { signs in
        let sum = differences.indices.reduce(0.0) { sum, index in
          sum + (signs >> index & 1 == 0 ? differences[index] : -differences[index])
        }
        return abs(sum) >= observed
      }
      let result = RandomizationTest.test(differences)
      #expect(result.probability == Double(extreme) / Double(1 << count))
    }
  }

  @Test("no difference at all is no evidence")
  func equal() {
    let difference = PairedDifference(from: Self.a, to: Self.a)
    #expect(difference.randomization.probability == 1)
    #expect(difference.tProbability == nil && difference.effectSize == nil)
    #expect(difference.interval == 0...0)
    #expect(PairedDifference(from: [], to: []).interval == nil)
  }

  @Test("Holm's correction, by hand")
  func holm() {
    // Ascending .01·3, .03·2, .04·1; the last is lifted to the one before.
    let adjusted = HolmCorrection.adjusted([0.01, 0.04, 0.03])
    for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06]) {
      #expect(abs(value - expected) < 1e-12)
    }
    #expect(HolmCorrection.adjusted([0.9, 0.8]) == [1, 1])
  }

  // x, y of ten pairs with ties on both sides.
  static let x = [1.2, 2.0, 2.0, 3.1, 4.8, 0.4, 3.3, 5.0, 2.2, 1.1]
  static let y = [1.0, 2, 3, 3, 5, 1, 2, 5, 2, 1]

  @Test("correlations: pearsonr with its confidence_interval, spearmanr, rankdata")
  func correlations() throws {
    let r = Correlation.pearson(Self.x, Self.y)
    #expect(abs(r - 0.9236311531986918) < 1e-12)
    let interval = try #require(Correlation.pearsonInterval(r, count: 10))
    #expect(abs(interval.lowerBound - 0.7025918494956841) < 1e-9)
    #expect(abs(interval.upperBound - 0.9821155530537281) < 1e-9)
    let rho = Correlation.spearman(Self.x, Self.y)
    #expect(abs(rho - 0.8624122664873707) < 1e-12)
    // tanh(arctanh(rho) ± norm.ppf(.975) · sqrt((1 + rho²/2)/7))
    let ranks = try #require(Correlation.spearmanInterval(rho, count: 10))
    #expect(abs(ranks.lowerBound - 0.4094986704778169) < 1e-9)
    #expect(abs(ranks.upperBound - 0.9742806220808573) < 1e-9)
    #expect(Correlation.ranks(Self.x) == [3, 4.5, 4.5, 7, 9, 1, 8, 10, 6, 2])
    #expect(Correlation.pearson([1, 1], [1, 2]) == 0)
  }

  @Test(
    "area under the curve: (scipy.stats.somersd(y, x).statistic + 1) / 2; mannwhitneyu for two levels"
  )
  func areaUnderCurve() throws {
    let graded = try #require(AreaUnderCurve.concordance(scores: Self.x, ratings: Self.y))
    #expect(abs(graded - 0.9054054054054055) < 1e-12)
    let binary = try #require(
      AreaUnderCurve.concordance(scores: Self.x, ratings: Self.y.map { $0 >= 3 ? 1 : 0 }))
    #expect(abs(binary - 0.8541666666666666) < 1e-12)
    #expect(AreaUnderCurve.concordance(scores: [1, 2], ratings: [3, 3]) == nil)
  }

  @Test("agreement on the ratings of Data is that of its parts")
  func pairAgreement() {
    let agreement = PairAgreement(scored: zip(Self.x, Self.y).map { ($0, $1) })
    #expect(agreement.pearson == Correlation.pearson(Self.x, Self.y))
    #expect(agreement.table(of: 12).contains("10 of 12"))
  }

  @Test("Cohen's kappa, by hand: three grades, six pairs")
  func kappa() throws {
    // Same: 4 of 6. By chance: grade 0 3/6·2/6, 1 2/6·2/6, 2 1/6·2/6 = 12/36.
    let grades = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]
    let kappa = try #require(JudgeAgreement.kappa(grades) { $0 == $1 ? 0 : 1 })
    #expect(abs(kappa - (4.0 / 6 - 1.0 / 3) / (1 - 1.0 / 3)) < 1e-12)
    // Squared distances: observed 2/6. By chance 0-1 6/36, 0-2 6/36·4, 1-0 4/36, 1-2 4/36, 2-0
    // 2/36·4, 2-1 2/36 = 48/36.
    let weighted = try #require(JudgeAgreement.kappa(grades) { Double(($0 - $1) * ($0 - $1)) })
    #expect(abs(weighted - (1 - (2.0 / 6) / (48.0 / 36))) < 1e-12)
    #expect(JudgeAgreement.kappa([(1, 1), (1, 1)]) { $0 == $1 ? 0 : 1 } == nil)
  }
}
