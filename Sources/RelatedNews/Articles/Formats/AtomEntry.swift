/// An entry of Atom. Source: RFC 4287; drafts: RFC 5023.
enum AtomEntry {
  static func record(
    _ entry: MarkupElement, of channel: XMLChannel, _ draft: RecordDraft
  ) -> ReadRecord {
    var draft = draft
    let links = entry.all("link")
    let alternate =
      links.first { ($0.attribute("rel") ?? "alternate") == "alternate" && isPage($0) }
      ?? links.first { ($0.attribute("rel") ?? "alternate") == "alternate" }
    draft.article.url = RecordDraft.firstText(alternate?.attribute("href"))
    draft.identify(entry.first("id")?.line, url: draft.article.url)
    draft.article.title = entry.first("title").map(line) ?? ""
    draft.article.body = (entry.first("content") ?? entry.first("summary")).map(text) ?? ""
    if draft.article.body.isEmpty { draft.article.body = entry.first("summary").map(text) ?? "" }
    let updated = draft.date(entry.first("updated")?.line, "<updated>")
    draft.article.published = draft.date(entry.first("published")?.line, "<published>") ?? updated
    draft.article.updated = updated
    draft.article.source =
      entry.at("source", "title").map(line)?.nonEmpty ?? channel.title
      ?? entry.at("author", "name")?.line
    draft.article.language = entry.attribute("xml:lang") ?? channel.language
    let categories = entry.all("category")
    draft.article.section =
      categories.first?.attribute("label")
      ?? categories.first?.attribute(
        "term")
    draft.add(
      keywords: categories.compactMap { $0.attribute("label") ?? $0.attribute("term") })
    if entry.at("app:control", "app:draft")?.line == "yes" { draft.article.status = .draft }
    return draft.record(idNames: "<id> and no <link>")
  }

  private static func isPage(_ link: MarkupElement) -> Bool {
    link.attribute("type")?.contains("html") ?? true
  }

  /// A text construct: plain, escaped HTML, or XHTML in place.
  private static func text(_ element: MarkupElement) -> String {
    switch element.attribute("type") {
    case "html", "text/html": return MarkupText.text(ofHTML: element.text)
    case "xhtml", "application/xhtml+xml":
      let marks = FurnitureMarks(element.tree)
      return MarkupText.text(
        of: element.tree, below: [element.index], leavingOut: marks.isFurniture)
    case nil, "text", "text/plain":
      // Feeds that forget the type are common; plain text with tags in it is not.
      return MarkupText.isHTML(element.text)
        ? MarkupText.text(ofHTML: element.text) : element.text
    case let type?:
      // Pictures in base64 are no text; other markup is read as it stands.
      guard type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("/xml") else {
        return ""
      }
      return MarkupText.text(of: element.tree, below: [element.index])
    }
  }

  private static func line(_ element: MarkupElement) -> String {
    let isHTML = element.attribute("type") == "html"
    return isHTML ? MarkupText.line(ofHTML: element.text) : MarkupText.oneLine(element.text)
  }
}
