import Foundation
import RelatedNews
import Testing

@Suite struct FormatterTests {
  static let hostile = Article(
    id: "a b", title: "=cmd|\"x\" <script>alert(1)</script>\u{1B}[31m, end",
    published: Date(timeIntervalSince1970: 0), url: "javascript:alert(1)")
  static let list = RecommendationList(
    id: "q 1",
    items: [
      Recommendation(article: hostile, score: 0.5, because: ["dam"], versions: ["a b", "c"]),
      Recommendation(article: Article(id: "d", title: "D", url: "https://x.example/d"), score: 0.5),
    ])

  private func text(_ format: ListFormat) -> String { format.formatter.document([Self.list]) }

  @Test("JSON lines parse, in the order of the contract")
  func jsonLines() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text(.jsonl).utf8)) as? [String: Any])
    let related = try #require(object["related"] as? [[String: Any]])
    #expect(object["id"] as? String == "q 1")
    #expect(related[0]["title"] as? String == Self.hostile.title)
    #expect(related[0]["versions"] as? [String] == ["a b", "c"])
    #expect(text(.jsonl).contains(#"{"rank":2,"id":"d","score":0.5,"title":"D","url":"#))
    for format in [ListFormat.json, .hugoData] {
      #expect((try? JSONSerialization.jsonObject(with: Data(text(format).utf8))) != nil)
    }
  }

  @Test("TREC scores fall strictly and ids have no spaces")
  func trec() {
    #expect(
      text(.trec) == "q_1 Q0 a_b 1 0.5 related-news\nq_1 Q0 d 2 0.499999 related-news\n")
  }

  @Test("a cell that a spreadsheet would run is disarmed")
  func csv() {
    let lines = text(.csv).components(separatedBy: "\r\n")
    #expect(lines[1].hasPrefix("q 1,1,a b,0.5,\"'=cmd|\"\"x\"\" <script>"))
    #expect(!text(.csv).contains("\u{1B}"))
  }

  @Test("HTML escapes everything and links only what may be followed")
  func html() {
    #expect(!text(.html).contains("<script>") && !text(.html).contains("javascript:"))
    #expect(text(.html).contains("<a href=\"https://x.example/d\">D</a>"))
    #expect(text(.html).contains("aria-labelledby=\"related-news-q_201\""))
  }

  @Test("Markdown is not led astray")
  func markdown() {
    #expect(text(.markdown).contains("\\<script\\>") && !text(.markdown).contains("javascript"))
  }
}

@Suite struct AtomicFileTests {
  @Test("a file that is not committed leaves the old one and no trace")
  func rollback() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "out.jsonl").path
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    do {
      let file = try AtomicFile(path: path)
      try file.write(Array("half".utf8))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.jsonl"])
    let file = try AtomicFile(path: path)
    try file.write(Array("new".utf8))
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(throws: OutputError.self) { _ = try AtomicFile(path: folder.path) }
  }
}
