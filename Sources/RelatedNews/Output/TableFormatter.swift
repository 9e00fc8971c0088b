/// A table with a header, RFC 4180 for commas; one row an entry.
///
/// A cell that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, also in
/// their full-width forms or after spaces) gets a leading apostrophe.
/// Sources: RFC 4180; the registration of `text/tab-separated-values`, which has no quotes; OWASP,
/// "CSV injection".
public struct TableFormatter: ListFormatter {
  public let separator: String

  public init(separator: String) { self.separator = separator }

  private static let columns = [
    "article", "rank", "id", "score", "title", "published", "url", "because", "versions",
    "note",
  ]
  private static let starters = "=+-@＝＋－＠".unicodeScalars
  private var lineEnd: String { separator == "," ? "\r\n" : "\n" }

  public var prologue: String { Self.columns.joined(separator: separator) + lineEnd }

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    list.items.enumerated().map { index, item in
      [
        cell(list.id), String(index + 1), cell(item.article.id), Plain.score(item.score),
        cell(item.article.title), item.article.published.map(Plain.date) ?? "",
        cell(item.article.url ?? ""), cell(item.because.joined(separator: "; ")),
        cell(item.versions.joined(separator: " ")),
        item.isPinned ? "pinned" : cell(item.fallback ?? ""),
      ].joined(separator: separator) + lineEnd
    }.joined()
  }

  /// Looked at scalar by scalar: a comma with an accent on it is still a comma to a reader of CSV.
  private func cell(_ text: String) -> String {
    var text = Plain.oneLine(text)
    let start = text.unicodeScalars.first { !$0.properties.isWhitespace }
    if let start, Self.starters.contains(start) { text = "'" + text }
    let isPlain = !text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
    guard separator == ",", !isPlain else { return text }
    return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
