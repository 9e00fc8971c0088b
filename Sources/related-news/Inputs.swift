import Foundation
import RelatedNews

/// Reading archives and articles, with what has to be said about them.
enum Inputs {
  /// The articles behind an ARCHIVE: one file, several joined by commas, or a folder.
  static func articles(at archive: String, _ arguments: Arguments) throws -> ArticleCollection {
    // A comma may belong to a name: the whole is looked for first.
    let isOne = archive == "-" || FileManager.default.fileExists(atPath: archive)
    let paths = isOne ? [archive] : archive.split(separator: ",").map(String.init)
    return try articles(from: paths, arguments)
  }

  static func articles(
    from paths: [String], _ arguments: Arguments
  ) throws -> ArticleCollection {
    let watch = Stopwatch()
    let reader = ArticleReader(
      isStrict: arguments.has("strict"), columns: try columns(arguments))
    let collection = try reader.read(paths, jobs: try CommonOptions.jobs(arguments))
    if !arguments.has("quiet") { ReadingMessages.say(collection.remarks) }
    if arguments.has("report") {
      Terminal.show(
        "read from \(paths.joined(separator: ", ")):\n" + collection.report.text())
    }
    if collection.articles.isEmpty {
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
    let collection = try articles(at: path, arguments)
    return Archive.build(
      collection.articles, analysis: try CommonOptions.analysisOptions(arguments),
      vectors: try CommonOptions.vectorOptions(arguments), jobs: try CommonOptions.jobs(arguments))
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
