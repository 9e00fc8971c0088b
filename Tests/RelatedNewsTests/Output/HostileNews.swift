import Foundation
import RelatedNews

/// Articles as an enemy would write them, and lists of them: every output must hold.
enum HostileNews {
  /// A title that is a formula, markup, a terminal command and a right-to-left trick in one.
  static let formula = Article(
    id: "=cmd|'/C calc'!A0",
    title:
      "=HYPERLINK(\"http://x.example\",\"a\"), <script>alert(1)</script>\u{1B}[31m\u{202E}fdp.exe",
    published: Date(timeIntervalSince1970: 0), url: "javascript:alert(document.cookie)")
  /// A scheme whose colon hides under an accent, an id with line ends and a NUL.
  static let breaker = Article(
    id: "a\nb\r\n\"c\"\t\0d", title: "- [x](javascript:alert`1`) *b* &lt;i&gt; \u{2028}| `code`",
    published: Date(timeIntervalSince1970: 1_700_000_000),
    source: "</title><img src=x onerror=alert(1)>",
    section: "\"><svg onload=alert(1)>", url: "javascript:\u{301}alert(1)",
    language: "en\" onclick=\"alert(1)")
  /// An honest link with everything that Markdown would trip over.
  static let link = Article(
    id: "ünï/../../etc", title: "7. Not a list \u{9B}2J",
    url: "https://x.example/a(b)_c*d?e=1&copy;=2`'\"<z>")
  static let bare = Article(id: "_", title: "")

  static let lists = [
    RecommendationList(
      id: "q 1\n2",
      items: [
        Recommendation(
          article: formula, score: 0.5, because: ["<b>dam</b>", "+1"], versions: [formula.id, "b"]),
        Recommendation(article: breaker, score: 0.5),
        Recommendation(article: link, score: 0.499_999_9, isPinned: true),
        Recommendation(article: bare, score: 0, fallback: "same section, newest"),
      ]),
    RecommendationList(id: "nothing", items: []),
    RecommendationList(id: "Nothing", items: [Recommendation(article: bare, score: 1)]),
  ]

  /// An archive with two stories, their copies, and the hostile ones among them.
  static var articles: [Article] {
    let dam = "The crack in the spillway of Tarn Dam is eleven metres long, the water board said."
    let choir = "The choir of Lower Sell sang in the square, and nobody went home before midnight."
    var articles = [formula, breaker, link, bare].enumerated().map { index, article in
      var article = article
      article.body = "\(dam)\n\n<script>alert(\(index))</script> Engineer \(index) climbed the dam."
      return article
    }
    for day in 0..<6 {
      articles.append(
        Article(
          id: "dam-\(day)", title: "Tarn Dam, day \(day)",
          body: "\(dam) Pump \(day * 7) was started.",
          published: Date(timeIntervalSince1970: Double(1_700_000_000 + day * 86_400)),
          source: "Sell Echo",
          section: "local"))
      articles.append(
        Article(
          id: "Choir-\(day)", title: "Choir, night \(day)",
          body: "\(choir) Song \(day * 3) came last.",
          published: Date(timeIntervalSince1970: Double(1_710_000_000 + day * 86_400))))
    }
    var draft = Article(id: "draft", title: "Tarn Dam, unseen", body: dam)
    draft.status = .draft
    var later = Article(id: "embargoed", title: "Tarn Dam, later", body: dam)
    later.embargoedUntil = .distantFuture
    return articles + [draft, later]
  }
}
