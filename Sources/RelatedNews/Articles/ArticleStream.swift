/// Articles as they are read, so that an archive of any size passes through in the memory of a few
/// megabytes.
///
/// ```swift
/// for try await article in ArticleReader().articles(at: ["archive.jsonl.gz"]) {
///   print(article.title)
/// }
/// ```
///
/// Every record comes in the order of the input; older versions of an article are not held back,
/// as the newer one may be a gigabyte away. Each iteration reads from the start.
public struct ArticleStream: AsyncSequence, Sendable {
  public typealias Element = Article

  fileprivate let reader: ArticleReader
  fileprivate let paths: [String]
  fileprivate let onRemark: (@Sendable (ReadingRemark) -> Void)?

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }

  /// Not `Sendable`: one task reads.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let stream: ArticleStream
    private var batches: RecordBatches?
    private var ready: ArraySlice<Article> = []
    private var isDone = false

    fileprivate init(stream: ArticleStream) { self.stream = stream }

    /// - Throws: `ReadingError` for an input that cannot be read, `CancellationError` in a task that
    ///   was cancelled.
    public mutating func next() async throws -> Article? {
      while ready.isEmpty, !isDone {
        try Task.checkCancellation()
        // Reading a megabyte blocks its thread shortly; others get their turn between batches.
        await Task.yield()
        try readBatch()
      }
      return ready.popFirst()
    }

    private mutating func readBatch() throws {
      var batches =
        try self.batches
        ?? RecordBatches(stream.paths, by: stream.reader, jobs: 1)
      guard let records = try batches.next() else {
        isDone = true
        return
      }
      self.batches = batches
      try stream.reader.check(records)
      if let onRemark = stream.onRemark {
        for remark in records.flatMap(\.remarks) { onRemark(remark) }
      }
      ready = records.compactMap(\.article)[...]
    }
  }
}

extension ArticleReader {
  /// The articles of files, folders or standard input (`-`), as they are read.
  ///
  /// - Parameters:
  ///   - paths: read one after the other, each as `read(_:jobs:)` takes them.
  ///   - onRemark: called for what has to be said, in the order of the input.
  public func articles(
    at paths: [String], onRemark: (@Sendable (ReadingRemark) -> Void)? = nil
  ) -> ArticleStream {
    ArticleStream(reader: self, paths: paths, onRemark: onRemark)
  }
}
