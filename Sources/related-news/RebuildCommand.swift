import RelatedNews

extension Command {
  static let rebuild = Command(
    name: "rebuild", arguments: "ARCHIVE",
    summary: "a list for every article of the archive",
    details: """
      Writes a recommendation list for every article, in the order of the input. The same bytes at
      any --jobs.
      """,
    examples: [
      "related-news rebuild archive.jsonl --output related.jsonl",
      "related-news rebuild pages/ --format hugo-data --output data/related.json",
    ],
    options: CommonOptions.lists + CommonOptions.output + CommonOptions.analysis
      + CommonOptions.reading,
    run: RebuildCommand.run)
}

enum RebuildCommand {
  /// Lists that are made before they are written, so that a pipe flows and memory stays small.
  private static let chunk = 2048

  static func run(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, let path = arguments.operands.first else {
      throw UsageError("rebuild needs one ARCHIVE")
    }
    let options = try CommonOptions.recommendationOptions(arguments)
    let jobs = try CommonOptions.jobs(arguments)
    var output = try ListOutput(arguments)
    let archive = try Inputs.archive(at: path, arguments)
    let watch = Stopwatch()
    let recommender = Recommender(archive: archive, options: options, jobs: jobs)
    let rebuild = Rebuild(of: archive.inputOrder, by: recommender, jobs: jobs)
    var emptyCount = 0
    for range in rebuild.chunks(of: chunk) {
      let lists = rebuild.lists(at: range, jobs: jobs)
      emptyCount += lists.count { $0.items.isEmpty }
      try output.append(lists)
    }
    try output.finish()
    if !arguments.has("quiet") {
      Terminal.say(
        "made \(Terminal.counted(rebuild.count, "list")) in \(watch.text)"
          + (emptyCount > 0 ? ", \(Terminal.grouped(emptyCount)) of them empty" : ""))
    }
  }
}
