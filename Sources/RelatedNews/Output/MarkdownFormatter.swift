import Foundation

/// A heading an article and a numbered list below, to be read by people.
public struct MarkdownFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    let heading = (isFirst ? "" : "\n") + "## \(escaped(list.id))\n\n"
    guard !list.items.isEmpty else { return heading + "Nothing related.\n" }
    return heading + list.items.enumerated().map { "\($0 + 1). \(line($1))\n" }.joined()
  }

  private func line(_ item: Recommendation) -> String {
    let title = escaped(item.article.title.isEmpty ? item.article.id : item.article.title)
    var parts = [link(item.article.url).map { "[\(title)](\($0))" } ?? title]
    if let published = item.article.published {
      parts.append(String(Plain.date(published).prefix(10)))
    }
    if let fallback = item.fallback { parts.append(fallback) }
    if !item.because.isEmpty {
      parts.append("because of *\(escaped(item.because.joined(separator: ", ")))*")
    }
    if !item.versions.isEmpty { parts.append("\(item.versions.count) versions") }
    return parts.joined(separator: " · ")
  }

  /// What would end a link or start something else is percent-encoded.
  private func link(_ url: String?) -> String? {
    guard let url = url.flatMap(SafeLink.init)?.url else { return nil }
    return url.unicodeScalars.map { scalar in
      switch scalar {
      case "(", ")", "<", ">", "[", "]", "\\", "`", "*", "_", "|", "\"", "'":
        "%" + String(scalar.value, radix: 16).uppercased()
      case let space where space.properties.isWhitespace: "%20"
      // An entity would be read as its character: `&copy;`.
      case "&": "&amp;"
      default: String(scalar)
      }
    }.joined()
  }

  /// As CommonMark and GitHub read it: nothing in the text is markup.
  private func escaped(_ text: String) -> String {
    let line = Plain.oneLine(text).trimmingCharacters(in: .whitespaces)
    var result = ""
    var isStart = true
    for scalar in line.unicodeScalars {
      // At the start of an item these would open a list of their own: `- `, `+ `, `7. `, `7) `.
      let opensList = isStart && ["-", "+", "=", ".", ")"].contains(scalar)
      if opensList || "\\`*_{}[]<>#|&~!".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
      isStart = isStart && ("0"..."9").contains(scalar)
    }
    return result
  }
}
