import Foundation

/// JSON Feed 1 and 1.1: an object with `version` and `items`.
///
/// Source: https://www.jsonfeed.org/version/1.1/
enum JSONFeed {
  static func isFeed(_ object: JSONObject) -> Bool {
    object["items"] is [Any]
      && (object.text("version")?.contains("jsonfeed.org") == true
        || (object.has("home_page_url") && object.has("title")))
  }

  static func records(in feed: JSONObject, place: String, dates: DateReader) -> [ReadRecord] {
    feed.list("items").enumerated().map { index, item in
      let place = "\(place) items[\(index)]"
      guard let item = JSONObject(item) else {
        return ReadRecord(
          place: place, skipped: "\(JSONRecord.kind(of: item)), expected an item {…}",
          format: .jsonFeed)
      }
      return record(item, of: feed, place: place, dates: dates)
    }
  }

  private static func record(
    _ item: JSONObject, of feed: JSONObject, place: String, dates: DateReader
  ) -> ReadRecord {
    var draft = RecordDraft(place: place, format: .jsonFeed, dates: dates)
    // `external_url` is the page that a link blog talks about, not the item's own.
    draft.article.url = item.text("url") ?? item.text("external_url")
    draft.identify(item.text("id"), url: draft.article.url)
    draft.article.title = MarkupText.oneLine(item.text("title") ?? "")
    draft.article.body =
      item.text("content_text") ?? item.text("content_html").map { MarkupText.text(ofHTML: $0) }
      ?? item.text("summary") ?? ""
    draft.article.published = draft.date(item.text("date_published"), "\"date_published\"")
    draft.article.updated = draft.date(item.text("date_modified"), "\"date_modified\"")
    draft.article.language = item.text("language") ?? feed.text("language")
    draft.article.source = MarkupText.oneLine(feed.text("title") ?? authors(item) ?? "").nonEmpty
    draft.add(keywords: item.names("tags"))
    return draft.record(idNames: "\"id\" and no \"url\"")
  }

  private static func authors(_ item: JSONObject) -> String? {
    item.objects("authors").compactMap { $0.text("name") }.first
      ?? item.object("author")?.text("name")
  }
}
