import RelatedNews

extension Command {
  static let judge = Command(
    name: "judge", arguments: "ARCHIVE --output FILE", summary: "collect people's judgments",
    details: """
      Shows pairs of articles and asks how useful the second is beside the first. The pairs are the
      first of several runs (or of our own lists), put together so that nothing tells who found
      what, in random order. Every judgment is on the disk before the next pair is shown: stop at
      any point, and the same command goes on from there. --html writes a page to judge in a browser
      instead. --agreement compares two judges.
      """,
    examples: [
      "related-news judge Data/archive.jsonl --run a.trec --run b.trec --depth 5 --output mine.qrels",
      "related-news judge Data/archive.jsonl --html --output judge.html",
      "related-news judge --agreement mine.qrels yours.qrels",
      "related-news judge --export-pins Data/editors.txt",
    ],
    options: [
      Option("run", "FILE", "judge these lists (a TREC run) instead of our own", repeats: true),
      Option("depth", "N", "how far down each list (default 5)"),
      Option("qrels", "FILE", "leave out what was judged here already"),
      Option("seed", "N", "of the random order (default 1)"),
      Option("html", nil, "a page for the browser, which saves a file"),
      Option("agreement", nil, "how far two files of judgments agree: FILE FILE"),
      Option("export-pins", "FILE", "write an editor's pins and bans as judgments, and end"),
      Option("output", "FILE", "the judgments, or the page"),
    ] + CommonOptions.lists.rare + CommonOptions.analysis + CommonOptions.reading,
    run: JudgeCommand.run)
}

enum JudgeCommand {
  static func run(_ arguments: Arguments) throws {
    if let path = arguments.text("export-pins") { return try exportPins(path, arguments) }
    if arguments.has("agreement") { return try compareJudges(arguments) }
    guard let path = arguments.operands.first else { throw UsageError("judge needs an ARCHIVE") }
    guard let output = arguments.text("output") else {
      throw UsageError("judge needs --output FILE to keep the judgments in")
    }
    let archive = try Inputs.archive(at: path, arguments)
    let pairs = try openPairs(of: archive, arguments)
    if archive.articles.allSatisfy(\.body.isEmpty) {
      Terminal.say("an index keeps no text: titles only; name the articles to see all of it")
    }
    if arguments.has("html") {
      let page = JudgingPage(pairs) { archive.number(of: $0).map { archive.articles[$0] } }
      return try Outputs.write(page.html(), arguments)
    }
    let session = JudgingSession(pairs, log: try JudgmentLog(path: output))
    try JudgingTerminal(archive: archive).run(session)
  }

  /// The pairs to judge: in the pool, in the archive, and not judged elsewhere.
  private static func openPairs(
    of archive: Archive, _ arguments: Arguments
  ) throws -> [JudgingPool.Pair] {
    let runs = try runs(for: archive, arguments)
    let depth = try arguments.integer("depth", in: 1...1_000) ?? 5
    let seed = UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1)
    let judged = try arguments.text("qrels").map(Judgments.read)
    let pool = JudgingPool(of: runs, depth: depth, seed: seed).pairs.filter {
      judged?.grade(of: $0.article, for: $0.query) == nil
    }
    let known = pool.filter {
      archive.number(of: $0.query) != nil && archive.number(of: $0.article) != nil
    }
    let missing = pool.count - known.count
    if missing > 0 {
      Terminal.say(
        "\(Terminal.counted(missing, "pair")) left out: the archive does not have the articles")
    }
    return known
  }

  private static func runs(for archive: Archive, _ arguments: Arguments) throws -> [Run] {
    let paths = arguments.texts("run")
    if !paths.isEmpty { return try paths.map(Run.read) }
    let jobs = try CommonOptions.jobs(arguments)
    let options = try CommonOptions.recommendationOptions(arguments)
    return [
      Run(Recommender(archive: archive, options: options, jobs: jobs).lists(jobs: jobs))
    ]
  }

  private static func compareJudges(_ arguments: Arguments) throws {
    var operands = arguments.operands
    guard (2...3).contains(operands.count) else {
      throw UsageError("--agreement needs two files of judgments: judge --agreement FILE FILE")
    }
    let archive =
      operands.count == 3 ? try Inputs.archive(at: operands.removeFirst(), arguments) : nil
    let agreement = JudgeAgreement(
      try Judgments.read(operands[0]), try Judgments.read(operands[1]))
    guard agreement.count > 0 else {
      throw EvaluationFailure(
        description: "\(operands[0]) and \(operands[1]) have no pair in common")
    }
    let text = agreement.text { id in
      archive.flatMap { archive in archive.number(of: id).map { archive.articles[$0].title } }
    }
    try Outputs.write(text, arguments)
  }

  private static func exportPins(_ path: String, _ arguments: Arguments) throws {
    let rules = try CommonOptions.recommendationOptions(arguments.with(["pins": path])).rules
    try Outputs.write(rules.qrels, arguments)
  }
}
