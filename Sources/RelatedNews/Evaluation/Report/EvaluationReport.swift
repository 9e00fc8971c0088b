/// Everything there is to say about some systems by one set of judgments.
package struct EvaluationReport: Sendable {
  /// A system by name, its lists, what they reached.
  package struct System: Sendable {
    package let name: String
    package let run: Run
    package let evaluation: Evaluation
  }

  package let systems: [System]
  package let judgments: Judgments
  /// Nil for one system.
  package let comparison: Comparison?
  /// Why the report does not pass, a line each.
  package let failures: [String]
  package let worst: WorstQueries
  let titles: @Sendable (String) -> String?
  let jobs: Int

  /// - Parameters:
  ///   - runs: of several the first is the baseline; the last one is looked at more closely.
  ///   - measures: what to show; the gates' measures are added where they are missing.
  ///   - titles: the headline of an article, where it is known.
  package init(
    _ runs: [(name: String, run: Run)], judgedBy judgments: Judgments, measures: [Measure],
    options: JudgingOptions = JudgingOptions(), gates: [QualityGate] = [], worstCount: Int = 5,
    seed: UInt64 = 1, jobs: Int = 1, titles: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    precondition(!runs.isEmpty)
    let shown = measures.flatMap(\.names)
    let all = measures + gates.map(\.measure).filter { !shown.contains($0.names[0]) }
    let systems = runs.map { name, run in
      System(
        name: name, run: run,
        evaluation: Evaluation(of: run, judgedBy: judgments, measures: all, options: options))
    }
    self.systems = systems
    self.judgments = judgments
    self.titles = titles
    self.jobs = jobs
    let pairs = systems.map { Comparison.System(name: $0.name, evaluation: $0.evaluation) }
    comparison =
      systems.count > 1
      ? Comparison(baseline: pairs[0], systems: Array(pairs.dropFirst()), seed: seed, jobs: jobs)
      : nil
    let last = systems[systems.count - 1]
    worst = WorstQueries(
      of: last.evaluation, run: last.run, judgments: judgments, count: worstCount)
    failures = Self.failures(of: gates, systems, comparison)
  }

  /// The table, the comparison or the intervals, and the worst queries.
  package func text(perQuery: Bool = false) -> String {
    let last = systems[systems.count - 1]
    let figures =
      comparison.map { (perQuery ? last.evaluation.queryLines() + "\n" : "") + $0.text() }
      ?? last.evaluation.table(perQuery: perQuery, jobs: jobs)
    let worst = worst.text(title: titles)
    return figures + (worst.isEmpty ? "" : "\n" + worst)
  }

  /// What a reader of the figures must be told.
  package var warnings: [String] {
    systems.compactMap { system in
      system.evaluation.judgedWarning.map { systems.count > 1 ? "\(system.name): \($0)" : $0 }
    }
  }

  private static func failures(
    of gates: [QualityGate], _ systems: [System], _ comparison: Comparison?
  ) -> [String] {
    gates.flatMap { gate -> [String] in
      let name = gate.measure.names[0]
      let judged = comparison == nil ? systems[...] : systems.dropFirst()
      return judged.compactMap { system in
        let row = comparison?.rows.first { $0.measure == name && $0.system == system.name }
        return gate.failure(mean: system.evaluation.mean(name) ?? 0, comparison: row)
      }
    }
  }
}
