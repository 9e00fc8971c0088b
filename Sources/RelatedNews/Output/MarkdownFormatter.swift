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

  private func link(_ url: String?) -> String? {
    guard let url = url.flatMap(SafeLink.init)?.url else { return nil }
    return url.replacing("(", with: "%28").replacing(")", with: "%29").replacing(" ", with: "%20")
  }

  private func escaped(_ text: String) -> String {
    Plain.oneLine(text).map { "\\`*_{}[]<>#|".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

/// A link that may be followed: http, https, or relative; nothing that a browser would run.
package struct SafeLink {
  package let url: String

  package init?(_ url: String) {
    let trimmed = Plain.oneLine(url).trimmingCharacters(in: .whitespaces)
    guard !trimmed.isEmpty else { return nil }
    let head = trimmed.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let colon = head.firstIndex(of: ":") {
      guard ["http", "https"].contains(head[..<colon].lowercased()) else { return nil }
    }
    self.url = trimmed
  }
}
