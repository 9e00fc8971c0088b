import Foundation

/// ninjs 1.x, 2.x and 3.x, the IPTC's news in JSON: `{"uri", "headline", "body_html", …}` or, from
/// 2.0 on, lists by role: `{"uri", "headlines": [{"value"}], "bodies": [{"value"}]}`.
///
/// Some systems write `guid` for `uri`. Source: https://iptc.org/standards/ninjs/
enum Ninjs {
  static func isItem(_ object: JSONObject) -> Bool {
    guard object.has("uri") || object.has("guid") else { return false }
    return keys.contains(where: object.has)
      || object.object("standard")?.text("name")?.lowercased() == "ninjs"
      || object.values.keys.contains { $0.hasPrefix("body_") || $0.hasPrefix("headline_") }
  }

  private static let keys = [
    "headline", "headlines", "bodies", "versioncreated", "versionCreated", "firstcreated",
    "firstCreated", "pubstatus", "pubStatus", "representationtype", "slugline",
  ]

  static func record(_ item: JSONObject, place: String, dates: DateReader) -> ReadRecord {
    var draft = RecordDraft(place: place, format: .ninjs, dates: dates)
    if let type = item.text("type"), !["text", "composite", "article"].contains(type) {
      return draft.passedOver("a ninjs item of type \(type)")
    }
    draft.article.url = url(of: item)
    draft.identify(item.text("uri", "guid"), url: nil)
    draft.article.title = headline(of: item)
    draft.article.body = body(of: item)
    draft.version = item.text("version").flatMap(Int.init)
    draft.article.published = draft.date(
      item.text("contentcreated", "contentCreated", "firstcreated", "firstCreated")
        ?? item.text("versioncreated", "versionCreated"), "the date of creation")
    draft.article.updated = draft.date(
      item.text("versioncreated", "versionCreated"), "\"versioncreated\"")
    draft.status(item.text("pubstatus", "pubStatus"), "\"pubstatus\"")
    draft.embargo(item.text("embargoed"), "\"embargoed\"")
    draft.article.expires = draft.date(item.text("expires"), "\"expires\"")
    draft.article.language = item.text("language")
    draft.article.source = source(of: item)
    draft.article.section =
      item.objects("subject").first?.text("name") ?? item.objects("subjects").first?.text("name")
    for key in ["keyword", "keywords", "subject", "subjects", "organisation", "organisations"] {
      draft.add(keywords: item.names(key))
    }
    return draft.record(idNames: "\"uri\"")
  }

  /// A `uri` that is an address of the web is where the article is read.
  private static func url(of item: JSONObject) -> String? {
    for candidate in [item.text("url", "href"), item.text("uri")] {
      if let candidate, candidate.hasPrefix("http://") || candidate.hasPrefix("https://") {
        return candidate
      }
    }
    return nil
  }

  private static func headline(of item: JSONObject) -> String {
    let all = item.objects("headlines")
    let main = all.first { $0.text("role")?.hasSuffix("main") == true } ?? all.first
    let text =
      item.text("headline") ?? main?.text("value") ?? variant("headline_", of: item)
      ?? item.text("title", "slugline", "name")
    return MarkupText.line(ofHTML: text ?? "")
  }

  private static func body(of item: JSONObject) -> String {
    if let plain = item.text("body_text") { return plain }
    if let html = item.text("body_html", "body_xhtml", "body_nitf") {
      return MarkupText.text(ofHTML: html)
    }
    let bodies = item.objects("bodies")
    let main = bodies.first { $0.text("role")?.hasSuffix("main") == true } ?? bodies.first
    if let text = main?.text("value") {
      let type = main?.text("contenttype", "contentType") ?? ""
      let isMarkup = type.contains("html") || type.contains("xml") || MarkupText.isHTML(text)
      return isMarkup ? MarkupText.text(ofHTML: text) : text
    }
    if let text = variant("body_", of: item) {
      return MarkupText.isHTML(text) ? MarkupText.text(ofHTML: text) : text
    }
    let description =
      item.text("description_text", "description_html")
      ?? item.objects("descriptions")
      .compactMap { $0.text("value") }.first
    return MarkupText.text(ofHTML: description ?? "")
  }

  /// ninjs 1 allows any ending: `body_main`; the first in the order of the alphabet.
  private static func variant(_ prefix: String, of item: JSONObject) -> String? {
    item.values.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { item.text($0) }.first
  }

  private static func source(of item: JSONObject) -> String? {
    item.names("infosource").first ?? item.names("infosources").first ?? item.text("source")
      ?? item.text("copyrightholder", "copyrightHolder") ?? item.object("rightsinfo")?.text("name")
  }
}
