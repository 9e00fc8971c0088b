import Foundation
import Testing

@testable import RelatedNews

/// Run and qrels files as people really write them.
@Suite struct TRECFilesTests {
  private func run(_ text: String) throws -> Run {
    try Run(parsing: Array(text.utf8), named: "run")
  }

  private func judgments(_ text: String) throws -> Judgments {
    try Judgments(parsing: Array(text.utf8), named: "qrels")
  }

  @Test("scores decide, not ranks; equal scores rank by docno, descending")
  func order() throws {
    let run = try run(
      """
      q2 Q0 b 1 0.5 tag
      q1 Q0 x 1 1 tag
      q2 Q0 a 2 0.7 tag
      q2 Q0 é 3 0.5 tag
      q2 Q0 c 4 .5 last
      """)
    #expect(run.ranking(of: "q2") == ["a", "é", "c", "b"])
    #expect(run.ranking(of: "q1") == ["x"])
    #expect(run.ranking(of: "q3").isEmpty)
    #expect(run.queries == ["q2", "q1"])
    #expect(run.tag == "last")
  }

  @Test(
    "tabs, carriage returns, blank lines, comments, a byte order mark, more fields, no last line end"
  )
  func spelling() throws {
    let run = try run(
      "\u{FEFF}# made by hand\r\n\r\n  q\tQ0\td1\t1\t-1e-3\ttag more words\r\nq Q0 d2 2 -inf tag")
    #expect(run.ranking(of: "q") == ["d1", "d2"])
    #expect(run.scores(of: "q") == [-0.001, -.infinity])
    let judgments = try judgments("# who judged\nq 0 d1 2\r\n\nq 0 d2 -1")
    #expect(judgments.grade(of: "d1", for: "q") == 2)
    #expect(judgments.grade(of: "d2", for: "q") == -1)
    #expect(judgments.grade(of: "d3", for: "q") == nil)
  }

  @Test("the two spellings of é are two ids")
  func bytes() throws {
    let judgments = try judgments("q 0 caf\u{E9} 1\nq 0 cafe\u{301} 0\n")
    #expect(judgments.grade(of: "caf\u{E9}", for: "q") == 1)
    #expect(judgments.grade(of: "cafe\u{301}", for: "q") == 0)
  }

  @Test(
    "a line that is none is named",
    arguments: [
      ("q Q0 d 1 0.5 t\nq Q0 d2 1\n", "run:2: expected `qid Q0 docno rank score tag`"),
      ("q Q0 d 1 high t\n", "run:1: the score \"high\" is no number"),
      ("q Q0 d 1 NaN t\n", "run:1: the score \"NaN\" is no number"),
      ("\n\nq Q0 d 1 1 t\nq Q0 d 2 0.5 t\n", "d stands twice on the list of q"),
      ("# nothing\n", "no results"),
    ])
  func badRuns(text: String, says: String) {
    let error = #expect(throws: ReadingError.self) { try run(text) }
    #expect("\(error!)".contains(says), "\(error!)")
  }

  @Test(
    "a judgment that is none is named",
    arguments: [
      ("q 0 d 1\nq 0 d2\n", "qrels:2: expected `qid 0 docno grade`"),
      ("q 0 d 1.5\n", "qrels:1: expected"), ("q 0 d 99999999999999999999\n", "qrels:1: expected"),
      ("q 0 d 1\nq 0 d 1\n", "qrels:2: d is judged a second time for q"), (" \n", "no judgments"),
    ])
  func badJudgments(text: String, says: String) {
    let error = #expect(throws: ReadingError.self) { try judgments(text) }
    #expect("\(error!)".contains(says), "\(error!)")
  }

  @Test("an editor's pins and bans are judgments")
  func editors() throws {
    let judgments = try judgments("# words\npin a b\nban a c # look-alike\nnever-together d e\n")
    #expect(judgments.graded(for: "a").map(\.article) == ["b", "c"])
    #expect(judgments.grade(of: "b", for: "a") == 3)
    #expect(judgments.grade(of: "c", for: "a") == 0)
    #expect(judgments.queries == ["a"])
  }

  @Test("a pin said twice is said once; a pin that is also a ban is refused")
  func contradiction() throws {
    let twice = try EditorialRules(parsing: "pin a b\npin a b\nban a c\n", named: "editors")
    #expect(twice.pins["a"] == ["b"])
    #expect(twice.qrels == "a 0 b 3\na 0 c 0\n")
    let error = #expect(throws: ReadingError.self) {
      try EditorialRules(parsing: "pin a b\nban a b\n", named: "editors")
    }
    #expect("\(error!)".contains("editors:2: b is both pinned and banned for a"))
  }

  @Test("an id of a query that is not text is refused, one of an article is only compared")
  func notText() throws {
    let line = Array("q Q0 d".utf8) + [0xFF] + Array(" 1 0.5 t\n".utf8)
    #expect(try Run(parsing: line, named: "run").queries == ["q"])
    #expect(throws: ReadingError.self) { try Run(parsing: [0xFE] + line, named: "run") }
  }

  @Test("numbers are exact: the quick way gives the bits of the C library")
  func numbers() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20_000 {
      let digits = String(random.next() >> UInt64(random.next(below: 60)))
      let point = random.next(below: digits.count + 1)
      let sign = ["", "-", "+"][random.next(below: 3)]
      let tail = ["", "e5", "E-12", "0000"][random.next(below: 4)]
      let text = sign + digits.prefix(point) + "." + digits.dropFirst(point) + tail
      let bytes = Array(text.utf8)
      let ours: Double? = TRECNumber.double(bytes.span, 0..<bytes.count)
      let exact: Double? = strtod(text, nil)
      #expect(ours == exact, "\(text)")
    }
    for text in ["", ".", "-", "1e", "0x", "1.2.3", "nan", "12a"] {
      let bytes = Array(text.utf8)
      let ours: Double? = TRECNumber.double(bytes.span, 0..<bytes.count)
      #expect(ours == nil, "\(text)")
    }
  }

  /// The plain way: strings, dictionaries, a sort.
  private func plainRankings(_ text: String) -> [String: [String]] {
    var lists: [String: [(String, Double)]] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      lists[fields[0], default: []].append((fields[2], Double(fields[4]) ?? .nan))
    }
    return lists.mapValues { list in
      list.sorted {
        $0.1 == $1.1 ? $1.0.utf8.lexicographicallyPrecedes($0.0.utf8) : $0.1 > $1.1
      }.map(\.0)
    }
  }

  @Test("reads what the plain reader reads, whatever the order of the lines")
  func plainTwin() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<50 {
      var lines: [String] = []
      for query in 0..<(1 + random.next(below: 6)) {
        for docno in 0..<(1 + random.next(below: 40)) {
          let score = Double(random.next(below: 12)) / 4 - 1
          lines.append("q\(query) Q0 d\(docno) 1 \(score) t")
        }
      }
      if random.next(below: 3) > 0 { lines = random.shuffled(lines) }
      let text = lines.joined(separator: "\n")
      let run = try run(text)
      for (query, ranking) in plainRankings(text) { #expect(run.ranking(of: query) == ranking) }
    }
  }

  @Test("a table of bytes numbers strings as a dictionary does")
  func byteTable() {
    var random = SplitMix64(seed: 2)
    var table = ByteTable()
    var plain: [String: Int] = [:]
    for _ in 0..<5_000 {
      let text = String(random.next(below: 900))
      let (number, isNew) = table.insert(Array(text.utf8).span)
      #expect(isNew == (plain[text] == nil))
      plain[text] = plain[text] ?? plain.count
      #expect(number == plain[text])
    }
    #expect(table.count == plain.count)
    #expect(table.number(of: "901") == nil)
    table.removeAll()
    #expect(table.number(of: "1") == nil && table.count == 0)
  }
}
