import Testing

@testable import RelatedNews

@Suite struct CanonicalURLTests {
  @Test(
    "addresses of one page are equal",
    arguments: [
      "https://news.example/a", "HTTPS://NEWS.Example/a", "http://news.example:80/a",
      "https://news.example:443/a/", "https://news.example/a#top", " https://news.example/a\n",
      "https://news.example/a?utm_source=x&utm_medium=y",
      "https://news.example/a/?fbclid=1&gclid=2",
      "https://user:secret@news.example/a",
    ])
  func equal(url: String) {
    #expect(CanonicalURL.identity(of: url) == "news.example/a")
  }

  @Test(
    "addresses of other pages are not",
    arguments: [
      "https://news.example/A", "https://news.example/a?id=2", "https://news.example:8080/a",
      "https://other.example/a", "https://news.example/a.html", "https://news.example/#!/a",
    ])
  func different(url: String) {
    #expect(CanonicalURL.identity(of: url) != "news.example/a")
  }

  @Test(
    "what names no single page has no identity",
    arguments: [
      "", "https://news.example", "https://news.example/", "/a", "mailto:a@b.example", "://",
    ])
  func none(url: String) {
    #expect(CanonicalURL.identity(of: url) == nil)
  }

  @Test("an id made from an address is the page's, not the click's")
  func cleaned() {
    #expect(
      CanonicalURL.cleaned("https://News.example/a/?b=1&utm_source=x#c")
        == "https://news.example/a/?b=1")
    #expect(CanonicalURL.cleaned("tag:x") == "tag:x")
  }

  @Test("a feed's story and its saved page are one; two ids with two headlines stay two")
  func merging() throws {
    func read(_ text: String) throws -> ArticleCollection {
      try ArticleReader().read(Array(text.utf8), named: "in.jsonl")
    }
    let same = try read(
      """
      {"id":"a","title":"Dam  holds","url":"https://n.example/1?utm_source=x"}
      {"id":"b","title":"dam holds","url":"http://n.example/1/"}
      {"id":"c","title":"Another story","url":"https://n.example/1"}
      """)
    #expect(same.articles.map(\.id) == ["b", "c"])
    #expect(same.remarks.map(\.reason) == ["one address, merged"])
  }

  @Test("an id that a newsroom gave outlives one made from an address")
  func givenIDs() throws {
    let feed = """
      {"version":"https://jsonfeed.org/version/1.1","items":[
      {"id":"given","url":"https://n.example/1","title":"Old"},
      {"url":"https://n.example/1?utm_id=3","title":"New","date_modified":"2024-01-01"}]}
      """
    let collection = try ArticleReader().read(Array(feed.utf8), named: "feed.json")
    #expect(collection.articles.map(\.id) == ["given"])
    #expect(collection.articles.map(\.title) == ["New"])
  }
}
