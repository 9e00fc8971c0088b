import RelatedNews

extension Command {
  static let rebuild = Command(
    name: "rebuild", arguments: "ARCHIVE",
    summary: "a list for every article of the archive",
    details: """
      Writes a recommendation list for every article, in the order of the input. The same bytes at
      any --jobs. A run with --output that was interrupted goes on with --resume.
      """,
    examples: [
      "related-news rebuild archive.jsonl --output related.jsonl",
      "related-news rebuild pages/ --format hugo-data --output data/related.json",
    ],
    options: CommonOptions.lists + CommonOptions.output
      + [Option("resume", nil, "go on with an interrupted run of the same --output")]
      + CommonOptions.analysis + CommonOptions.reading,
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
    let file = arguments.text("output").flatMap { path in
      path == "-" || ResultFile.isDevice(path) || arguments.has("output-dir") ? nil : path
    }
    guard let file else {
      if arguments.has("resume") { throw UsageError("--resume needs --output FILE") }
      return try stream(from: path, options: options, arguments)
    }
    // Tried out before the archive is read: who cannot write need not wait.
    _ = try AtomicFile(path: file)
    let archive = try Inputs.archive(at: path, arguments)
    let watch = Stopwatch()
    let (count, emptyCount) = try RebuildFile.write(
      to: file, archive: archive, options: options, chunk: chunk, arguments)
    say(count, emptyCount, watch, arguments)
  }

  /// To standard output, a device or a folder.
  private static func stream(
    from path: String, options: RecommendationOptions, _ arguments: Arguments
  ) throws {
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
    say(rebuild.count, emptyCount, watch, arguments)
  }

  private static func say(
    _ count: Int, _ emptyCount: Int, _ watch: Stopwatch, _ arguments: Arguments
  ) {
    if !arguments.has("quiet") {
      Terminal.say(
        "made \(Terminal.counted(count, "list")) in \(watch.text)"
          + (emptyCount > 0 ? ", \(Terminal.grouped(emptyCount)) of them empty" : ""))
    }
  }
}
