import RelatedNews

extension Command {
  static let index = Command(
    name: "index", arguments: "INPUT... --output FILE",
    summary: "an archive kept as one index file",
    details: """
      Reads articles once and keeps all that lists need in one file, which every command takes as
      its ARCHIVE. With --add and --remove it brings an index up to date, without reading the old
      articles again: `index --add FILE --remove ID INDEX`. The newest stories are kept beside the
      others until it is due to be written whole; `index INDEX --output FILE` does that at once. Lists
      are the same, and written whole the bytes are, whichever way the articles came.
      """,
    examples: [
      "related-news index archive.jsonl --output archive.rnx",
      "related-news suggest archive.rnx new-article.txt",
      "related-news index --add today.jsonl --remove a17 archive.rnx --changed-lists changed.jsonl",
    ],
    options: [
      Option("output", "FILE", "write here, whole or not at all (default of an update: its INDEX)"),
      Option(
        "add", "FILE", "add the articles of FILE, in place of those of the same id", repeats: true),
      Option("remove", "ID", "take the article out", repeats: true),
      Option("changed-lists", "FILE", "write the lists that the update changes"),
    ] + CommonOptions.lists + CommonOptions.analysis + CommonOptions.reading,
    run: IndexCommand.run)
}

enum IndexCommand {
  static func run(_ arguments: Arguments) throws {
    if arguments.has("add") || arguments.has("remove") { return try update(arguments) }
    guard let output = arguments.text("output") else {
      throw UsageError("index needs --output FILE (or --add or --remove and an index)")
    }
    guard !arguments.operands.isEmpty else { throw UsageError("index needs an INPUT") }
    guard !arguments.has("changed-lists") else {
      throw UsageError("--changed-lists goes with --add or --remove")
    }
    let lock = try WriterLock(for: output)
    let (archive, watch) = try archive(from: arguments.operands, arguments)
    try write(archive, to: output, watch: watch, arguments)
    _ = consume lock
  }

  /// The archive of an index, or of articles, with a watch that runs since these were read.
  private static func archive(
    from inputs: [String], _ arguments: Arguments
  ) throws -> (Archive, Stopwatch) {
    let jobs = try CommonOptions.jobs(arguments)
    if inputs.count == 1, let index = try KeptArchive.index(at: inputs[0], arguments) {
      let watch = Stopwatch()
      return (try index.archiveToUpdate(jobs: jobs), watch)
    }
    let articles = try Inputs.articles(from: inputs, arguments).articles
    let watch = Stopwatch()
    let analysis = try CommonOptions.analysisOptions(arguments)
    let vectors = try CommonOptions.vectorOptions(arguments)
    let archive = ProgressBar.watch("building", of: articles.count, unit: "articles", arguments) {
      Archive.build(articles, analysis: analysis, vectors: vectors, isKept: true, jobs: jobs)
    }
    return (archive, watch)
  }

  private static func update(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, let path = arguments.operands.first else {
      throw UsageError("index --add and --remove need one index FILE")
    }
    let jobs = try CommonOptions.jobs(arguments)
    let options = try CommonOptions.recommendationOptions(arguments)
    let lock = try WriterLock(for: path)
    let index = try KeptArchive.open(path, arguments)
    // On a quiet day nothing is new.
    let added =
      arguments.has("add")
      ? try Inputs.articles(from: arguments.texts("add"), mayBeNone: true, arguments).articles : []
    let watch = Stopwatch()
    let output = arguments.text("output") ?? path
    let removed = arguments.texts("remove")
    let isAskedForChanges = arguments.has("changed-lists")
    func update(_ archive: Archive) -> ArchiveUpdate {
      archive.updated(adding: added, removing: removed, jobs: jobs)
    }
    func changes(of update: ArchiveUpdate) -> [ListChange] {
      Ripple(of: update, options: options, jobs: jobs)
        .changes(jobs: jobs, where: ChangedLists.areDifferent)
    }
    // Changed lists come before the index: who is interrupted in between does both again.
    if let landing = try index.landing(added, removing: removed, jobs: jobs) {
      say(landing.remarks, arguments)
      if isAskedForChanges {
        let ripple = try IndexRipple(from: index, to: landing.file, options: options, jobs: jobs)
        try write(
          try ripple?.changes(where: ChangedLists.areDifferent)
            ?? changes(of: update(try index.archive(jobs: jobs))), arguments)
      }
      try IndexFileWriter.write(landing.file, to: output)
      report(landing.file.count, in: output, watch: watch, arguments)
    } else {
      let update = update(
        isAskedForChanges
          ? try index.archive(jobs: jobs) : try index.archiveToUpdate(jobs: jobs))
      say(update.remarks, arguments)
      if isAskedForChanges { try write(changes(of: update), arguments) }
      try write(update.archive, to: output, watch: watch, arguments)
    }
    _ = consume lock
  }

  private static func say(_ remarks: [ReadingRemark], _ arguments: Arguments) {
    guard !arguments.has("quiet") else { return }
    for remark in remarks { Terminal.say(remark.description) }
  }

  private static func write(_ changes: [ListChange], _ arguments: Arguments) throws {
    guard let path = arguments.text("changed-lists") else { return }
    var file = try ResultFile(path: path)
    for change in changes { try file.write(ChangedLists.line(change)) }
    try file.finish()
    if !arguments.has("quiet") {
      Terminal.say("\(Terminal.counted(changes.count, "list")) changed")
    }
  }

  private static func write(
    _ archive: Archive, to path: String, watch: Stopwatch, _ arguments: Arguments
  ) throws {
    try IndexFileWriter.write(
      archive, to: path, toolVersion: Help.version, jobs: try CommonOptions.jobs(arguments))
    report(archive.count, in: path, watch: watch, arguments)
  }

  private static func report(
    _ count: Int, in path: String, watch: Stopwatch, _ arguments: Arguments
  ) {
    guard !arguments.has("quiet") else { return }
    Terminal.say(
      "wrote \(path): \(Terminal.counted(count, "article")), "
        + "\(Terminal.grouped(Inputs.size(of: [path]))) bytes, in \(watch.text)")
  }
}
