/// Looks through a run file for what makes an evaluation fail or mislead.
package struct RunLint: Sendable {
  package private(set) var findings: [LintFinding] = []
  /// The queries of the file, in its order.
  package private(set) var queries: [String] = []
  private let file: String

  private struct Entry {
    let line: Int
    let docno: String
    let rank: Int?
    let score: Double
  }

  /// - Parameter isKnown: whether the archive has an article; nil where there is no archive.
  /// - Throws: `ReadingError` if the file cannot be read at all.
  package init(_ path: String, isKnown: ((String) -> Bool)? = nil) throws {
    try self.init(parsing: TRECScanner.bytes(of: path), named: path, isKnown: isKnown)
  }

  package init(parsing bytes: [UInt8], named name: String, isKnown: ((String) -> Bool)? = nil) {
    file = name
    var scanner = TRECScanner(bytes)
    var numbers = ByteTable()
    var lists: [[Entry]] = []
    while scanner.next() {
      let line = scanner.line
      guard scanner.fieldCount >= 6 else {
        add(.malformed, line, "expected `qid Q0 docno rank score tag`")
        continue
      }
      let (number, isNew) = numbers.insert(scanner.bytes.span.extracting(scanner.fields[0]))
      if isNew { lists.append([]) }
      guard let score = scanner.number(4) else {
        add(.badScore, line, "the score \"\(scanner.text(4))\" is no number")
        continue
      }
      lists[number].append(
        Entry(line: line, docno: scanner.text(2), rank: scanner.integer(3), score: score))
    }
    queries = (0..<numbers.count).map { numbers[$0] }
    for (query, list) in zip(queries, lists) {
      checkDuplicates(list, query)
      checkRanks(list, query)
      checkTies(list, query)
      checkArticles(list, query, isKnown)
    }
  }

  private mutating func add(_ kind: LintFinding.Kind, _ line: Int?, _ message: String) {
    findings.append(LintFinding(kind: kind, file: file, line: line, message: message))
  }

  private mutating func checkDuplicates(_ list: [Entry], _ query: String) {
    var seen = ByteTable()
    var lines: [Int] = []
    for entry in list {
      let (number, isNew) = seen.insert(Array(entry.docno.utf8).span)
      if isNew {
        lines.append(entry.line)
      } else {
        add(
          .duplicate, entry.line,
          "\(entry.docno) is on the list of \(query) already, in line \(lines[number])")
      }
    }
  }

  /// Evaluation goes by scores: a rank that says otherwise is a mistake in one of the two.
  private mutating func checkRanks(_ list: [Entry], _ query: String) {
    let ranked = list.filter { $0.rank != nil }.sorted {
      ($0.rank ?? 0, $0.line) < ($1.rank ?? 0, $1.line)
    }
    for (above, below) in zip(ranked, ranked.dropFirst()) where below.score > above.score {
      add(
        .rankDisagrees, below.line,
        "rank \(below.rank ?? 0) of \(query) scores \(below.score), more than rank "
          + "\(above.rank ?? 0) with \(above.score) in line \(above.line)")
    }
  }

  private mutating func checkTies(_ list: [Entry], _ query: String) {
    let ranked = list.sorted { $0.score == $1.score ? $0.line < $1.line : $0.score > $1.score }
    for (above, below) in zip(ranked, ranked.dropFirst()) where below.score == above.score {
      add(
        .tie, below.line,
        "\(below.docno) of \(query) scores the same as line \(above.line): the ids decide the order"
      )
    }
  }

  private mutating func checkArticles(
    _ list: [Entry], _ query: String, _ isKnown: ((String) -> Bool)?
  ) {
    for entry in list {
      if entry.docno == query {
        add(.selfListed, entry.line, "\(query) is on its own list")
      } else if let isKnown, !isKnown(entry.docno) {
        add(.unknownArticle, entry.line, "the archive has no article \(entry.docno)")
      }
    }
  }
}
