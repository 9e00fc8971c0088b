import Foundation
import FoundationXML
import RelatedNews
import Testing

@Suite struct FormatterTests {
  private func text(_ format: ListFormat) -> String {
    format.formatter.document(HostileNews.lists)
  }

  @Test("every format is as on record, also for hostile articles", arguments: ListFormat.allCases)
  func golden(format: ListFormat) throws {
    try Golden.expect(text(format), equals: "hostile-\(format.rawValue).\(format.fileExtension)")
  }

  @Test("no format lets a control character through", arguments: ListFormat.allCases)
  func controls(format: ListFormat) {
    let obeyed = text(format).unicodeScalars.filter {
      $0 != "\n" && $0 != "\r" && $0 != "\t" && Plain.isObeyed($0)
    }
    #expect(obeyed.isEmpty, "\(obeyed.map { String($0.value, radix: 16) })")
  }

  @Test("the JSON formats parse and say what was put in")
  func json() throws {
    let lines = text(.jsonl).split(separator: "\n")
    #expect(lines.count == HostileNews.lists.count)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    let related = try #require(object["related"] as? [[String: Any]])
    #expect(object["id"] as? String == "q 1\n2")
    #expect(related[0]["title"] as? String == HostileNews.formula.title)
    #expect(related[1]["id"] as? String == HostileNews.breaker.id)
    #expect(related[0]["versions"] as? [String] == [HostileNews.formula.id, "b"])
    let array = try JSONSerialization.jsonObject(with: Data(text(.json).utf8)) as? [Any]
    #expect(array?.count == HostileNews.lists.count)
    let keyed = try JSONSerialization.jsonObject(with: Data(text(.hugoData).utf8)) as? [String: Any]
    #expect((keyed?["q 1\n2"] as? [Any])?.count == 4)
    #expect(!text(.json).contains("<"), "may stand in a script element")
  }

  @Test("a JSON document of no lists is a document")
  func emptyDocuments() throws {
    for format in [ListFormat.json, .hugoData] {
      #expect(
        (try? JSONSerialization.jsonObject(with: Data(format.formatter.document([]).utf8))) != nil)
    }
  }

  @Test("scores beyond all reason are written as the most there is")
  func hugeScores() {
    let articles = ["a", "b"].map { Article(id: $0) }
    let list = RecommendationList(
      id: "q",
      items: articles.map { Recommendation(article: $0, score: .greatestFiniteMagnitude) })
    let rows = TRECFormatter().text(for: list, isFirst: true).split(separator: "\n")
      .map { $0.split(separator: " ") }
    #expect(rows.map { $0[4] } == ["1000000000.0", "999999999.999999"])
    #expect(Plain.score(.infinity) == "1000000000.0")
    #expect(Plain.score(-.infinity) == "-1000000000.0")
  }

  @Test("TREC has six columns, strictly falling scores, distinct lines")
  func trec() {
    let rows = text(.trec).split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.allSatisfy { $0.count == 6 && $0[1] == "Q0" })
    let scores = rows.prefix(4).compactMap { Double($0[4]) }
    #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 > $1 })
    #expect(rows[0][0] == "q_1_2")
  }

  @Test("CSV reads back by RFC 4180, and no cell starts as a formula")
  func csv() {
    let rows = Self.parseCSV(text(.csv))
    #expect(rows.allSatisfy { $0.count == 10 })
    #expect(rows.count == 1 + 4 + 1)
    for cell in rows.dropFirst().joined() {
      #expect(!(cell.first.map { "=+-@".contains($0) } ?? false), "\(cell)")
    }
    #expect(rows[1][4].hasPrefix("'=HYPERLINK(\"http://x.example\",\"a\"), <script>"))
  }

  @Test("a quote or a formula sign under an accent is still one")
  func accents() {
    let list = RecommendationList(
      id: "a",
      items: [Recommendation(article: Article(id: "=\u{301}1", title: "x\"\u{301},y"), score: 1)])
    let rows = Self.parseCSV(ListFormat.csv.formatter.document([list]))
    #expect(rows[1][2].unicodeScalars.first == "'")
    #expect(rows[1][4].unicodeScalars.elementsEqual("x\"\u{301},y".unicodeScalars))
  }

  @Test("TSV has ten columns a line")
  func tsv() {
    let lines = text(.tsv).split(separator: "\n")
    #expect(
      lines.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 10 })
  }

  @Test("HTML is well-formed, escapes everything, links only what may be followed")
  func html() throws {
    let html = text(.html)
    #expect(throws: Never.self) { try XMLDocument(xmlString: "<x>\(html)</x>") }
    #expect(!html.contains("<script") && !html.contains("href=\"javascript:"))
    #expect(!html.contains(/<[^>]*onclick/))
    #expect(
      html.contains("<a href=\"https://x.example/a(b)_c*d?e=1&amp;copy;=2`&#39;&quot;&lt;z&gt;\">"))
    #expect(html.contains("aria-labelledby=\"related-news-q_201_0a2\""))
  }

  @Test("an HTML id never stands for two articles")
  func identifiers() {
    #expect(HTML.identifier("\u{1}b") != HTML.identifier("\u{1B}"))
    #expect(HTML.identifier("a_62") != HTML.identifier("ab"))
  }

  @Test("Markdown is not led astray")
  func markdown() {
    let markdown = text(.markdown)
    #expect(markdown.contains("\\<script\\>") && !markdown.contains(/[^\\]\]\(javascript/))
    #expect(markdown.contains("1. =HYPERLINK") || markdown.contains("1. \\=HYPERLINK"))
    #expect(markdown.contains("2. \\- \\[x\\]"))
    #expect(markdown.contains("3. [7\\. Not a list"))
    #expect(
      markdown.contains("(https://x.example/a%28b%29%5Fc%2Ad?e=1&amp;copy;=2%60%27%22%3Cz%3E)"))
  }

  @Test(
    "only http, https and relative links are links",
    arguments: [
      ("https://x.example/", true), ("HTTP://x.example", true), ("//x.example/a", true),
      ("/a:b", true), ("a/b", true), ("?a:b", true), ("javascript:alert(1)", false),
      (" javascript:alert(1)", false), ("java\nscript:alert(1)", false),
      ("data:text/html,x", false),
      ("javascript:\u{301}alert(1)", false), ("vbscript:x", false), ("", false), ("\u{0}", false),
      ("mailto:a@b.example", false), ("\u{1}javascript:alert(1)", false),
    ])
  func links(url: String, isLink: Bool) {
    #expect((SafeLink(url) != nil) == isLink)
  }

  /// The records of a CSV text, written after RFC 4180, scalar by scalar.
  static func parseCSV(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        cell.unicodeScalars.append("\"")
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }
}
