import Foundation

/// What people judged relevant: for each query the graded articles, as a TREC qrels file has them.
public struct Judgments: Sendable, Hashable {
  /// By query, then article. A grade above 0 is relevant.
  public let grades: [String: [String: Int]]
  /// The queries in the order of the file.
  public let queries: [String]

  public init(grades: [String: [String: Int]], queries: [String]) {
    self.grades = grades
    self.queries = queries
  }

  /// Reads `qid 0 docno grade` lines.
  ///
  /// - Throws: `ReadingError` naming the first line that is none.
  public static func read(_ path: String) throws -> Judgments {
    var grades: [String: [String: Int]] = [:]
    var queries: [String] = []
    for (number, fields) in try TRECLines.read(path) {
      guard fields.count == 4, let grade = Int(fields[3]) else {
        throw ReadingError("\(path):\(number): expected `qid 0 docno grade`")
      }
      if grades[fields[0]] == nil { queries.append(fields[0]) }
      grades[fields[0], default: [:]][fields[2]] = grade
    }
    return Judgments(grades: grades, queries: queries)
  }
}

/// Ranked articles by query, as a TREC run file has them.
public struct Run: Sendable, Hashable {
  /// By query, best first: by score, equal scores by docno descending, as trec_eval ranks.
  public let rankings: [String: [String]]

  public init(rankings: [String: [String]]) { self.rankings = rankings }

  public init(_ lists: [RecommendationList]) {
    rankings = Dictionary(
      lists.map { ($0.id, $0.items.map(\.article.id)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads `qid Q0 docno rank score tag` lines. Scores decide, not ranks.
  ///
  /// - Throws: `ReadingError` naming the first line that is none.
  public static func read(_ path: String) throws -> Run {
    var entries: [String: [(docno: String, score: Double)]] = [:]
    for (number, fields) in try TRECLines.read(path) {
      guard fields.count >= 5, let score = Double(fields[4]), score.isFinite else {
        throw ReadingError("\(path):\(number): expected `qid Q0 docno rank score tag`")
      }
      entries[fields[0], default: []].append((fields[2], score))
    }
    return Run(
      rankings: entries.mapValues { list in
        list.sorted { a, b in
          a.score == b.score
            ? b.docno.utf8.lexicographicallyPrecedes(a.docno.utf8) : a.score > b.score
        }.map(\.docno)
      })
  }
}

/// The lines of a TREC file, split at white space.
enum TRECLines {
  static func read(_ path: String) throws -> [(number: Int, fields: [String])] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ReadingError("\(path): no such file, or it cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ReadingError("\(path): invalid UTF-8")
    }
    var result: [(number: Int, fields: [String])] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
      if !fields.isEmpty { result.append((index + 1, fields)) }
    }
    guard !result.isEmpty else { throw ReadingError("\(path): empty") }
    return result
  }
}
