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
      .grouped("Output")
      + CommonOptions.analysis + CommonOptions.reading,
    run: RebuildCommand.run)
}

enum RebuildCommand {
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
      to: file, archive: archive, options: options, arguments)
    say(count, emptyCount, watch, arguments)
  }

  /// To standard output, a device or a folder.
  private static func stream(
    from path: String, options: RecommendationOptions, _ arguments: Arguments
  ) throws {
    var output = try ListOutput(arguments)
    let archive = try Inputs.archive(at: path, arguments)
    let watch = Stopwatch()
    var emptyCount = 0
    let format = output.streamFormat
    try WatchedRebuild.pieces(of: archive.inputOrder, in: archive, options: options, arguments) {
      lists, start in
      (lists, format.map { FormattedLists(lists, format: $0, isFirst: start == 0) })
    } _: { pieces in
      emptyCount += pieces.reduce(0) { $0 + $1.0.count { $0.items.isEmpty } }
      try output.append(pieces)
    }
    try output.finish()
    say(archive.count, emptyCount, watch, arguments)
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
