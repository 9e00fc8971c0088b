import RelatedNews

extension Command {
  static let evaluate = Command(
    name: "evaluate", arguments: "ARCHIVE --qrels FILE", summary: "how good the lists are",
    details: """
      Compares lists with what people judged: our own lists of ARCHIVE, or those of --run. Shows
      means with 95 % intervals and the worst queries; several runs, or a --baseline, are compared
      and tested. --measures prints what NIST's trec_eval prints, byte for byte. --pairs takes human
      ratings of pairs instead. --lint looks for problems in the files.
      """,
    examples: [
      "related-news evaluate Data/archive.jsonl --qrels Data/judgments.qrels",
      "related-news evaluate --run new.trec --baseline old.trec --qrels FILE --fail-if \"nDCG@10 drops\"",
      "related-news evaluate --run FILE --qrels FILE --measures all_trec --per-query",
      "related-news evaluate Data/archive.jsonl --pairs Data/ratings.tsv",
    ],
    options: EvaluateCommand.options + CommonOptions.lists.rare + CommonOptions.analysis
      + CommonOptions.reading,
    run: EvaluateCommand.run)
}

enum EvaluateCommand {
  static let options = [
    Option("qrels", "FILE", "judgments: qid 0 docno grade (or an editor's pins and bans)"),
    Option("run", "FILE", "judge these lists (a TREC run) instead of our own", repeats: true),
    Option("baseline", "FILE", "compare with this run (default: the first --run of several)"),
    Option("pairs", "FILE", "human ratings of pairs: id, id, rating, tab-separated"),
    Option(
      "measures", "LIST",
      "official, all_trec, set, ndcg_cut.5,10, P.5, …, or nDCG@5, AP, RR, Recall@10, Judged@5",
      repeats: true, letter: "m"),
    Option("per-query", nil, "also each query's figures", letter: "q"),
    Option("complete", nil, "with --measures: a missing list counts as an empty one", letter: "c")
      .rare,
    Option("max-results", "N", "look at no more than N articles of a list", letter: "M").rare,
    Option("relevance-level", "N", "from this grade on relevant (default 1)", letter: "l").rare,
    Option("judged-only", nil, "leave out articles that nobody judged", letter: "J").rare,
    Option("collection-size", "N", "with --measures: how many articles there are", letter: "N")
      .rare,
    Option("no-summary", nil, "with --measures and --per-query: no means", letter: "n").rare,
    Option("worst", "N", "how many of the worst queries to show (default 5)").rare,
    Option(
      "fail-if", "CONDITION", "end with status 1: \"nDCG@10 < 0.4\", \"ndcg_cut_10 drops\"",
      repeats: true),
    Option("lint", nil, "problems in --run and --qrels files, with their lines"),
    Option("seed", "N", "of the tests that draw at random (default 1)").rare,
    Option("format", "NAME", "text or html (default text)", choices: ["text", "html"]),
    Option("output", "FILE", "write here, whole or not at all (default: standard output)"),
  ]

  enum Format: String, CaseIterable { case text, html }

  static func run(_ arguments: Arguments) throws {
    if let path = arguments.text("pairs") { return try evaluatePairs(path, arguments) }
    if arguments.has("lint") { return try LintCommand.run(arguments) }
    guard let qrels = arguments.text("qrels") else {
      throw UsageError("evaluate needs --qrels FILE (or --pairs FILE)")
    }
    let request = try EvaluationRequest(arguments)
    let judgments = try Judgments.read(qrels)
    let systems = try EvaluatedSystems(arguments, judgments)
    if request.isTREC, systems.runs.count == 1 {
      return try printTREC(systems.runs[0].run, judgments, request, arguments)
    }
    let report = EvaluationReport(
      systems.runs, judgedBy: judgments, measures: request.shownMeasures, options: request.options,
      gates: request.gates, worstCount: request.worstCount, seed: request.seed,
      jobs: try CommonOptions.jobs(arguments), titles: systems.titles)
    if !arguments.has("quiet") {
      for warning in report.warnings { Terminal.say("warning: \(warning)") }
    }
    let document =
      request.format == .html ? report.html() : report.text(perQuery: arguments.has("per-query"))
    try Outputs.write(document, arguments)
    try end(with: report.failures)
  }

  private static func printTREC(
    _ run: Run, _ judgments: Judgments, _ request: EvaluationRequest, _ arguments: Arguments
  ) throws {
    let evaluation = TRECEvaluation(
      of: run, judgedBy: judgments, measures: request.measures, options: request.options,
      isComplete: arguments.has("complete"))
    try Outputs.write(
      try evaluation.text(
        perQuery: arguments.has("per-query"), summary: !arguments.has("no-summary")), arguments)
    try end(
      with: request.gates.compactMap { gate in
        let evaluation = TRECEvaluation(
          of: run, judgedBy: judgments, measures: [gate.measure], options: request.options,
          isComplete: arguments.has("complete"))
        return gate.failure(mean: evaluation.summary(of: 0)[0], comparison: nil)
      })
  }

  /// Each reason on a line; the last one ends the tool.
  private static func end(with failures: [String]) throws {
    for failure in failures.dropLast() { Terminal.say(failure) }
    if let last = failures.last { throw EvaluationFailure(description: last) }
  }

  private static func evaluatePairs(_ path: String, _ arguments: Arguments) throws {
    guard let archivePath = arguments.operands.first else {
      throw UsageError("evaluate needs an ARCHIVE")
    }
    let pairs = try RatedPairs.read(path)
    let archive = try Inputs.archive(at: archivePath, arguments)
    let recommender = Recommender(
      archive: archive, options: try CommonOptions.recommendationOptions(arguments),
      jobs: try CommonOptions.jobs(arguments))
    let scored = pairs.pairs.compactMap { pair -> (Double, Double)? in
      guard let a = archive.number(of: pair.first), let b = archive.number(of: pair.second) else {
        return nil
      }
      return (recommender.relatedness(a, b), pair.rating)
    }
    try Outputs.write(PairAgreement(scored: scored).table(of: pairs.pairs.count), arguments)
  }
}

/// Why an evaluation does not pass.
struct EvaluationFailure: Error, CustomStringConvertible {
  let description: String
}
