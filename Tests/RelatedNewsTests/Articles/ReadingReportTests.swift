import Foundation
import Testing

@testable import RelatedNews

@Suite struct ReadingReportTests {
  @Test("the report counts fields by format and reasons with their first places")
  func report() throws {
    let paths = ["own.jsonl", "rss.xml"].map { Fixtures.folder.appending(path: $0).path }
    let report = try ArticleReader().read(paths).report
    #expect(report.coverage[.jsonLines]?.articles == 4)
    #expect(report.coverage[.rss]?.articles == 2)
    let text = report.text().replacing(Fixtures.folder.path + "/", with: "")
    let lines = text.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(
      lines.prefix(5) == [
        "field JSON Lines RSS all", "articles 4 2 6", "title 4 2 6", "body 3 2 5",
        "published 0 2 2",
      ])
    #expect(lines.contains("status not published 1 0 1"))
    #expect(lines.contains("left out: 2"))
    #expect(lines.contains("1 \"title\" is a number, expected text (own.jsonl:4)"))
    #expect(lines.contains("merged: 1"))
    #expect(lines.contains("1 \"published\" is no date (own.jsonl:5)"))
  }

  @Test("of many records left out for one reason the first three places are named")
  func places() throws {
    let text = String(repeating: "{\"title\":\"x\"}\n", count: 1234)
    let report = try ArticleReader().read(Array(text.utf8), named: "in").report
    #expect(
      report.text() == """
        no articles
        left out: 1,234
          1,234  no "id" (in:1, in:2, in:3, …)

        """)
  }

  @Test("what is no article among articles is passed over and counted")
  func passedOver() throws {
    let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]
    let collection = try ArticleReader().read(bytes, named: "dam.png")
    #expect(collection.skippedCount == 0)
    #expect(collection.remarks.map(\.kind) == [.passedOver])
  }

  @Test("columns are mapped by name; one that is not there is an error that names those that are")
  func columns() throws {
    let table = Array("nr,kop,tekst\n1,Dam,Houdt\n".utf8)
    let columns = try ColumnNames(parsing: "id=nr,title=Kop,body=TEKST")
    let collection = try ArticleReader(columns: columns).read(table, named: "in.csv")
    #expect(collection.articles == [Article(id: "1", title: "Dam", body: "Houdt")])
    let wrong = ArticleReader(columns: try ColumnNames(parsing: "title=kopp"))
    #expect(
      throws: ReadingError(
        "in.csv: no column \"kopp\" for --columns title=kopp; the columns are nr, kop, tekst")
    ) {
      try wrong.read(table, named: "in.csv")
    }
    #expect(throws: ReadingError.self) { try ColumnNames(parsing: "headline=x") }
    #expect(throws: ReadingError.self) { try ColumnNames(parsing: "title") }
  }
}
