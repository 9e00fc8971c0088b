import Foundation

/// Reads articles from files, folders and standard input; formats are recognised by content.
///
/// ```swift
/// let collection = try ArticleReader().read(["archive.jsonl", "feeds/"], jobs: 4)
/// print(collection.articles.count, collection.report.text())
/// ```
public struct ArticleReader: Sendable {
  /// Whether the first record that has to be left out ends the reading with an error.
  public var isStrict: Bool
  /// Which column of a table is which field.
  public var columns: ColumnNames
  /// Whether a file or folder may be empty, such as one of what is new since yesterday.
  public var allowsEmptyInputs: Bool

  public init(
    isStrict: Bool = false, columns: ColumnNames = ColumnNames(), allowsEmptyInputs: Bool = false
  ) {
    self.isStrict = isStrict
    self.columns = columns
    self.allowsEmptyInputs = allowsEmptyInputs
  }

  /// Reads `paths` one after the other: files, folders (every file below, in the order of their
  /// paths' bytes, dot-files left out), or `-` for standard input.
  ///
  /// Of two records of one article the one updated later stays, else the later record, at the place
  /// of the first.
  /// - Throws: `ReadingError` for an input that cannot be read at all.
  /// - Complexity: O(bytes), spread over `jobs` cores; the result never depends on `jobs`.
  public func read(_ paths: [String], jobs: Int = 1) throws -> ArticleCollection {
    try collect(RecordBatches(paths, by: self, jobs: jobs))
  }

  /// Reads articles from bytes in memory; `name` is used in remarks.
  public func read(_ data: [UInt8], named name: String, jobs: Int = 1) throws -> ArticleCollection {
    let source = ByteSource.bytes(data)
    return try collect(RecordBatches(source, path: name, by: self, jobs: jobs))
  }

  private func collect(_ batches: RecordBatches) throws -> ArticleCollection {
    var batches = batches
    var resolution = VersionResolution()
    while let records = try batches.next() {
      try check(records)
      resolution.add(records)
    }
    return resolution.finished(bytesRead: batches.bytesRead)
  }

  func check(_ records: [ReadRecord]) throws {
    guard isStrict else { return }
    if let first = records.lazy.flatMap(\.remarks).first(where: { $0.kind == .skipped }) {
      throw ReadingError("\(first) (--strict: nothing was written)")
    }
  }
}
