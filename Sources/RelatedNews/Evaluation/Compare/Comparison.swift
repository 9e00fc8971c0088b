/// Systems against a baseline: what differs, and whether that is more than noise.
package struct Comparison: Sendable {
  /// A system and what it reached.
  package struct System: Sendable {
    package let name: String
    package let evaluation: Evaluation

    package init(name: String, evaluation: Evaluation) {
      self.name = name
      self.evaluation = evaluation
    }
  }

  /// One measure of one system against the baseline.
  package struct Row: Sendable {
    package let measure: String
    package let system: String
    package let baselineMean: Double
    package let mean: Double
    package let difference: PairedDifference
    /// The randomization test's probability, corrected for the number of systems.
    package fileprivate(set) var probability: Double

    /// Whether the difference is more than chance makes, at the usual 5 %.
    package var isMoreThanNoise: Bool { probability < 0.05 }
  }

  package let baseline: System
  package let systems: [System]
  /// By measure, then system.
  package let rows: [Row]

  /// - Precondition: all evaluations have the same judgments and measures.
  package init(baseline: System, systems: [System], seed: UInt64 = 1, jobs: Int = 1) {
    self.baseline = baseline
    self.systems = systems
    rows = baseline.evaluation.names.flatMap { measure -> [Row] in
      let before = baseline.evaluation.column(measure) ?? []
      var rows = systems.map { system in
        let difference = PairedDifference(
          from: before, to: system.evaluation.column(measure) ?? before, seed: seed, jobs: jobs)
        return Row(
          measure: measure, system: system.name,
          baselineMean: baseline.evaluation.mean(measure) ?? 0,
          mean: system.evaluation.mean(measure) ?? 0, difference: difference,
          probability: difference.randomization.probability)
      }
      let adjusted = HolmCorrection.adjusted(rows.map(\.probability))
      for index in rows.indices { rows[index].probability = adjusted[index] }
      return rows
    }
  }

  /// The rows of the measure that decides: nDCG@10 where it was measured, else the first.
  package var decisive: [Row] {
    let names = baseline.evaluation.names
    let measure = names.contains("nDCG@10") ? "nDCG@10" : names.first
    return rows.filter { $0.measure == measure }
  }
}
