import Foundation

/// Judgments as they are made, each on the disk before the next is asked for.
///
/// The file is a qrels file at any moment: a judgment is one line, written at once and made durable.
/// If the machine stops within a line, the next start finishes it or takes it back.
package struct JudgmentLog: ~Copyable {
  package struct Entry: Sendable, Hashable {
    package let query: String
    package let article: String
    package let grade: Int

    var line: String { "\(query) 0 \(article) \(grade)\n" }
  }

  package let path: String
  /// In the order they were made.
  package private(set) var entries: [Entry] = []
  private var table: [JudgingPool.Pair: Int] = [:]
  private let descriptor: Int32

  /// Opens the file, or makes it.
  ///
  /// - Throws: `ReadingError` if there is something else in it; `OutputError` if it cannot be
  ///   written, or another process is judging into it.
  package init(path: String) throws {
    let isNew = !FileManager.default.fileExists(atPath: path)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
    guard takeLock(of: descriptor) else {
      throw OutputError("\(path): another process is judging into this file")
    }
    if isNew { try AtomicFile.syncFolder(PathParts.folder(of: path)) }
    try load()
  }

  deinit { close(descriptor) }

  /// The grade of a pair; nil where it was not judged yet.
  package func grade(of pair: JudgingPool.Pair) -> Int? { table[pair] }

  /// Writes a judgment and waits until it is durable.
  package mutating func append(_ pair: JudgingPool.Pair, grade: Int) throws(OutputError) {
    let entry = Entry(query: pair.query, article: pair.article, grade: grade)
    try ByteSink.write(Array(entry.line.utf8), to: descriptor, named: path)
    try sync()
    entries.append(entry)
    table[pair] = grade
  }

  /// Takes the last judgment back and returns its pair; nil where there is none.
  package mutating func removeLast() throws(OutputError) -> JudgingPool.Pair? {
    guard let last = entries.last else { return nil }
    let line = Array(last.line.utf8)
    let start = Int(lseek(descriptor, 0, SEEK_END)) - line.count
    var written = [UInt8](repeating: 0, count: line.count)
    guard start >= 0, pread(descriptor, &written, line.count, off_t(start)) == line.count,
      written == line
    else { throw OutputError("\(path): the last line was not written here and stays") }
    try truncate(to: start)
    entries.removeLast()
    let pair = JudgingPool.Pair(query: last.query, article: last.article)
    table[pair] = nil
    return pair
  }

  private mutating func load() throws {
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    let bytes = [UInt8](try handle.readToEnd() ?? Data())
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }) ?? 0
    try read(Array(bytes[..<whole]))
    guard whole < bytes.count else { return }
    // A grade is one digit, so a last line with its grade is complete but for the line's end.
    let rest = Array(bytes[whole...])
    let isComplete = rest.last.map { (48...57).contains($0) } ?? false
    if isComplete, (try? read(rest)) != nil {
      try ByteSink.write([UInt8(ascii: "\n")], to: descriptor, named: path)
      try sync()
    } else {
      try truncate(to: whole)
    }
  }

  private mutating func read(_ bytes: [UInt8]) throws {
    var scanner = TRECScanner(bytes)
    while scanner.next() {
      guard scanner.fieldCount == 4, let grade = scanner.integer(3) else {
        throw ReadingError(
          "\(path):\(scanner.line): expected `qid 0 docno grade`; choose another --output")
      }
      let entry = Entry(query: scanner.text(0), article: scanner.text(2), grade: grade)
      entries.append(entry)
      table[JudgingPool.Pair(query: entry.query, article: entry.article)] = grade
    }
  }

  private func truncate(to length: Int) throws(OutputError) {
    guard ftruncate(descriptor, off_t(max(0, length))) == 0,
      lseek(descriptor, 0, SEEK_END) >= 0
    else { throw OutputError("\(path): cannot be shortened", errno: errno) }
    try sync()
  }

  private func sync() throws(OutputError) {
    guard fsync(descriptor) == 0 else {
      throw OutputError("\(path): could not be made durable", errno: errno)
    }
  }
}
