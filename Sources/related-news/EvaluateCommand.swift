import RelatedNews

extension Command {
  static let evaluate = Command(
    name: "evaluate", arguments: "ARCHIVE --qrels FILE", summary: "how good the lists are",
    details: "Compares lists with judgments.",
    examples: ["related-news evaluate Data/archive.jsonl --qrels Data/judgments.qrels"],
    options: [
      Option("qrels", "FILE", "judgments: qid 0 docno grade"),
      Option("pairs", "FILE", "human ratings of pairs: id, id, rating, tab-separated"),
      Option("run", "FILE", "judge these lists (a TREC run) instead of our own", repeats: true),
      Option("per-query", nil, "also each query's figures"),
    ] + CommonOptions.lists + CommonOptions.output + CommonOptions.analysis + CommonOptions.reading,
    run: EvaluateCommand.run)
}

enum EvaluateCommand {
  static func run(_ arguments: Arguments) throws {
    if let path = arguments.text("pairs") { return try evaluatePairs(path, arguments) }
    guard let qrelsPath = arguments.text("qrels") else {
      throw UsageError("evaluate needs --qrels FILE (or --pairs FILE)")
    }
    let judgments = try Judgments.read(qrelsPath)
    let run: Run
    if let path = arguments.text("run") {
      run = try Run.read(path)
    } else {
      guard let path = arguments.operands.first else {
        throw UsageError("evaluate needs an ARCHIVE")
      }
      run = try ownRun(of: path, judgments: judgments, arguments)
    }
    let evaluation = Evaluation(of: run, judgedBy: judgments)
    try Outputs.write(evaluation.table(perQuery: arguments.has("per-query")), arguments)
  }

  /// Our own lists for the judged queries.
  private static func ownRun(
    of path: String, judgments: Judgments, _ arguments: Arguments
  ) throws -> Run {
    let options = try CommonOptions.recommendationOptions(arguments, limit: 20)
    let jobs = try CommonOptions.jobs(arguments)
    let archive = try Inputs.archive(at: path, arguments)
    let recommender = Recommender(archive: archive, options: options, jobs: jobs)
    let numbers = judgments.queries.compactMap(archive.number(of:))
    let missing = judgments.queries.count - numbers.count
    if missing > 0 {
      Terminal.say(
        "\(Terminal.counted(missing, "judged query")) not in the archive: counted as empty lists")
    }
    return Run(recommender.lists(of: numbers, jobs: jobs))
  }

  private static func evaluatePairs(_ path: String, _ arguments: Arguments) throws {
    guard let archivePath = arguments.operands.first else {
      throw UsageError("evaluate needs an ARCHIVE")
    }
    let pairs = try RatedPairs.read(path)
    let archive = try Inputs.archive(at: archivePath, arguments)
    let recommender = Recommender(
      archive: archive, options: try CommonOptions.recommendationOptions(arguments))
    let scored = pairs.pairs.compactMap { pair -> (Double, Double)? in
      guard let a = archive.number(of: pair.first), let b = archive.number(of: pair.second) else {
        return nil
      }
      return (recommender.relatedness(a, b), pair.rating)
    }
    try Outputs.write(PairAgreement(scored: scored).table(of: pairs.pairs.count), arguments)
  }
}
