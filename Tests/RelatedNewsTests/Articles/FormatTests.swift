import Foundation
import Testing

@testable import RelatedNews

/// What is read from each fixture is what was recorded and looked at by eye.
///
/// `RECORD_GOLDEN=1 swift test -c release --filter FormatTests` records anew; look at the difference.
@Suite struct FormatTests {
  private static func transcript() -> String {
    Fixtures.names.map { "=== \($0)\n\(Fixtures.transcript($0))" }.joined(separator: "\n")
  }

  @Test("every fixture is read as recorded")
  func goldens() throws {
    try Golden.expect(Self.transcript(), equals: "formats.txt")
  }

  /// Recognition by content: first lines that look like another format and are not.
  @Test(
    "a page is a page, whatever it begins with",
    arguments: [
      "[Updated] Dam holds", "{sic} said the mayor", "<3 for the harbour", "Text, title and dates",
      "- a dash", "--- a dash", "# 9 opens", "id", "12,5 percent",
    ])
  func pages(headline: String) throws {
    let text = headline + "\n\nThe story, as it was told.\n"
    let article = try #require(
      try ArticleReader().read(Array(text.utf8), named: "page.txt").articles.first)
    #expect(article.title == headline && article.body == "The story, as it was told.")
    #expect(article.id == "page")
  }

  @Test("every fixture gives the same at any number of jobs", arguments: Fixtures.names)
  func jobs(name: String) throws {
    let one = try? Fixtures.read(name)
    let seven = try? Fixtures.read(name, jobs: 7)
    #expect(one?.articles == seven?.articles)
    #expect(one?.remarks == seven?.remarks)
  }
}
