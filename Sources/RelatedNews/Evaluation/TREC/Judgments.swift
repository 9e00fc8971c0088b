import Foundation

/// What people judged relevant: for each query the graded articles, as a TREC qrels file has them.
///
/// `q7 0 d3 2`: for query q7 article d3 has grade 2. From 1 on a grade is relevant; below 0 the
/// article was pooled but nobody judged it.
public struct Judgments: Sendable, Hashable {
  /// The queries in the order of the file.
  public let queries: [String]
  /// The graded articles of each query.
  private let articles: [JudgedArticles]
  private let numbers: ByteTable

  /// - Parameters:
  ///   - grades: by query, then article.
  ///   - queries: in the order wanted; those that are not among them are left out.
  public init(grades: [String: [String: Int]], queries: [String]) {
    var builder = JudgmentsBuilder()
    for query in queries {
      let number = builder.number(of: query)
      for (article, grade) in (grades[query] ?? [:]).sorted(by: { $0.key < $1.key }) {
        builder.add(article, grade: grade, to: number)
      }
    }
    self.init(builder)
  }

  init(_ builder: JudgmentsBuilder) {
    articles = builder.articles
    numbers = builder.numbers
    queries = (0..<builder.numbers.count).map { builder.numbers[$0] }
  }

  /// Reads `qid 0 docno grade` lines, or an editor's `pin A B` and `ban A B`.
  ///
  /// - Throws: `ReadingError` naming the first line that is none, or judges a pair again.
  public static func read(_ path: String) throws -> Judgments {
    try Judgments(parsing: TRECScanner.bytes(of: path), named: path)
  }

  package init(parsing bytes: [UInt8], named name: String) throws {
    if let rules = try EditorialRules.recognized(in: bytes, named: name) {
      try self.init(parsing: Array(rules.qrels.utf8), named: name)
      return
    }
    var scanner = TRECScanner(bytes)
    var builder = JudgmentsBuilder()
    while scanner.next() {
      guard scanner.fieldCount == 4, let grade = scanner.integer(3),
        JudgmentsBuilder.grades.contains(grade), scanner.isText(0)
      else { throw ReadingError("\(name):\(scanner.line): expected `qid 0 docno grade`") }
      let span = scanner.bytes.span
      let query = builder.number(of: span.extracting(scanner.fields[0]))
      if !builder.add(span.extracting(scanner.fields[2]), grade: grade, to: query) {
        throw ReadingError(
          "\(name):\(scanner.line): \(scanner.text(2)) is judged a second time for "
            + "\(scanner.text(0)): keep one of the lines (evaluate --lint lists them all)")
      }
    }
    guard builder.numbers.count > 0 else {
      throw ReadingError("\(name): no judgments; expected `qid 0 docno grade` lines")
    }
    self.init(builder)
  }

  /// The grade of an article; nil where nobody judged it.
  public func grade(of article: String, for query: String) -> Int? {
    judged(for: query)?.grade(of: Array(article.utf8).span)
  }

  /// The graded articles of a query, best grade first, equal ones in the order of the file.
  public func graded(for query: String) -> [(article: String, grade: Int)] {
    guard let judged = judged(for: query) else { return [] }
    return judged.grades.indices.sorted {
      judged.grades[$0] == judged.grades[$1] ? $0 < $1 : judged.grades[$0] > judged.grades[$1]
    }.map { (judged.docnos[$0], judged.grades[$0]) }
  }

  func judged(for query: String) -> JudgedArticles? {
    numbers.number(of: query).map { articles[$0] }
  }
}

/// The graded articles of one query.
struct JudgedArticles: Sendable, Hashable {
  var docnos = ByteTable()
  var grades: [Int] = []

  func grade(of docno: Span<UInt8>) -> Int? { docnos.number(of: docno).map { grades[$0] } }
}

/// Judgments as they are read.
struct JudgmentsBuilder {
  /// NIST's files stay within ±127; a table as long as the highest grade is made for each query.
  static let grades = -9_999...9_999

  private(set) var numbers = ByteTable()
  private(set) var articles: [JudgedArticles] = []

  mutating func number(of query: Span<UInt8>) -> Int {
    let (number, isNew) = numbers.insert(query)
    if isNew { articles.append(JudgedArticles()) }
    return number
  }

  mutating func number(of query: String) -> Int { number(of: Array(query.utf8).span) }

  /// False, and nothing changes, if the article has a grade already.
  @discardableResult
  mutating func add(_ article: Span<UInt8>, grade: Int, to query: Int) -> Bool {
    guard articles[query].docnos.insert(article).isNew else { return false }
    articles[query].grades.append(grade)
    return true
  }

  mutating func add(_ article: String, grade: Int, to query: Int) {
    add(Array(article.utf8).span, grade: grade, to: query)
  }
}
