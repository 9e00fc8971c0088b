import Foundation
import Testing

@testable import RelatedNews

@Suite struct JudgingTests {
  private func temporary() -> String {
    FileManager.default.temporaryDirectory.appending(path: "judging-\(UUID().uuidString)").path
  }

  private let runs = [
    Run(rankings: ["q1": ["a", "b", "c"], "q2": ["q2", "x", "y"]]),
    Run(rankings: ["q1": ["c", "d"], "q3": ["z"]]),
  ]

  @Test("the pool is the first articles of all runs, each once, never the query itself")
  func pool() {
    let pairs = JudgingPool(of: runs, depth: 2, seed: 1).pairs
    let found = Set(pairs.map { "\($0.query)-\($0.article)" })
    #expect(found == ["q1-a", "q1-b", "q1-c", "q1-d", "q2-x", "q3-z"])
    #expect(pairs.count == 6)
  }

  @Test("the order depends on the seed, not on the order of the runs: nothing tells who found what")
  func blind() {
    let pairs = JudgingPool(of: runs, depth: 3, seed: 5).pairs
    #expect(JudgingPool(of: runs.reversed(), depth: 3, seed: 5).pairs == pairs)
    #expect((6..<20).contains { JudgingPool(of: runs, depth: 3, seed: $0).pairs != pairs })
  }

  @Test("a session stopped after every judgment loses none")
  func resume() throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let pairs = JudgingPool(of: runs, depth: 3, seed: 1).pairs
    for index in pairs.indices {
      var session = JudgingSession(pairs, log: try JudgmentLog(path: path))
      #expect(session.remaining == pairs.count - index)
      #expect(session.current == pairs[index])
      try session.judge(index % 5)
    }
    let judgments = try Judgments.read(path)
    for (index, pair) in pairs.enumerated() {
      #expect(judgments.grade(of: pair.article, for: pair.query) == index % 5)
    }
  }

  @Test("skip asks again at the end; undo takes back, on the disk too")
  func undo() throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let pairs = JudgingPool(of: runs, depth: 3, seed: 1).pairs
    var session = JudgingSession(pairs, log: try JudgmentLog(path: path))
    #expect(try session.undo() == false)
    session.skip()
    #expect(session.current == pairs[1])
    try session.judge(4)
    try session.judge(3)
    #expect(try session.undo())
    #expect(session.current == pairs[2])
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 1)
    try session.judge(1)
    #expect(try Judgments.read(path).grade(of: pairs[2].article, for: pairs[2].query) == 1)
  }

  @Test(
    "a file cut off within a line keeps every whole judgment",
    arguments: [
      ("q1 0 a 2\nq1 0 b 3", 2), ("q1 0 a 2\nq1 0 b ", 1), ("q1 0 a 2\nq1 0", 1), ("q", 0), ("", 0),
      ("q1 0 a 2\n", 1),
    ])
  func cutOff(text: String, count: Int) throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(filePath: path))
    var log = try JudgmentLog(path: path)
    #expect(log.entries.count == count)
    try log.append(JudgingPool.Pair(query: "q9", article: "z"), grade: 0)
    #expect(try Judgments.read(path).queries.contains("q9"))
    #expect(
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == count + 1)
  }

  @Test("another file is not written into, and two judges cannot share one")
  func refused() throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("dear diary\n".utf8).write(to: URL(filePath: path))
    #expect(throws: ReadingError.self) { _ = try JudgmentLog(path: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "dear diary\n")
    let other = temporary()
    defer { try? FileManager.default.removeItem(atPath: other) }
    let log = try JudgmentLog(path: other)
    #expect(throws: OutputError.self) { _ = try JudgmentLog(path: other) }
    #expect(log.entries.isEmpty)
  }

  @Test(
    "answers",
    arguments: [
      ("3", JudgingSession.Answer.grade(3)), (" 0 ", .grade(0)), ("5", .unknown), ("u", .undo),
      ("S", .skip), ("quit", .quit), ("?", .scale), ("", .unknown), ("-1", .unknown),
    ])
  func answers(line: String, answer: JudgingSession.Answer) {
    #expect(JudgingSession.Answer(line) == answer)
  }

  @Test("the page has every pair, escaped, and no request to a server")
  func page() {
    let pairs = JudgingPool(of: runs, depth: 3, seed: 1).pairs
    let html = JudgingPage(pairs) { id in
      id == "z" ? nil : Article(id: id, title: "<b>\(id)</b>", body: "\"Quoted\" & </script>")
    }.html()
    #expect(html.components(separatedBy: "<fieldset").count == pairs.count)  // one has no article
    #expect(html.contains("data-query=\"q1\" data-article=\"a\""))
    #expect(html.contains("&lt;b&gt;a&lt;/b&gt;") && !html.contains("<b>a</b>"))
    for forbidden in ["http:", "https:", "src=", "fetch("] { #expect(!html.contains(forbidden)) }
  }

  @Test("two judges: kappa and what they disagree on, the furthest first")
  func agreement() {
    let one = Judgments(grades: ["q": ["a": 0, "b": 4, "c": 2, "d": 1]], queries: ["q"])
    let two = Judgments(grades: ["q": ["a": 1, "b": 0, "c": 2]], queries: ["q"])
    let agreement = JudgeAgreement(one, two)
    #expect(agreement.count == 3)
    #expect(agreement.disagreements.map(\.article) == ["b", "a"])
    #expect(abs(agreement.observed - 1.0 / 3) < 1e-12)
    #expect(agreement.text { _ in nil }.contains("4 and 0  q"))
  }
}
