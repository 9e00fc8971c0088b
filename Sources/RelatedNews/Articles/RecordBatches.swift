import Foundation

/// The records of many files, in the order of the files, some at a time.
///
/// Small files are read several at once, a large one by all cores; never both, and never in an
/// order that depends on `jobs`.
struct RecordBatches {
  private var files: ArraySlice<Candidate>
  /// How to read.
  private let reader: ArticleReader
  private let jobs: Int
  private var current: OpenFile?
  private(set) var bytesRead = 0

  private struct Candidate: Sendable {
    let path: String
    /// Whether it was named, not found in a folder: then it must be readable.
    let isNamed: Bool
    let size: Int
  }

  private struct OpenFile {
    var file: InputFile
    let source: ByteSource
    var reader: any RecordReader
    let isNamed: Bool
    var hasRecords = false
  }

  /// A folder of pages has many files below this size.
  private static let smallFile = 1 << 20

  /// - Throws: `ReadingError` for a path where nothing is.
  init(_ paths: [String], by reader: ArticleReader, jobs: Int) throws {
    var files: [Candidate] = []
    for path in paths {
      for file in try InputFile.paths(at: path, mayBeEmpty: reader.allowsEmptyInputs) {
        var status = stat()
        let size = jobs > 1 && stat(file, &status) == 0 ? Int(status.st_size) : Int.max
        files.append(Candidate(path: file, isNamed: file == path, size: size))
      }
    }
    self.files = files[...]
    self.reader = reader
    self.jobs = jobs
  }

  /// One source in memory.
  init(_ source: ByteSource, path: String, by reader: ArticleReader, jobs: Int) throws {
    files = []
    self.reader = reader
    self.jobs = jobs
    let file = InputFile(path: path, columns: reader.columns, jobs: jobs)
    current = try open(source, file: file, isNamed: true)
  }

  /// The next records; nil after the last file.
  /// - Throws: `ReadingError` for a named file that cannot be read at all.
  mutating func next() throws -> [ReadRecord]? {
    while true {
      if current != nil {
        if let records = try nextOfCurrent() { return records }
        current = nil
      }
      let small = files.prefix { $0.size <= Self.smallFile }.prefix(64 * jobs)
      if small.count > 1 {
        files = files.dropFirst(small.count)
        return try readSmall(Array(small))
      }
      guard let candidate = files.popFirst() else { return nil }
      if let records = try open(candidate) { return records }
    }
  }

  private mutating func nextOfCurrent() throws -> [ReadRecord]? {
    guard var open = current else { return nil }
    let before = open.source.bytesOnDisk
    do {
      let records = try open.reader.next()
      bytesRead += open.source.bytesOnDisk - before
      if let records {
        open.hasRecords = open.hasRecords || !records.isEmpty
        current = open
        return records
      }
      current = nil
      return open.source.failure.map { [Self.skipped(open.file, $0)] }
    } catch let error as ReadingError where !open.isNamed || open.hasRecords {
      current = nil
      return [Self.skipped(open.file, error)]
    }
  }

  /// Opens a file; a file of a folder that cannot be opened costs that file.
  private mutating func open(_ candidate: Candidate) throws -> [ReadRecord]? {
    let file = InputFile(path: candidate.path, columns: reader.columns, jobs: jobs)
    do {
      let source = try ByteSource.file(candidate.path)
      current = try open(source, file: file, isNamed: candidate.isNamed)
      bytesRead += current?.source.bytesOnDisk ?? 0
      return nil
    } catch let error as ReadingError where !candidate.isNamed {
      return [Self.skipped(file, error)]
    }
  }

  private func open(
    _ source: ByteSource, file: InputFile, isNamed: Bool
  ) throws -> OpenFile {
    let source = try FormatRecognition.unpacked(source, file: file)
    let isEmpty = (isNamed || reader.allowsEmptyInputs) && source.peek(1).isEmpty
    if isEmpty {
      if let failure = source.failure { throw failure }
      guard reader.allowsEmptyInputs else {
        throw ReadingError("\(file.name): empty; expected articles")
      }
    }
    let records: any RecordReader =
      isEmpty
      ? WholeFileReader([ReadRecord(place: file.name, warning: "empty", format: .other)])
      : FormatRecognition.reader(for: source, file: file)
    return OpenFile(file: file, source: source, reader: records, isNamed: isNamed)
  }

  private mutating func readSmall(_ candidates: [Candidate]) throws -> [ReadRecord] {
    let results = concurrentMap(count: candidates.count, jobs: jobs) { [reader] index in
      Result<[ReadRecord], any Error> {
        var batches = RecordBatches(single: candidates[index], by: reader)
        var records: [ReadRecord] = []
        while let more = try batches.next() { records += more }
        return records
      }
    }
    bytesRead += candidates.reduce(0) { $0 + $1.size }
    return try results.flatMap { try $0.get() }
  }

  private init(single: Candidate, by reader: ArticleReader) {
    files = [single]
    self.reader = reader
    jobs = 1
  }

  private static func skipped(_ file: InputFile, _ error: ReadingError) -> ReadRecord {
    // The error names the file already.
    let prefix = file.name + ": "
    let text = error.description
    let message = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    return ReadRecord(place: file.name, skipped: message, format: .other)
  }
}
