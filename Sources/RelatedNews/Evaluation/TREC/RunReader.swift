extension Run {
  /// Reads `qid Q0 docno rank score tag` lines. Scores decide, not ranks; equal scores rank by
  /// docno, descending, as trec_eval ranks.
  ///
  /// - Throws: `ReadingError` naming the first line that is none, or lists an article again.
  /// - Complexity: O(n log l), n lines, l of them in one list.
  public static func read(_ path: String) throws -> Run {
    try Run(parsing: TRECScanner.bytes(of: path), named: path)
  }

  package init(parsing bytes: [UInt8], named name: String) throws {
    var reader = RunReader(name: name)
    try reader.read(bytes)
    try self.init(reader, bytes: bytes)
  }

  private init(_ reader: RunReader, bytes: [UInt8]) throws {
    var reader = reader
    let ranges = reader.groupByQuery()
    reader.rank(ranges, bytes)
    try reader.refuseDuplicates(ranges, bytes)
    self.init(
      tag: reader.tag, bytes: bytes, entries: reader.entries, ranges: ranges,
      numbers: reader.numbers)
  }
}

/// A run as it is read.
private struct RunReader {
  let name: String
  var tag = ""
  var numbers = ByteTable()
  var entries: [Run.Entry] = []
  /// The query of each entry.
  private var queries: [Int32] = []

  init(name: String) { self.name = name }

  mutating func read(_ bytes: [UInt8]) throws {
    // A line has 40 bytes or so: room for all of them, made once.
    entries.reserveCapacity(bytes.count / 40)
    queries.reserveCapacity(bytes.count / 40)
    var scanner = TRECScanner(bytes)
    var lastTag = 0..<0
    var query = Int32(-1)
    var lastQuery = 0..<0
    while scanner.next() {
      guard scanner.fieldCount >= 6 else {
        throw ReadingError(
          "\(name):\(scanner.line): expected `qid Q0 docno rank score tag`, found "
            + "\(scanner.fieldCount) field\(scanner.fieldCount == 1 ? "" : "s")")
      }
      guard let score = scanner.number(4) else {
        throw ReadingError(
          "\(name):\(scanner.line): the score \"\(scanner.text(4))\" is no number")
      }
      if query < 0 || !Self.isEqual(scanner.bytes.span, lastQuery, scanner.fields[0]) {
        let (number, isNew) = numbers.insert(scanner.bytes.span.extracting(scanner.fields[0]))
        if isNew, !scanner.isText(0) {
          throw ReadingError("\(name):\(scanner.line): the id of the query is not UTF-8")
        }
        query = Int32(number)
        lastQuery = scanner.fields[0]
      }
      let docno = scanner.fields[2]
      entries.append(
        Run.Entry(start: docno.lowerBound, length: Int32(docno.count), score: score))
      queries.append(query)
      lastTag = scanner.fields[5]
    }
    guard !entries.isEmpty else {
      throw ReadingError("\(name): no results; expected `qid Q0 docno rank score tag` lines")
    }
    tag = String(decoding: bytes[lastTag], as: UTF8.self)
  }

  /// Brings the entries of each query together, in the order of the file.
  mutating func groupByQuery() -> [Range<Int>] {
    var counts = [Int](repeating: 0, count: numbers.count)
    for query in queries { counts[Int(query)] += 1 }
    var ranges: [Range<Int>] = []
    for count in counts {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + count)
    }
    let isGrouped = zip(queries, queries.dropFirst()).allSatisfy { $0 <= $1 }
    if !isGrouped {
      var next = ranges.map(\.lowerBound)
      var grouped = entries
      for (entry, query) in zip(entries, queries) {
        grouped[next[Int(query)]] = entry
        next[Int(query)] += 1
      }
      entries = grouped
    }
    queries = []
    return ranges
  }

  /// Orders each ranking: score falling, then docno falling.
  mutating func rank(_ ranges: [Range<Int>], _ bytes: [UInt8]) {
    for range in ranges where !Self.isRanked(entries, range, bytes) {
      entries[range].sort { Self.precedes($0, $1, bytes) }
    }
  }

  func refuseDuplicates(_ ranges: [Range<Int>], _ bytes: [UInt8]) throws {
    var seen = ByteTable()
    for (query, range) in ranges.enumerated() {
      seen.removeAll()
      for entry in entries[range] where !seen.insert(bytes.span.extracting(entry.range)).isNew {
        throw ReadingError(
          "\(name): \(String(decoding: bytes[entry.range], as: UTF8.self)) stands twice on the "
            + "list of \(numbers[query]): keep one of the lines (evaluate --lint names them)")
      }
    }
  }

  private static func isRanked(
    _ entries: [Run.Entry], _ range: Range<Int>, _ bytes: [UInt8]
  ) -> Bool {
    for index in range.dropFirst() {
      let (a, b) = (entries[index - 1], entries[index])
      if a.score < b.score || (a.score == b.score && precedes(b, a, bytes)) { return false }
    }
    return true
  }

  private static func precedes(_ a: Run.Entry, _ b: Run.Entry, _ bytes: [UInt8]) -> Bool {
    if a.score != b.score { return a.score > b.score }
    let span = bytes.span
    for offset in 0..<Int(min(a.length, b.length)) {
      let (x, y) = (span[a.start + offset], span[b.start + offset])
      if x != y { return x > y }
    }
    return a.length > b.length
  }

  @inline(__always)
  private static func isEqual(_ span: Span<UInt8>, _ a: Range<Int>, _ b: Range<Int>) -> Bool {
    guard a.count == b.count else { return false }
    for offset in 0..<a.count where span[a.lowerBound + offset] != span[b.lowerBound + offset] {
      return false
    }
    return true
  }
}
