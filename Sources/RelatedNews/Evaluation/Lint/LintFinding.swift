/// A problem in a run or qrels file.
package struct LintFinding: Sendable, Hashable {
  /// What kind of problem; findings of one kind are counted together.
  package enum Kind: String, Sendable, CaseIterable {
    // A file with one of these is refused.
    case malformed = "lines that are none"
    case badScore = "scores that are no numbers"
    case duplicate = "duplicates"
    // These are read, and mean less than they seem.
    case rankDisagrees = "ranks that disagree with scores"
    case tie = "tied scores"
    case selfListed = "queries in their own lists"
    case unknownArticle = "articles that the archive does not have"
    case unknownTopic = "queries without judgments"
    case missingTopic = "judged queries without a list"
    case nothingRelevant = "queries without a relevant article"

    package var isError: Bool { [.malformed, .badScore, .duplicate].contains(self) }
  }

  package let kind: Kind
  package let file: String
  /// Nil where the problem is what is not there.
  package let line: Int?
  package let message: String

  package var description: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(kind.isError ? "error" : "warning"): \(message)"
  }
}

/// All findings about the files of an evaluation.
package struct LintReport: Sendable {
  package let findings: [LintFinding]

  package init(_ findings: [LintFinding]) { self.findings = findings }

  package var hasErrors: Bool { findings.contains { $0.kind.isError } }

  /// The findings of each kind, at most `limit` of them, and how many there are.
  package func text(limit: Int = 20) -> String {
    guard !findings.isEmpty else { return "no problems\n" }
    var lines: [String] = []
    var summary: [String] = []
    for kind in LintFinding.Kind.allCases {
      let found = findings.filter { $0.kind == kind }
      guard let first = found.first else { continue }
      lines += found.prefix(limit).map { Plain.oneLine($0.description) }
      if found.count > limit {
        lines.append("\(first.file): … and \(found.count - limit) more of \(kind.rawValue)")
      }
      summary.append("\(found.count) \(kind.rawValue)")
    }
    return lines.joined(separator: "\n") + "\n" + summary.joined(separator: ", ") + "\n"
  }
}
