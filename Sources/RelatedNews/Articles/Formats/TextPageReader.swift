import Foundation

/// Reads a plain-text page as saved from a news site: headline, stamp, paragraphs, page furniture.
///
///     Korea talks resume
///
///     2017-11-30 09:22:39 | From:Xinhua
///
///     First paragraph …
///
///     Related News
///     Your Comment
///
/// The furniture is no part of the story and reaches no term.
enum TextPageReader {
  static func read(_ data: [UInt8], id: String, place: String) -> ReadRecord {
    let bytes = TextEncoding.withoutByteOrderMark(data)
    if let problem = TextEncoding.problem(in: bytes[...]) {
      return ReadRecord(
        place: place, skipped: problem, reason: TextEncoding.reason(of: problem), format: .textPage)
    }
    if let zero = bytes.firstIndex(of: 0) {
      return ReadRecord(
        place: place, skipped: "NUL at byte \(zero): not a text page",
        reason: "NUL bytes: not a text page", format: .textPage)
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard let headline = lines.firstIndex(where: { !$0.isEmpty }) else {
      return ReadRecord(place: place, skipped: "no text", format: .textPage)
    }
    var article = Article(id: id, title: lines[headline])
    var rest = lines[(headline + 1)...].drop(while: \.isEmpty)
    if let line = rest.first, let stamp = Stamp(line, dates: DateReader()) {
      article.published = stamp.date
      article.source = stamp.source
      rest = rest.dropFirst()
    }
    article.body = PageFurniture.removed(from: rest).joined(separator: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    var record = ReadRecord(place: place, article: article, format: .textPage)
    record.hasDerivedID = true
    return record
  }
}

/// The line under a headline that says when and from where: `2017-11-30 09:22:39 | From:Xinhua`.
private struct Stamp {
  var date: Date?
  var source: String?

  /// Nil if the line is no stamp but text.
  init?(_ line: String, dates: DateReader) {
    guard line.count <= 160 else { return nil }
    for part in Self.parts(of: line) {
      let (label, value) = Self.split(part)
      if let label, Self.sourceLabels.contains(label) {
        source = value.isEmpty ? nil : value
      } else if let found = dates.date(value) {
        date = date ?? found
      } else if label == nil || !Self.ignoredLabels.contains(label ?? "") {
        return nil
      }
    }
    guard date != nil || source != nil else { return nil }
  }

  private static let sourceLabels: Set = [
    "from", "source", "sources", "来源", "fuente", "quelle", "fonte", "agency",
  ]
  private static let dateLabels: Set = [
    "published", "updated", "date", "time", "posted", "last updated", "发布时间", "时间", "publicado",
    "publié le", "published on", "posted on",
  ]
  private static let ignoredLabels: Set = ["by", "author", "editor", "编辑", "作者", "updated"]

  /// Parts stand between bars, or a source label follows the date after spaces.
  private static func parts(of line: String) -> [String] {
    var line = line.replacing("｜", with: "|")
    for label in ["From:", "Source:", "来源：", "来源:", "Fuente:"] where !line.hasPrefix(label) {
      if let range = line.range(of: label, options: .caseInsensitive) {
        line.insert("|", at: range.lowerBound)
      }
    }
    return line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// `"From:Xinhua"` is `("from", "Xinhua")`; a part without a known label has none.
  private static func split(_ part: String) -> (label: String?, value: String) {
    if let colon = part.firstIndex(where: { $0 == ":" || $0 == "：" }) {
      let label = part[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
      let value = part[part.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if sourceLabels.contains(label) || ignoredLabels.contains(label) || dateLabels.contains(label)
      {
        return (dateLabels.contains(label) ? nil : label, value)
      }
    }
    for label in dateLabels where part.lowercased().hasPrefix(label + " ") {
      return (nil, part.dropFirst(label.count).trimmingCharacters(in: .whitespaces))
    }
    return part.lowercased().hasPrefix("by ") ? ("by", part) : (nil, part)
  }
}
