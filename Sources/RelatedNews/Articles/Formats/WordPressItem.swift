import Foundation

/// An item of a WordPress export (WXR 1.0 to 1.2): RSS with the post's own record in `wp:` fields.
///
/// Only posts are articles: pages, pictures, menus and revisions are passed over. `guid` stays the
/// id: post numbers of two sites would collide.
enum WordPressItem {
  static func record(
    _ item: MarkupElement, of channel: XMLChannel, _ draft: RecordDraft
  ) -> ReadRecord {
    var draft = draft
    let type = item.first("wp:post_type")?.line ?? "post"
    guard !noArticles.contains(type), !type.hasPrefix("wp_") else {
      return draft.passedOver("a WordPress item of type \(type)")
    }
    RSSItem.fill(&draft, from: item, of: channel)
    if draft.article.id.isEmpty, let number = item.first("wp:post_id")?.line {
      draft.article.id = number
    }
    draft.article.source = channel.title
    let html = item.first("content:encoded")?.text.nonEmpty ?? item.first("excerpt:encoded")?.text
    draft.article.body = MarkupText.text(
      ofHTML: Shortcodes.removed(from: html ?? ""), blankLinesCount: true)
    draft.article.published =
      draft.date(item.first("wp:post_date_gmt")?.line, "<wp:post_date_gmt>")
      ?? draft.article.published ?? draft.date(item.first("wp:post_date")?.line, "<wp:post_date>")
    draft.article.updated =
      draft.date(item.first("wp:post_modified_gmt")?.line, "<wp:post_modified_gmt>")
      ?? draft.article.updated
    readCategories(of: item, into: &draft)
    readStatus(of: item, into: &draft)
    return draft.record(idNames: "<guid>, no <link> and no <wp:post_id>")
  }

  private static let noArticles: Set = [
    "page", "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset",
    "oembed_cache", "user_request", "acf-field", "acf-field-group", "elementor_library", "product",
    "shop_order", "feedback", "jp_img_sitemap", "mc4wp-form", "popup", "wpcf7_contact_form",
  ]

  /// Categories are sections, tags are keywords; 1.0 wrote every one twice, and tags as "tag".
  private static func readCategories(of item: MarkupElement, into draft: inout RecordDraft) {
    let all = item.all("category")
    let sections = all.filter { ($0.attribute("domain") ?? "category") == "category" }
    let names = sections.compactMap(\.line).map(MarkupText.line(ofHTML:))
    draft.article.section = names.first { $0.lowercased() != "uncategorized" }
    let tags = all.filter { ["post_tag", "tag"].contains($0.attribute("domain")) }
    draft.add(keywords: tags.compactMap(\.line).map(MarkupText.line(ofHTML:)))
    draft.add(keywords: names.filter { $0.lowercased() != "uncategorized" })
  }

  private static func readStatus(of item: MarkupElement, into draft: inout RecordDraft) {
    if item.first("wp:post_password")?.line != nil { draft.article.status = .withheld }
    let word = item.first("wp:status")?.line
    if word == "future" {
      // Scheduled: to be seen from its date on.
      draft.article.embargoedUntil = draft.article.published
      if draft.article.published == nil { draft.article.status = .draft }
    } else {
      draft.status(word, "<wp:status>")
    }
  }

}

/// WordPress's own shortcodes, whose content is pictures and players: `[gallery ids="1,2"]`,
/// `[caption …]…[/caption]`.
enum Shortcodes {
  /// - Complexity: O(bytes)
  static func removed(from html: String) -> String {
    guard html.contains("[") else { return html }
    let bytes = Array(html.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var withoutEnd: Set<String> = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "["), let tag = tag(in: bytes, at: index) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += Array("\n\n".utf8)
      index = tag.end
      if enclosing.contains(tag.name), !withoutEnd.contains(tag.name) {
        if let end = find(Array("[/\(tag.name)]".utf8), in: bytes, from: index) {
          index = end
        } else {
          withoutEnd.insert(tag.name)
        }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let enclosing: Set = ["caption", "wp_caption", "embed", "audio", "video"]
  private static let single: Set = ["gallery", "playlist", "more"]

  /// A known shortcode at the bracket: its name, and where the text goes on.
  private static func tag(in bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
    let limit = min(bytes.count, start + 1000)
    let nameStart =
      start + 1 < limit && bytes[start + 1] == UInt8(ascii: "/") ? start + 2 : start + 1
    var end = nameStart
    while end < limit, (bytes[end] | 0x20) &- 0x61 < 26 || bytes[end] == UInt8(ascii: "_") {
      end += 1
    }
    let name = String(decoding: bytes[min(nameStart, end)..<end], as: UTF8.self)
    let isBuilder = name.hasPrefix("vc_") || name.hasPrefix("et_pb_")
    guard isBuilder || enclosing.contains(name) || single.contains(name) else { return nil }
    guard let close = bytes[end..<limit].firstIndex(of: UInt8(ascii: "]")) else { return nil }
    return (nameStart == start + 2 ? "" : name, close + 1)
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
        return index + wanted.count
      }
      index += 1
    }
    return nil
  }
}
