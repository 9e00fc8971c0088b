import Foundation

/// The JSON Lines of TREC's Washington Post collection: an article is a list of typed pieces.
///
/// `{"id", "article_url", "title", "published_date": 1325376000000, "contents": [{"type": "kicker",
/// "content": "Opinions"}, {"type": "sanitized_html", "subtype": "paragraph", "content": …}]}`;
/// pieces may be null, dates are milliseconds since 1970.
enum WashingtonPost {
  static func isArticle(_ object: JSONObject) -> Bool {
    object["contents"] is [Any] && object.has("id")
  }

  static func record(_ object: JSONObject, place: String, dates: DateReader) -> ReadRecord {
    var draft = RecordDraft(place: place, format: .washingtonPost, dates: dates)
    let pieces = object.objects("contents")
    draft.article.url = object.text("article_url", "url")
    draft.identify(object.text("id"), url: draft.article.url)
    draft.article.title = MarkupText.line(
      ofHTML: object.text("title") ?? text(of: "title", in: pieces) ?? "")
    draft.article.body = pieces.compactMap(paragraph).joined(separator: "\n\n")
    draft.article.section = text(of: "kicker", in: pieces).map(MarkupText.line(ofHTML:))
    draft.article.source = object.text("source")
    draft.article.published =
      date(object["published_date"], &draft)
      ?? date(pieces.first { $0.text("type") == "date" }?["content"], &draft)
    return draft.record(idNames: "\"id\"")
  }

  private static func text(of type: String, in pieces: [JSONObject]) -> String? {
    pieces.first { $0.text("type") == type }?.text("content")
  }

  /// Only paragraphs, subheads and lists are text; pictures, videos and who wrote it are not.
  private static func paragraph(_ piece: JSONObject) -> String? {
    switch piece.text("type") {
    case "sanitized_html", "deck":
      return piece.text("content").map { MarkupText.text(ofHTML: $0) }?.nonEmpty
    case "list":
      let items = piece.names("content") + piece.names("items")
      return items.map { MarkupText.line(ofHTML: $0) }.joined(separator: "\n").nonEmpty
    default: return nil
    }
  }

  private static func date(_ value: Any?, _ draft: inout RecordDraft) -> Date? {
    if let number = value as? NSNumber, JSONRecord.kind(of: number) == "a number" {
      return DateReader.inYears(Date(timeIntervalSince1970: number.doubleValue / 1000))
    }
    return draft.date(value as? String, "\"published_date\"")
  }
}
