import RelatedNews

/// What `evaluate` was asked for, read from its options.
struct EvaluationRequest {
  let measures: [Measure]
  let gates: [QualityGate]
  let options: JudgingOptions
  let worstCount: Int
  let seed: UInt64
  let format: EvaluateCommand.Format

  init(_ arguments: Arguments) throws {
    do {
      measures = try MeasureCatalog.measures(arguments.texts("measures"))
      gates = try arguments.texts("fail-if").map(QualityGate.init)
    } catch let error as MeasureError {
      throw UsageError(error.description)
    }
    let hasBaseline = arguments.has("baseline") || arguments.texts("run").count > 1
    if let gate = gates.first(where: \.needsBaseline), !hasBaseline {
      throw UsageError("--fail-if \"\(gate.text)\" needs a --baseline to drop from")
    }
    var options = JudgingOptions()
    options.relevanceLevel = try arguments.integer("relevance-level", in: 0...9_999) ?? 1
    options.maximumResults = try arguments.integer("max-results", in: 1...Int.max) ?? Int.max
    options.judgedOnly = arguments.has("judged-only")
    options.collectionSize = try arguments.integer("collection-size", in: 0...Int(Int32.max)) ?? 0
    self.options = options
    worstCount = try arguments.integer("worst", in: 0...100_000) ?? 5
    seed = UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1)
    // A configuration file may name a format for lists; it is not ours.
    format =
      arguments.origins["format"] == "command line"
      ? try arguments.choice("format", of: EvaluateCommand.Format.self) ?? .text : .text
  }

  /// Whether to print as trec_eval does.
  var isTREC: Bool { !measures.isEmpty && format == .text }

  /// The measures of a table.
  var shownMeasures: [Measure] { measures.isEmpty ? Evaluation.standardMeasures : measures }
}

/// The systems that `evaluate` looks at, the baseline first, and the headlines of the articles.
struct EvaluatedSystems {
  let runs: [(name: String, run: Run)]
  let titles: @Sendable (String) -> String?

  init(_ arguments: Arguments, _ judgments: Judgments) throws {
    let paths = arguments.texts("run")
    var runs = try (arguments.texts("baseline") + paths).map { path in
      (name: path, run: try Run.read(path))
    }
    if paths.isEmpty {
      guard let path = arguments.operands.first else {
        throw UsageError("evaluate needs an ARCHIVE or --run FILE")
      }
      let archive = try Inputs.archive(at: path, arguments)
      runs.append((path, try Self.ownRun(of: archive, judgments, arguments)))
      titles = { id in archive.number(of: id).map { archive.articles[$0].title } }
    } else if let path = arguments.operands.first {
      let archive = try Inputs.archive(at: path, arguments)
      titles = { id in archive.number(of: id).map { archive.articles[$0].title } }
    } else {
      titles = { _ in nil }
    }
    self.runs = runs
  }

  /// Our own lists for the judged queries.
  private static func ownRun(
    of archive: Archive, _ judgments: Judgments, _ arguments: Arguments
  ) throws -> Run {
    let jobs = try CommonOptions.jobs(arguments)
    let recommender = Recommender(
      archive: archive, options: try CommonOptions.recommendationOptions(arguments, limit: 20),
      jobs: jobs)
    let numbers = judgments.queries.compactMap(archive.number(of:))
    let missing = judgments.queries.count - numbers.count
    if missing > 0 {
      let noun = missing == 1 ? "query is" : "queries are"
      Terminal.say("\(missing) judged \(noun) not in the archive and count as empty lists")
    }
    let lists = ProgressBar.watch("lists", of: numbers.count, unit: "lists", arguments) {
      recommender.lists(of: numbers, jobs: jobs)
    }
    return Run(lists)
  }
}
