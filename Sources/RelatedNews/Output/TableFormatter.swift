/// A table with a header, RFC 4180 for commas; one row an entry.
///
/// A cell that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`) gets a
/// leading apostrophe.
public struct TableFormatter: ListFormatter {
  public let separator: String

  public init(separator: String) { self.separator = separator }

  private static let columns = [
    "article", "rank", "id", "score", "title", "published", "url", "because", "versions",
  ]
  private var lineEnd: String { separator == "," ? "\r\n" : "\n" }

  public var prologue: String { Self.columns.joined(separator: separator) + lineEnd }

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    list.items.enumerated().map { index, item in
      [
        cell(list.id), String(index + 1), cell(item.article.id), Plain.score(item.score),
        cell(item.article.title), item.article.published.map(Plain.date) ?? "",
        cell(item.article.url ?? ""), cell(item.because.joined(separator: "; ")),
        cell(item.versions.joined(separator: " ")),
      ].joined(separator: separator) + lineEnd
    }.joined()
  }

  private func cell(_ text: String) -> String {
    var text = Plain.oneLine(text)
    if let first = text.first, "=+-@".contains(first) { text = "'" + text }
    guard separator == ",", text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
