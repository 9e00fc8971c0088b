import Foundation

/// Markdown as readers see it: paragraphs without the marks of emphasis, links and headings.
///
/// `"A [link](x) and *stress*"` is `"A link and stress"`. A reader's view, not a renderer: what is
/// no known mark stays text.
enum MarkdownText {
  static func text(of lines: ArraySlice<Substring>) -> String {
    var paragraphs: [[String]] = [[]]
    var isInCode = false
    for line in lines {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
        isInCode.toggle()
        paragraphs.append([])
      } else if isInCode {
        paragraphs[paragraphs.count - 1].append(String(line))
      } else if trimmed.isEmpty || isRule(trimmed) {
        paragraphs.append([])
      } else if let (text, isBlock) = block(trimmed) {
        if isBlock { paragraphs.append([]) }
        paragraphs[paragraphs.count - 1].append(text)
        if isBlock { paragraphs.append([]) }
      }
    }
    let joined = paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
    // Pages may hold HTML; the parser also resolves references.
    let hasMarkup = joined.contains("<") || joined.contains("&")
    let html =
      hasMarkup ? MarkupText.text(ofHTML: keepingLines(joined), blankLinesCount: true) : joined
    return PageFurniture.removed(
      from: html.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    ).joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A heading without its marks, for a title.
  static func heading(_ line: Substring) -> String? {
    let trimmed = line.trimmingCharacters(in: .whitespaces)
    guard trimmed.hasPrefix("# ") else { return nil }
    return inline(
      trimmed.drop { $0 == "#" }.trimmingCharacters(in: CharacterSet(charactersIn: " #")))
  }

  private static func keepingLines(_ text: String) -> String {
    text.replacing("\n\n", with: "\u{1}").replacing("\n", with: "<br>").replacing(
      "\u{1}", with: "\n\n")
  }

  /// `***`, `- - -`, the line under a heading or under a table's head.
  private static func isRule(_ line: String) -> Bool {
    line.allSatisfy { "-*_= |:+".contains($0) } && line.contains { "-*_=".contains($0) }
  }

  /// The line's text; whether it stands alone. Nil for lines that readers never see.
  private static func block(_ line: String) -> (text: String, isBlock: Bool)? {
    var text = line[...]
    if text.hasPrefix("{%") || text.hasPrefix("{:")
      || text.hasPrefix("<!--") && text.hasSuffix("-->")
    {
      return nil
    }
    if text.hasPrefix("["), let close = text.firstRange(of: "]:") {
      // [ref]: address, and [^1]: the text of a footnote.
      return text.hasPrefix("[^")
        ? (inline(text[close.upperBound...].trimmingCharacters(in: .whitespaces)), true) : nil
    }
    while text.hasPrefix(">") { text = text.dropFirst().drop(while: \.isWhitespace) }
    let isHeading = text.hasPrefix("#")
    if isHeading {
      text = text.drop { $0 == "#" }
      while let last = text.last, last == "#" || last == " " { text.removeLast() }
    } else if let first = text.first, "-*+".contains(first), text.dropFirst().first == " " {
      text = text.dropFirst(2)
    } else if let dot = text.firstIndex(where: { $0 == "." || $0 == ")" }),
      !text[..<dot].isEmpty, text[..<dot].count < 4, text[..<dot].allSatisfy(\.isNumber),
      text[text.index(after: dot)...].hasPrefix(" ")
    {
      text = text[text.index(after: dot)...]
    } else if text.hasPrefix("|") {
      text = Substring(text.split(separator: "|").joined(separator: " "))
    }
    let result = inline(text.trimmingCharacters(in: .whitespaces))
    return result.isEmpty ? nil : (result, isHeading)
  }

  /// - Complexity: O(characters): every bracket is looked at a bounded number of times.
  private static func inline(_ text: String) -> String {
    guard text.contains(where: { "[*_`{\\!~".contains($0) }) else { return text }
    let bytes = Array(text)
    var result = ""
    var index = 0
    while index < bytes.count {
      let character = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : " "
      switch character {
      case "\\" where next.isPunctuation || next.isSymbol:
        result.append(next)
        index += 2
      case "{" where next == "{" || next == "%":
        index =
          find(next == "{" ? "}" : "%", followedBy: "}", in: bytes, from: index + 2) ?? index + 2
      case "!" where next == "[":
        // The words for a picture are not read.
        index = link(in: bytes, at: index + 1)?.end ?? index + 1
      case "[" where next == "^":
        index = bracket(in: bytes, at: index).map { $0 + 1 } ?? index + 1
      case "[":
        if let found = link(in: bytes, at: index) {
          result += inline(String(bytes[(index + 1)..<found.textEnd]))
          index = found.end
        } else {
          result.append(character)
          index += 1
        }
      case "*", "`", "~":
        // A mark of emphasis or code; alone between spaces it is a sign.
        let isSign = next == " " && (index == 0 || bytes[index - 1] == " ")
        if isSign || (character == "~" && next != "~" && (index == 0 || bytes[index - 1] != "~")) {
          result.append(character)
        }
        index += 1
      case "_":
        let isInWord =
          index > 0 && (bytes[index - 1].isLetter || bytes[index - 1].isNumber)
          && (next.isLetter || next.isNumber)
        if isInWord { result.append(character) }
        index += 1
      default:
        result.append(character)
        index += 1
      }
    }
    return result
  }

  /// The end of `[text](address)` or `[text][name]` at a bracket; nil for a plain bracket.
  private static func link(in text: [Character], at start: Int) -> (textEnd: Int, end: Int)? {
    guard let close = bracket(in: text, at: start), close + 1 < text.count else { return nil }
    let opening = text[close + 1]
    guard opening == "(" || opening == "[" else { return nil }
    let closing: Character = opening == "(" ? ")" : "]"
    var depth = 0
    for index in (close + 1)..<min(text.count, close + 2000) {
      if text[index] == opening { depth += 1 }
      if text[index] == closing {
        depth -= 1
        if depth == 0 { return (close, index + 1) }
      }
    }
    return nil
  }

  /// The bracket that closes the one at `start`, not too far away.
  private static func bracket(in text: [Character], at start: Int) -> Int? {
    var depth = 0
    for index in start..<min(text.count, start + 500) {
      if text[index] == "[" { depth += 1 }
      if text[index] == "]" {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  private static func find(
    _ first: Character, followedBy second: Character, in text: [Character], from start: Int
  ) -> Int? {
    var index = start
    while index + 1 < min(text.count, start + 2000) {
      if text[index] == first, text[index + 1] == second { return index + 2 }
      index += 1
    }
    return nil
  }
}
