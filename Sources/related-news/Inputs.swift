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
    let reader = ArticleReader(isStrict: arguments.has("strict"))
    let collection = try reader.read(paths, jobs: try CommonOptions.jobs(arguments))
    for remark in collection.remarks { Terminal.say(remark.description) }
    if collection.articles.isEmpty {
      throw ReadingError("\(paths.joined(separator: ", ")): no article could be read")
    }
    if !arguments.has("quiet") {
      let skipped = collection.skippedCount
      Terminal.say(
        "read \(Terminal.counted(collection.articles.count, "article")) in \(watch.text)"
          + (skipped > 0 ? ", skipped \(Terminal.grouped(skipped))" : ""))
    }
    return collection
  }

  /// The archive behind an ARCHIVE, ready to rank.
  static func archive(at path: String, _ arguments: Arguments) throws -> Archive {
    let collection = try articles(at: path, arguments)
    return Archive.build(
      collection.articles, analysis: try CommonOptions.analysisOptions(arguments),
      vectors: try CommonOptions.vectorOptions(arguments), jobs: try CommonOptions.jobs(arguments))
  }
}

/// Where results go: standard output, or a file that is whole or not there.
enum Outputs {
  static func write(_ text: String, _ arguments: Arguments) throws {
    guard let path = arguments.text("output"), path != "-" else { return try Terminal.print(text) }
    if isDevice(path) {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
      defer { close(descriptor) }
      return try ByteSink.write(Array(text.utf8), to: descriptor, named: path)
    }
    let file = try AtomicFile(path: path)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  /// A device (`/dev/stdout`, `/dev/full`) or a pipe cannot be replaced by a rename.
  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }
}
