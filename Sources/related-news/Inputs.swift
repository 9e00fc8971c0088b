import Foundation
import RelatedNews

/// Reading archives and articles, with what has to be said about them.
enum Inputs {
  /// The articles behind an ARCHIVE: one file, several joined by commas, or a folder.
  static func articles(at archive: String, _ arguments: Arguments) throws -> ArticleCollection {
    try articles(from: paths(of: archive), arguments)
  }

  /// The files and folders that an ARCHIVE names.
  static func paths(of archive: String) -> [String] {
    // A comma may belong to a name: the whole is looked for first.
    let isOne = archive == "-" || FileManager.default.fileExists(atPath: archive)
    return isOne ? [archive] : archive.split(separator: ",").map(String.init)
  }

  /// - Parameter mayBeNone: whether it is no error that there are none, unless some cannot be read.
  static func articles(
    from paths: [String], mayBeNone: Bool = false, _ arguments: Arguments
  ) throws -> ArticleCollection {
    let watch = Stopwatch()
    let reader = ArticleReader(
      isStrict: arguments.has("strict"), columns: try columns(arguments),
      allowsEmptyInputs: mayBeNone)
    let jobs = try CommonOptions.jobs(arguments)
    let megabytes = size(of: paths) / 1_000_000
    let collection = try ProgressBar.watch("reading", of: megabytes, unit: "MB", arguments) {
      try reader.read(paths, jobs: jobs)
    }
    if !arguments.has("quiet") { ReadingMessages.say(collection.remarks) }
    if arguments.has("report") {
      Terminal.show(
        "read from \(paths.joined(separator: ", ")):\n" + collection.report.text())
    }
    if collection.articles.isEmpty, !mayBeNone || collection.skippedCount > 0 {
      throw ReadingError("\(paths.joined(separator: ", ")): no article could be read")
    }
    if !arguments.has("quiet") {
      Terminal.say(ReadingMessages.closing(collection, in: watch.text))
    }
    return collection
  }

  private static func columns(_ arguments: Arguments) throws -> ColumnNames {
    guard let text = arguments.text("columns") else { return ColumnNames() }
    do {
      return try ColumnNames(parsing: text)
    } catch let error as ReadingError {
      throw UsageError(error.description)
    }
  }

  /// The archive behind an ARCHIVE, ready to rank.
  static func archive(at path: String, _ arguments: Arguments) throws -> Archive {
    if let index = try KeptArchive.index(at: path, arguments) {
      return try index.archive(jobs: try CommonOptions.jobs(arguments))
    }
    let analysis = try CommonOptions.analysisOptions(arguments)
    let vectors = try CommonOptions.vectorOptions(arguments)
    let jobs = try CommonOptions.jobs(arguments)
    let articles = try articles(at: path, arguments).articles
    let archive = ProgressBar.watch("building", of: articles.count, unit: "articles", arguments) {
      Archive.build(articles, analysis: analysis, vectors: vectors, jobs: jobs)
    }
    if !arguments.has("quiet") {
      for remark in FilterRemarks.remarks(on: arguments, archive) { Terminal.say(remark) }
    }
    return archive
  }

  /// The bytes of the files among `paths`, without reading them.
  static func size(of paths: [String]) -> Int {
    paths.reduce(0) { sum, path in
      // Not by `FileManager`, whose attributes name the owner too: that takes a noticeable part of a short
      // command, and asks the system's C library, which a tool in one file cannot load.
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return sum }
      return sum + Int(status.st_size)
    }
  }
}

/// Where results go: standard output, or a file that is whole or not there.
enum Outputs {
  static func write(_ text: String, _ arguments: Arguments) throws {
    var file = try ResultFile(path: arguments.text("output"))
    try file.write(text)
    try file.finish()
  }
}
