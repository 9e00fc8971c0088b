/// An item of RSS 0.9x, 1.0 or 2.0, with the modules that news feeds use: content:encoded for the
/// whole text, dc:creator, dc:date and dc:subject, media:keywords; pictures and enclosures are left
/// aside.
///
/// `guid` is the id; without one the link is. Source: https://www.rssboard.org/rss-specification
enum RSSItem {
  static func record(
    _ item: MarkupElement, of channel: XMLChannel, _ draft: RecordDraft
  ) -> ReadRecord {
    var draft = draft
    fill(&draft, from: item, of: channel)
    let html = item.first("content:encoded")?.text.nonEmpty ?? item.first("description")?.text
    draft.article.body = MarkupText.text(ofHTML: html ?? "")
    draft.article.section = item.all("category").compactMap(\.line).first
    draft.add(
      keywords: (item.all("category") + item.all("dc:subject")).compactMap(\.line)
        .map(MarkupText.line(ofHTML:))
        + (item.first("media:keywords")?.line?.split(separator: ",").map(String.init) ?? []))
    return draft.record(idNames: "<guid> and no <link>")
  }

  /// What an exported post has in common with a feed's item.
  static func fill(_ draft: inout RecordDraft, from item: MarkupElement, of channel: XMLChannel) {
    let guid = item.first("guid")
    let permalink = guid?.attribute("isPermaLink") == "false" ? nil : guid?.line
    let about = item.attribute("rdf:about")
    draft.article.url =
      RecordDraft.firstText(item.first("link")?.line, item.first("atom:link")?.attribute("href"))
      ?? [permalink, about].compactMap { $0 }.first { $0.hasPrefix("http") }
    draft.identify(guid?.line, about, url: draft.article.url)
    let title = item.first("title") ?? item.first("dc:title") ?? item.first("media:title")
    draft.article.title = MarkupText.line(ofHTML: title?.text ?? "")
    draft.article.published = draft.date(
      RecordDraft.firstText(
        item.first("pubDate")?.line, item.first("dc:date")?.line,
        item.first("dcterms:issued")?.line, item.first("atom:published")?.line), "<pubDate>")
    draft.article.updated = draft.date(
      RecordDraft.firstText(item.first("dcterms:modified")?.line, item.first("atom:updated")?.line),
      "<dcterms:modified>")
    draft.article.source = RecordDraft.firstText(
      item.first("source")?.line, channel.title, item.first("dc:publisher")?.line,
      item.first("dc:creator")?.line)
    draft.article.language = item.first("dc:language")?.line ?? channel.language
  }
}
