/// One fragment a list, ready to include in a page: a labelled `nav` with a heading and a list.
///
/// Everything from an article is escaped; only http, https and relative links become links.
public struct HTMLFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    guard !list.items.isEmpty else { return "" }
    let label = "related-news-" + HTML.identifier(list.id)
    return """
      <nav class="related-news" aria-labelledby="\(label)" data-article="\(HTML.escaped(list.id))">
        <h2 id="\(label)">Related News</h2>
        <ol>
      \(list.items.map(item).joined(separator: "\n"))
        </ol>
      </nav>

      """
  }

  private func item(_ item: Recommendation) -> String {
    let title = HTML.escaped(item.article.title.isEmpty ? item.article.id : item.article.title)
    let language = HTML.language(item.article)
    let link = item.article.url.flatMap(SafeLink.init)
      .map { "<a href=\"\(HTML.escaped($0.url))\"\(language)>\(title)</a>" }
    var parts = [link ?? (language.isEmpty ? title : "<span\(language)>\(title)</span>")]
    if let published = item.article.published {
      let date = Plain.date(published)
      parts.append("<time datetime=\"\(date)\">\(date.prefix(10))</time>")
    }
    // Who must fill a box says so to the reader too.
    if let fallback = item.fallback { parts.append("<small>\(HTML.escaped(fallback))</small>") }
    return "    <li>\(parts.joined(separator: " "))</li>"
  }
}

/// Text made safe for HTML.
package enum HTML {
  package static func escaped(_ text: String) -> String {
    // Most texts need nothing, and a preview asks for a million of them.
    guard text.utf8.contains(where: { needsCare[Int($0)] }) else { return text }
    var result = ""
    for scalar in Plain.oneLine(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// What is escaped, what is a control, and what may begin one.
  private static let needsCare: [Bool] = (0..<256).map { byte in
    byte < 0x20 || byte >= 0x7F || "&<>\"'".utf8.contains(UInt8(byte))
  }

  /// An id as part of an HTML `id`: bytes that are not letters or digits are written in hexadecimal,
  /// so that two ids never meet.
  package static func identifier(_ id: String) -> String {
    id.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
      return isPlain || byte == UInt8(ascii: "-")
        ? String(Unicode.Scalar(byte)) : "_" + hexadecimal(byte)
    }.joined()
  }

  /// Always two digits: `0a`.
  package static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// ` lang="zh"` where an article says its language, so that it is read out and set as it should.
  package static func language(_ article: Article) -> String {
    guard let tag = article.language, (2...35).contains(tag.utf8.count),
      tag.utf8.allSatisfy({ byte in
        (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
      })
    else { return "" }
    return " lang=\"\(tag)\""
  }
}
