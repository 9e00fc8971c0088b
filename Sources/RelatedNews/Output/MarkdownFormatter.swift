import Foundation

/// A heading an article and a numbered list below, to be read by people.
public struct MarkdownFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    let heading = (isFirst ? "" : "\n") + "## \(escaped(list.id))\n\n"
    guard !list.items.isEmpty else { return heading + "Nothing related.\n" }
    return heading
      + list.items.enumerated().map { index, item in
        "\(index + 1). \(line(item))\n" + account(item.explanation, indent: "\(index + 1). ".count)
      }.joined()
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

  /// Where the score comes from: the terms that bring most, the rest together, the recency.
  private func account(_ explanation: Explanation?, indent: Int) -> String {
    guard let explanation else { return "" }
    let space = String(repeating: " ", count: indent)
    let terms = explanation.contributions
    var lines = terms.prefix(8).map { "\(Explanation.fixed($0.value)) \(escaped($0.term))" }
    let rest = terms.dropFirst(8)
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.value }
      lines.append("\(Explanation.fixed(sum)) \(Plain.grouped(rest.count)) other terms together")
    }
    if explanation.hubDeduction != 0 {
      lines.append("\(Explanation.fixed(explanation.hubDeduction)) for standing near to everything")
    }
    lines.append("times \(Explanation.fixed(explanation.recencyFactor)) for the time between them")
    return lines.map { "\(space)- \($0)\n" }.joined()
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
