import Foundation

/// A news item of NewsML-G2 with NITF, XHTML or plain text inside.
///
/// `guid` is the id, `version` counts up; withheld, cancelled and embargoed items keep their status.
/// An embargo without a date holds until further notice. Source:
/// https://iptc.org/standards/newsml-g2/
enum NewsMLItem {
  static func record(_ item: MarkupElement, _ draft: RecordDraft) -> ReadRecord {
    var draft = draft
    let meta = item.first("itemMeta")
    let content = item.first("contentMeta")
    let kind = meta?.first("itemClass").map { $0.attribute("qcode") ?? $0.attribute("uri") ?? "" }
    if let kind, isNoText(kind) { return draft.passedOver("a NewsML-G2 item of class \(kind)") }
    draft.identify(item.attribute("guid"), url: nil)
    draft.version = item.attribute("version").flatMap(Int.init)
    readBody(of: item, into: &draft)
    if let headline = content?.first("headline")?.line ?? meta?.first("title")?.line {
      draft.article.title = headline
    }
    if draft.article.title.isEmpty { draft.article.title = content?.first("slugline")?.line ?? "" }
    let made = draft.date(meta?.first("versionCreated")?.line, "<versionCreated>")
    draft.article.published =
      draft.date(content?.first("contentCreated")?.line, "<contentCreated>")
      ?? draft.date(meta?.first("firstCreated")?.line, "<firstCreated>")
      ?? draft.article.published ?? made
    draft.article.updated = made
    readStatus(meta, into: &draft)
    draft.article.language =
      content?.first("language")?.attribute("tag") ?? item.attribute("xml:lang")
      ?? draft.article.language
    draft.article.source =
      [content?.first("infoSource"), meta?.first("provider"), content?.first("creditline")]
      .compactMap { $0.flatMap(name) }.first ?? draft.article.source
    let subjects = (content?.all("subject") ?? []).compactMap { $0.first("name")?.line }
    draft.article.section = meta?.first("service").flatMap(name) ?? subjects.first
    draft.add(keywords: (content?.all("keyword") ?? []).compactMap(\.line) + subjects)
    let links = (meta?.all("link") ?? []) + item.all("link")
    draft.article.url =
      links.first { $0.attribute("rel")?.contains("page") == true }?.attribute("href")
      ?? draft.article.id.nonEmpty.flatMap { $0.hasPrefix("http") ? $0 : nil }
    return draft.record(idNames: "\"guid\"")
  }

  private static func isNoText(_ kind: String) -> Bool {
    ["picture", "photo", "video", "audio", "graphic", "animation", "composite"]
      .contains { kind.hasSuffix(":" + $0) || kind.hasSuffix("/" + $0) }
  }

  /// A name in words where there is one, else the code's last part: `nprov:AFP` is `AFP`.
  private static func name(_ element: MarkupElement) -> String? {
    if let name = element.first("name")?.line { return name }
    if let literal = element.attribute("literal") { return literal }
    if element.children.isEmpty, let text = element.line { return text }
    return element.attribute("qcode")?.split(separator: ":").last.map(String.init)
  }

  private static func readStatus(_ meta: MarkupElement?, into draft: inout RecordDraft) {
    if let status = meta?.first("pubStatus") {
      let word = status.attribute("qcode") ?? status.attribute("uri") ?? status.line
      draft.status(
        word.map { $0.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? $0 },
        "<pubStatus>")
    }
    if let embargo = meta?.first("embargoed") {
      if embargo.line == nil {
        draft.article.status = .withheld
      } else {
        draft.embargo(embargo.line, "<embargoed>")
      }
    }
  }

  private static func readBody(of item: MarkupElement, into draft: inout RecordDraft) {
    guard let set = item.first("contentSet") else {
      draft.article.body = item.at("contentMeta", "description")?.text ?? ""
      return
    }
    for inline in set.all("inlineXML") {
      if let nitf = inline.descendant("nitf") {
        NITFDocument.fill(&draft, from: nitf)
        return
      }
      let root = inline.descendant("body") ?? inline
      let marks = FurnitureMarks(root.tree)
      draft.article.body = MarkupText.text(
        of: root.tree, below: [root.index], leavingOut: marks.isFurniture)
      if !draft.article.body.isEmpty { return }
    }
    let data = set.all("inlineData").first {
      $0.attribute("contenttype")?.hasPrefix("text") ?? ($0.attribute("encoding") == nil)
    }
    let text = data?.text ?? ""
    draft.article.body = MarkupText.isHTML(text) ? MarkupText.text(ofHTML: text) : text
  }
}
