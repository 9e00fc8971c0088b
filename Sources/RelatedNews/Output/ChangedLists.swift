/// Lists that an update changed, a JSON object a line: what entered, what left, and the list now.
///
///     {"id":"a1","entered":[{"rank":2,"id":"x9"}],"left":[{"rank":5,"id":"b7"}],"related":[…]}
///
/// A new article's line has `"new":true`; the line of one that was removed has `"removed":true` and
/// no `"related"`.
package enum ChangedLists {
  /// Whether two lists of one article differ in what is printed.
  package static func areDifferent(_ a: RecommendationList, _ b: RecommendationList) -> Bool {
    JSONText.list(a) != JSONText.list(b)
  }

  package static func line(_ change: ListChange) -> String {
    var fields = ["\"id\":\(JSONText.string(change.id))"]
    if change.before == nil { fields.append("\"new\":true") }
    if change.now == nil { fields.append("\"removed\":true") }
    fields.append("\"entered\":[\(entries(change.entered))]")
    fields.append("\"left\":[\(entries(change.left))]")
    if let now = change.now { fields.append("\"related\":\(JSONText.items(now))") }
    return "{" + fields.joined(separator: ",") + "}\n"
  }

  private static func entries(_ entries: [(rank: Int, item: Recommendation)]) -> String {
    entries.map { "{\"rank\":\($0.rank),\"id\":\(JSONText.string($0.item.article.id))}" }
      .joined(separator: ",")
  }
}
