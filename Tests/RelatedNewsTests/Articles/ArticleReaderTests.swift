import Foundation
import RelatedNews
import Testing

@Suite struct ArticleReaderTests {
  private func read(_ text: String, named name: String = "in.jsonl") throws -> ArticleCollection {
    try ArticleReader().read(Array(text.utf8), named: name)
  }

  @Test("reads the contract's record whole")
  func record() throws {
    let line = """
      {"id":"a1","title":"Dam holds","body":"One.\\n\\nTwo.","published":"2024-03-04T07:40:00+01:00",\
      "source":"Wire","section":"local","keywords":["dam"],"url":"https://x.example/a1",\
      "language":"en","status":"publish","embargoedUntil":"2024-03-05","unknown":{"x":1}}
      """
    let article = try #require(try read("\u{FEFF}" + line + "\r\n").articles.first)
    #expect(article.title == "Dam holds" && article.body == "One.\n\nTwo.")
    #expect(article.published == Date(timeIntervalSince1970: 1_709_534_400))
    #expect(article.keywords == ["dam"] && article.status == .published)
    #expect(article.embargoedUntil == Date(timeIntervalSince1970: 1_709_596_800))
  }

  @Test(
    "a malformed record costs that record, and its line is named",
    arguments: [
      (#"{"title":"x"}"#, "no \"id\""), (#"{"id":""}"#, "empty"),
      (#"{"id":"a"}"#, "no text"), (#"{"id":"a","title":7}"#, "\"title\" is a number"),
      (#"{"id":["a"],"title":"x"}"#, "\"id\" is a list"), ("[1]", "a list"), ("{", "not JSON"),
      (String(repeating: "[", count: 10_000), "not JSON"),
    ])
  func malformed(line: String, reason: String) throws {
    let good = #"{"id":"good","title":"t"}"#
    let collection = try read(good + "\n" + line + "\n", named: "in.jsonl")
    #expect(collection.articles.map(\.id) == ["good"])
    #expect(collection.skippedCount == 1)
    #expect(collection.remarks[0].place == "in.jsonl:2")
    #expect(collection.remarks[0].message.contains(reason), "\(collection.remarks[0])")
    #expect(throws: ReadingError.self) {
      try ArticleReader(isStrict: true).read(Array((good + "\n" + line).utf8), named: "in")
    }
  }

  @Test("invalid UTF-8 and UTF-16 are named, with what to do")
  func encodings() throws {
    var bytes = Array(#"{"id":"a","title":"x"}"#.utf8) + [0x0A]
    bytes += Array(#"{"id":"b","title":""#.utf8) + [0xE9] + Array(#""}"#.utf8)
    let collection = try ArticleReader().read(bytes, named: "in.jsonl")
    #expect(collection.articles.map(\.id) == ["a"])
    #expect(collection.remarks[0].message.hasPrefix("invalid UTF-8 at byte 19"))
    let utf16 = try ArticleReader().read([0xFF, 0xFE, 0x41, 0x00], named: "page.txt")
    #expect(utf16.remarks[0].message.contains("iconv -f UTF-16"))
  }

  @Test("of two records with one id the later updated wins, else the later record, and it is said")
  func versions() throws {
    let collection = try read(
      """
      {"id":"a","title":"new","updated":"2024-05-02"}
      {"id":"a","title":"old","updated":"2024-05-01"}
      {"id":"b","title":"first"}
      {"id":"b","title":"second"}
      {"id":"\u{E9}","title":"composed"}
      {"id":"e\u{301}","title":"decomposed"}
      """)
    #expect(collection.articles.map(\.title) == ["new", "second", "composed", "decomposed"])
    #expect(collection.remarks.map(\.kind) == [.replaced, .replaced])
  }

  @Test(
    "dates in the forms of the trade",
    arguments: [
      "2017-11-30T09:22:39Z", "2017-11-30 09:22:39", "2017-11-30T10:22:39+01:00",
      "2017-11-30T09:22:39.000Z", "Thu, 30 Nov 2017 09:22:39 +0000", "2017年11月30日 09:22:39",
    ])
  func dates(text: String) {
    #expect(ArticleDate.date(text) == Date(timeIntervalSince1970: 1_512_033_759))
  }

  @Test(
    "days without a time",
    arguments: [
      "2017-11-30", "30 November 2017", "Nov. 30, 2017", "November 30, 2017", "30.11.2017",
      "2017/11/30", "2017年11月30日",
    ])
  func days(text: String) {
    #expect(ArticleDate.date(text) == Date(timeIntervalSince1970: 1_512_000_000))
  }

  @Test(
    "the dates of mail and feeds",
    arguments: [
      "Thu, 30 Nov 2017 09:22:39 GMT", "30 Nov 2017 09:22:39 UT", "Thu, 30 Nov 17 04:22:39 EST",
      "thu,30 nov 2017 10:22:39 +01:00", "30 November 2017 11:22:39 CEST",
      "Thu, 30 Nov 2017 01:22:39 PST",
    ])
  func mailDates(text: String) {
    #expect(ArticleDate.date(text) == Date(timeIntervalSince1970: 1_512_033_759))
  }

  @Test(
    "numbers that no calendar holds are no dates",
    arguments: [
      "9223372036854775807 Nov 2017 09:22:39", "1 Nov 9223372036854775807 09:22:39",
      "1 Nov 2017 9223372036854775807:22:39", "1 Nov 2017 09:-1:39", "31 Nov 2017 09:22:39",
      "2017-9223372036854775807-01", "2017-11-30T9223372036854775807:00:00Z",
      "9223372036854775807.1.2017", "2017年9223372036854775807月1日", "1 Nov 2017 09:22:39 +9999999",
    ])
  func hostileDates(text: String) { #expect(ArticleDate.date(text) == nil) }

  @Test("no dates", arguments: ["", "0000-01-01", "99999-01-01", "yesterday", "2017-13-40"])
  func noDates(text: String) { #expect(ArticleDate.date(text) == nil) }

  static let page = """
    Korea talks resume

    2017-11-30 09:22:39 | From:Wire

    The talks go on.

    Second paragraph.

    Related News
    Other headline
    Another one

    Your Comment

    Name

    Share | Print
    Copyright 2017 Wire. All rights reserved.
    """

  @Test("a text page is headline, stamp and paragraphs; furniture reaches no term")
  func textPage() throws {
    for text in [Self.page, Self.page.replacing("\n", with: "\r\n")] {
      let article = try #require(try read(text, named: "dir/talks.txt").articles.first)
      #expect(article.id == "talks" && article.title == "Korea talks resume")
      #expect(article.source == "Wire")
      #expect(article.published == Date(timeIntervalSince1970: 1_512_033_759))
      #expect(article.body == "The talks go on.\n\nSecond paragraph.")
    }
  }

  @Test(
    "stamps of every shape",
    arguments: [
      ("2017-11-30 | Source: Wire", "Wire"), ("30 November 2017", nil), ("From: Wire", "Wire"),
      ("Published: Nov. 30, 2017 | Source: Wire", "Wire"), ("2017年11月30日 来源：新社", "新社"),
    ] as [(String, String?)])
  func stamps(line: String, source: String?) throws {
    let article = try #require(try read("Head\n\n\(line)\n\nText.", named: "p").articles.first)
    #expect(article.body == "Text." && article.source == source)
  }

  @Test("a first paragraph with a date in it is no stamp")
  func noStamp() throws {
    let text = "Head\n\nOn 30 November 2017 the river came.\n\nMore."
    #expect(try read(text, named: "p").articles[0].body.hasPrefix("On 30 November"))
  }

  @Test("files that are no articles are one clear error")
  func errors() throws {
    #expect(throws: ReadingError("x: empty; expected articles")) {
      try ArticleReader().read([], named: "x")
    }
    #expect(throws: ReadingError("/no/such: no such file or folder")) {
      try ArticleReader().read(["/no/such"])
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: ReadingError.self) { try ArticleReader().read([folder.path]) }
  }
}
