import RelatedNews

/// An ARCHIVE that is an index file.
enum KeptArchive {
  /// The index behind an ARCHIVE; nil for articles.
  ///
  /// - Throws: `UsageError` if options ask for another analysis than it was built with.
  static func index(at path: String, _ arguments: Arguments) throws -> IndexFile? {
    guard path != "-", IndexFile.isIndexFile(path) else { return nil }
    return try open(path, arguments)
  }

  /// The index at `path`, which must be one.
  ///
  /// - Throws: `IndexFileError` if it is none; `UsageError` as `index(at:_:)`.
  static func open(_ path: String, _ arguments: Arguments) throws -> IndexFile {
    let file = try IndexFile(path: path)
    try checkOptions(of: file, arguments)
    return file
  }

  /// Nobody queries with other settings than the index was built with.
  private static func checkOptions(of file: IndexFile, _ arguments: Arguments) throws {
    let given = CommonOptions.analysis.map(\.name).filter { arguments.text($0) != nil }
    guard !given.isEmpty else { return }
    let analysis = try CommonOptions.analysisOptions(
      arguments, startingFrom: file.analysisOptions)
    let vectors = try CommonOptions.vectorOptions(arguments, startingFrom: file.vectorOptions)
    guard analysis != file.analysisOptions || vectors != file.vectorOptions else { return }
    let names = given.map { "--" + $0 }.joined(separator: ", ")
    throw UsageError(
      "\(file.path) was built with other settings than \(names) asks for; leave the option out, or "
        + "build the index anew with it")
  }
}
