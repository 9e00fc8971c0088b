/// Looks through a qrels file for what makes an evaluation fail or mislead.
package struct JudgmentsLint: Sendable {
  package private(set) var findings: [LintFinding] = []
  /// The queries of the file, in its order.
  package private(set) var queries: [String] = []

  /// - Parameter isKnown: whether the archive has an article; nil where there is no archive.
  /// - Throws: `ReadingError` if the file cannot be read at all.
  package init(_ path: String, isKnown: ((String) -> Bool)? = nil) throws {
    try self.init(parsing: TRECScanner.bytes(of: path), named: path, isKnown: isKnown)
  }

  package init(parsing bytes: [UInt8], named name: String, isKnown: ((String) -> Bool)? = nil) {
    var scanner = TRECScanner(bytes)
    var builder = JudgmentsBuilder()
    var lines: [[Int]] = []
    func finding(_ kind: LintFinding.Kind, _ line: Int?, _ message: String) -> LintFinding {
      LintFinding(kind: kind, file: name, line: line, message: message)
    }
    while scanner.next() {
      let line = scanner.line
      guard scanner.fieldCount == 4, let grade = scanner.integer(3),
        JudgmentsBuilder.grades.contains(grade)
      else {
        findings.append(
          finding(.malformed, line, "expected `qid 0 docno grade`, the grade a whole number"))
        continue
      }
      let span = scanner.bytes.span
      let query = builder.number(of: span.extracting(scanner.fields[0]))
      if query == lines.count { lines.append([]) }
      let docno = scanner.text(2)
      guard builder.add(span.extracting(scanner.fields[2]), grade: grade, to: query) else {
        let judged = builder.articles[query]
        let first = judged.docnos.number(of: docno) ?? 0
        findings.append(
          finding(
            .duplicate, line,
            "\(docno) has grade \(judged.grades[first]) for \(scanner.text(0)) already, in line "
              + "\(lines[query][first])"))
        continue
      }
      lines[query].append(line)
      if docno == scanner.text(0) {
        findings.append(finding(.selfListed, line, "\(docno) is judged for itself"))
      }
      if let isKnown, !isKnown(docno) {
        findings.append(finding(.unknownArticle, line, "the archive has no article \(docno)"))
      }
    }
    queries = (0..<builder.numbers.count).map { builder.numbers[$0] }
    for (query, judged) in zip(queries, builder.articles)
    where !judged.grades.contains(where: { $0 > 0 }) {
      findings.append(finding(.nothingRelevant, nil, "\(query) has no relevant article"))
    }
    if let isKnown {
      for (query, lines) in zip(queries, lines) where !isKnown(query) {
        findings.append(
          finding(.unknownArticle, lines.first, "the archive has no article \(query), a query"))
      }
    }
  }
}

extension LintReport {
  /// What is wrong with runs, with judgments, and between them.
  package init(
    runs: [(path: String, lint: RunLint)], judgments: (path: String, lint: JudgmentsLint)?
  ) {
    var findings = (judgments?.lint.findings ?? []) + runs.flatMap(\.lint.findings)
    if let judgments {
      let judged = ByteTable(judgments.lint.queries)
      for run in runs {
        let listed = ByteTable(run.lint.queries)
        for query in judgments.lint.queries where listed.number(of: query) == nil {
          findings.append(
            LintFinding(
              kind: .missingTopic, file: run.path, line: nil,
              message: "\(query) is judged in \(judgments.path) but has no list"))
        }
        for query in run.lint.queries where judged.number(of: query) == nil {
          findings.append(
            LintFinding(
              kind: .unknownTopic, file: run.path, line: nil,
              message: "\(query) has a list but no judgments in \(judgments.path)"))
        }
      }
    }
    self.init(findings)
  }
}
