import Foundation

/// One article as a reader meets it, with its Related News box beside it.
struct ArticlePage {
  let preview: Preview
  let position: Int

  private var story: Preview.Story { preview.stories[position] }
  private var root: String { SitePage.root(from: story.path) }

  var html: String {
    let article = story.article
    let main = """
      <div class="reading">
      <article class="piece"\(HTML.language(article))>
      \(article.section.map { "<p class=\"kicker\">\(HTML.escaped($0))</p>" } ?? "")
      <h1>\(HTML.escaped(Preview.title(of: article)))</h1>
      <p class="meta" lang="en">\(facts)</p>
      <div class="text">
      \(Self.paragraphs(of: article.body).map { "<p>\(HTML.escaped($0))</p>" }.joined(separator: "\n"))
      </div>
      </article>
      <div class="side">
      \(box)
      \(inbound)
      </div>
      \(turns)
      </div>
      """
    return SitePage(
      siteTitle: preview.title, title: "\(Preview.title(of: article)) · \(preview.title)",
      place: .article, root: root, main: main
    ).html
  }

  /// The paragraphs of a body as text, white space at their ends taken off.
  static func paragraphs(of body: String) -> [String] {
    var body = body
    return body.withUTF8 { bytes in
      Paragraphs.ranges(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
  }

  // MARK: The article

  private var facts: String {
    var text = preview.facts(story.article)
    if let link = story.article.url.flatMap(SafeLink.init) {
      text +=
        "<span><a href=\"\(HTML.escaped(link.url))\" rel=\"noopener noreferrer\">Original</a></span>"
    }
    return text
  }

  private var turns: String {
    let newer = position > 0 ? position - 1 : nil
    let older = position + 1 < preview.stories.count ? position + 1 : nil
    let links =
      (newer.map {
        "<p><span>Newer</span>\(preview.link($0, root: root, attributes: " rel=\"prev\""))</p>"
      }
        ?? "")
      + (older.map {
        "<p class=\"older\"><span>Older</span>\(preview.link($0, root: root, attributes: " rel=\"next\""))</p>"
      } ?? "")
    return links.isEmpty
      ? "" : "<nav class=\"turn plain\" aria-label=\"Next to this\">\(links)</nav>"
  }

  // MARK: The box

  private var box: String {
    let content =
      story.box.isEmpty
      ? "<p class=\"note\">Nothing in the archive is close enough. An empty box is better than a wrong one.</p>"
      : "<ol>\n\(story.box.enumerated().map { entry($1, rank: $0 + 1) }.joined(separator: "\n"))\n</ol>"
    return """
      <nav class="box" aria-labelledby="related"><h2 id="related">Related News</h2>
      \(content)
      </nav>
      """
  }

  private func entry(_ suggestion: Preview.Suggestion, rank: Int) -> String {
    let article = preview.stories[suggestion.story].article
    let describes = " aria-describedby=\"why-\(rank)\""
    var meta = preview.facts(article)
    if let from = story.article.published, let to = article.published {
      let days = to.timeIntervalSince(from) / 86_400
      meta += "<span>\(SiteDate.distance(days: days))</span>"
    }
    if let label = suggestion.label { meta += "<span class=\"tag\">\(label)</span>" }
    return """
      <li>\(preview.link(suggestion.story, root: root, attributes: describes))
      <p class="meta">\(meta)</p>
      \(preview.versions(suggestion.versions, root: root))
      <div class="why"><p id="why-\(rank)">\(HTML.escaped(suggestion.reason.sentence))</p>
      \(account(suggestion))</div></li>
      """
  }

  /// What the score is made of: the terms that bring most, then the two factors.
  private func account(_ suggestion: Preview.Suggestion) -> String {
    let reason = suggestion.reason
    guard suggestion.label == nil, !reason.terms.isEmpty else { return "" }
    let most = reason.terms.map(\.value).max() ?? 1
    let terms = reason.terms.map { term in
      let width = Int((term.value / most * 100).rounded())
      return "<div><dt>\(HTML.escaped(term.name))</dt><dd><span class=\"quiet\">"
        + "\(Self.decimals(term.value)) of \(Self.decimals(reason.relatedness))</span>"
        + "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        + "<rect width=\"\(width)\" height=\"8\" rx=\"1\"/></svg></dd></div>"
    }
    return "<dl>\(terms.joined())</dl><p class=\"sum\">Score "
      + "\(Self.decimals(Double(suggestion.score))): text \(Self.decimals(reason.relatedness))"
      + " × time \(Self.decimals(reason.recency))</p>"
  }

  private var inbound: String {
    let boxes = preview.health.inbound[position]
    guard !boxes.isEmpty else {
      return "<p class=\"inbound meta\">In nobody’s box: no article suggests this one.</p>"
    }
    let items = boxes.map { "<li>\(preview.link($0, root: root))</li>" }
    return """
      <details class="inbound plain"><summary>Suggested by \
      \(SitePage.counted(boxes.count, "article", "articles"))</summary>
      <ul>\(items.joined())</ul></details>
      """
  }

  /// Two decimals, for the eye.
  static func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
