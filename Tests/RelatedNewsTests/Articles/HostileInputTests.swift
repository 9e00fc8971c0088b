import Foundation
import Testing

@testable import RelatedNews

/// Input that was made to cost memory, time or secrets costs one clear line.
@Suite struct HostileInputTests {
  private func read(_ text: String, named name: String = "in.xml") throws -> ArticleCollection {
    try ArticleReader().read(Array(text.utf8), named: name)
  }

  private static let item = "<item><title>t</title><guid>g</guid></item>"

  @Test("a document type that declares entities is refused: billion laughs, a local file")
  func entities() throws {
    for subset in [
      "<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">", "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
      "<!ELEMENT r ANY> <!ENTITY % p SYSTEM \"http://x.example/e.dtd\"> %p;",
    ] {
      let text =
        "<?xml version=\"1.0\"?><!DOCTYPE r [\(subset)]><rss><channel>\(Self.item)</channel></rss>"
      let collection = try read(text)
      #expect(collection.articles.isEmpty)
      #expect(collection.remarks.first?.message.contains("declares entities") == true)
    }
  }

  @Test("a document type without entities is only left out")
  func documentType() throws {
    let type = "<!DOCTYPE rss PUBLIC \"-//X//DTD\" \"http://x.example/rss.dtd\" [<!ELEMENT r ANY>]>"
    #expect(try read("\(type)<rss><channel>\(Self.item)</channel></rss>").articles.count == 1)
  }

  @Test("an endless attribute ends the reading after a megabyte; what came before stays")
  func attribute() throws {
    let text = "<rss><channel>\(Self.item)<item a=\"" + String(repeating: "x", count: 3 << 20)
    let collection = try read(text)
    #expect(collection.articles.count == 1)
    #expect(collection.remarks.last?.message.hasPrefix("a tag of more than 1048576 bytes") == true)
  }

  @Test("what is nested too deep costs its record")
  func depth() throws {
    let deep = String(repeating: "<a>", count: 5000)
    let text =
      "<rss><channel><item>\(deep)<title>t</title></item>\(Self.item)</channel></rss>"
    let collection = try read(text)
    #expect(collection.articles.map(\.id) == ["g"])
    #expect(collection.remarks[0].message == "nested more than 200 elements deep")
  }

  @Test("a page of ten thousand open elements is read")
  func deepPage() throws {
    let page =
      "<html><body>" + String(repeating: "<div><b>", count: 10_000)
      + "<p>The story itself is here, at the bottom of it all.</p>"
    let article = try #require(try read(page, named: "deep.html").articles.first)
    #expect(article.body.contains("at the bottom"))
  }

  @Test("as many elements as fit into a page end the page, not the memory")
  func manyElements() throws {
    let page =
      "<html><body><p>Text of the story is here.</p>"
      + String(repeating: "<i>", count: 500_000)
    #expect(try read(page, named: "many.html").articles.count == 1)
    let item = "<item><guid>m</guid>" + String(repeating: "<i/>", count: 500_000) + "</item>"
    let collection = try read("<rss><channel>\(item)\(Self.item)</channel></rss>")
    #expect(collection.articles.map(\.id) == ["g"])
    #expect(collection.remarks[0].message.hasPrefix("more than 400000 elements"))
  }

  @Test("JSON nested 10,000 deep costs its line")
  func deepJSON() throws {
    let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    let text = "{\"id\":\"a\",\"title\":\"t\",\"x\":\(deep)}\n{\"id\":\"b\",\"title\":\"t\"}"
    #expect(try read(text, named: "in.jsonl").articles.map(\.id) == ["b"])
  }

  @Test("a line above the limit is walked over")
  func longLine() {
    var batches = LineBatches(
      .bytes(Array("short\n\(String(repeating: "x", count: 900))\nlast".utf8)), batchSize: 64,
      longestLine: 100)
    var lines: [String] = []
    var tooLong: [Int] = []
    while let batch = batches.next() {
      lines += batch.lines.map { String(decoding: batch.bytes[$0.range], as: UTF8.self) }
      tooLong += batch.tooLong.map(\.number)
    }
    #expect(lines == ["short", "last"] && tooLong == [2])
  }

  @Test("a quote that never ends costs the rest of the table, not the memory")
  func endlessQuote() {
    var rows = CSVRows(.bytes(Array("a,b\n\"x".utf8)), separator: UInt8(ascii: ","))
    #expect(rows.next()?.cells.count == 2)
    #expect(rows.next()?.problem == "the file ends inside a quoted cell")
    #expect(rows.next() == nil)
  }

  @Test("a file of zeros is no page")
  func zeros() throws {
    let collection = try ArticleReader().read(
      Array(repeating: 0, count: 5000), named: "zeros.txt")
    #expect(collection.remarks[0].message == "NUL at byte 0: not a text page")
  }

  @Test("other encodings are named, with what to do")
  func encodings() throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><rss><channel>\(Self.item)</channel></rss>"
    let message = try read(text).remarks.first?.message
    #expect(message?.hasSuffix("convert it with: iconv -f Shift_JIS -t UTF-8") == true)
  }

  @Test("of a wrong byte in a feed one item is lost")
  func wrongByte() throws {
    let bytes =
      Array("<rss><channel><item><title>".utf8) + [0xE9]
      + Array("</title><guid>x</guid></item>\(Self.item)</channel></rss>".utf8)
    let collection = try ArticleReader().read(bytes, named: "in.xml")
    #expect(collection.articles.map(\.id) == ["g"])
    #expect(collection.remarks[0].reason == "invalid UTF-8")
  }
}
