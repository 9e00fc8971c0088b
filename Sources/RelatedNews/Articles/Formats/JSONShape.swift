import Foundation

/// Which format a JSON object is in: told from the keys that its specification requires.
enum JSONShape {
  /// The records of one object: one, or all items of a JSON Feed or a graph.
  static func records(in value: Any, place: String, dates: DateReader) -> [ReadRecord] {
    guard let values = value as? [String: Any] else {
      if let list = value as? [Any], !list.isEmpty, list.allSatisfy({ $0 is [String: Any] }) {
        // An article in a list of its own, or a list of graphs.
        return list.enumerated().flatMap {
          records(in: $1, place: "\(place)[\($0)]", dates: dates)
        }
      }
      return [
        ReadRecord(
          place: place, skipped: "\(JSONRecord.kind(of: value)), expected an object {…}")
      ]
    }
    let object = JSONObject(values)
    let isOwn =
      object.has("id") && (object.has("body") || (object.has("title") && !object.has("contents")))
    if isOwn { return [JSONRecord.read(values, place: place, dates: dates)] }
    if JSONFeed.isFeed(object) { return JSONFeed.records(in: object, place: place, dates: dates) }
    if WashingtonPost.isArticle(object) {
      return [WashingtonPost.record(object, place: place, dates: dates)]
    }
    if SchemaArticle.isGraph(object) {
      let found = SchemaArticle.articles(in: values)
      guard !found.isEmpty else {
        return [
          ReadRecord(
            place: place, skipped: "no schema.org article in this JSON-LD", format: .schemaOrg)
        ]
      }
      return found.map { SchemaArticle.record($0, place: place, dates: dates) }
    }
    if Ninjs.isItem(object) { return [Ninjs.record(object, place: place, dates: dates)] }
    return [JSONRecord.read(values, place: place, dates: dates)]
  }
}
