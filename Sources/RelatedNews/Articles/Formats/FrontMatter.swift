import Foundation

/// The fields above a Markdown page: YAML between `---`, or TOML between `+++`.
///
/// Not all of either language: what static site generators' pages use. Scalars (plain, quoted,
/// folded and literal blocks), lists (in brackets or with dashes), tables of TOML; deeper
/// structures are walked over. No anchors and no aliases, so nothing can grow.
struct FrontMatter: Sendable {
  private(set) var values: [String: [String]] = [:]
  /// Lines that make no sense, from 1.
  private(set) var oddLines: [Int] = []
  /// Keys whose value is no list.
  private var scalars: Set<String> = []

  /// The fields and where the page begins; nil if there is no front matter or it has no end.
  static func split(_ lines: [Substring]) -> (matter: FrontMatter, page: ArraySlice<Substring>)? {
    guard let first = lines.first.map(trimmed), first == "---" || first == "+++" else {
      return nil
    }
    guard
      let end = lines.dropFirst().firstIndex(where: {
        let line = trimmed($0)
        return line == first || (first == "---" && line == "...")
      })
    else { return nil }
    var matter = FrontMatter()
    let inner = Array(lines[1..<end])
    if first == "---" { matter.readYAML(inner) } else { matter.readTOML(inner) }
    return (matter, lines[(end + 1)...])
  }

  /// The first text of the first key that there is; keys are compared without case.
  func text(_ keys: String...) -> String? {
    keys.lazy.compactMap { RecordDraft.firstText(values[$0.lowercased()]?.first) }.first
  }

  /// All texts of a key; of a text that is no list its parts between commas, or without commas its
  /// words, as Jekyll reads `tags: cup final`.
  func list(_ key: String) -> [String] {
    let all = values[key.lowercased()] ?? []
    guard scalars.contains(key.lowercased()), let one = all.first else { return all }
    let hasComma = one.contains(",")
    return one.split { hasComma ? $0 == "," : $0.isWhitespace }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// Nil if the key is not there or neither true nor false.
  func flag(_ key: String) -> Bool? {
    switch text(key)?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  private static func trimmed(_ line: Substring) -> String {
    line.trimmingCharacters(in: .whitespaces)
  }

  private mutating func set(_ key: String, _ texts: [String], isList: Bool = false) {
    // The first one counts, as in most readers of YAML that do not refuse.
    let key = key.lowercased()
    guard values[key] == nil else { return }
    values[key] = texts
    if !isList { scalars.insert(key) }
  }

  // MARK: YAML

  private mutating func readYAML(_ lines: [Substring]) {
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let number = index + 2
      index += 1
      let text = Self.trimmed(line)
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard line.first?.isWhitespace != true, !text.hasPrefix("- "),
        let (key, value) = Self.pair(text)
      else {
        if line.first?.isWhitespace != true { oddLines.append(number) }
        continue
      }
      let mayBeList = value.isEmpty || value.hasPrefix("#")
      let block = lines[index...].prefix {
        $0.first?.isWhitespace == true || $0.isEmpty || (mayBeList && $0.hasPrefix("-"))
      }
      index += block.count
      set(
        key, Self.yamlValue(value, block: Array(block)), isList: mayBeList || value.hasPrefix("["))
    }
  }

  /// `title: "A: b"` is `("title", "\"A: b\"")`.
  private static func pair(_ text: String) -> (String, String)? {
    guard let colon = text.range(of: ":(?= |$)", options: .regularExpression) else { return nil }
    let key = text[..<colon.lowerBound].trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
    guard !key.isEmpty, key.utf8.count <= 100 else { return nil }
    return (key, text[colon.upperBound...].trimmingCharacters(in: .whitespaces))
  }

  private static func yamlValue(_ value: String, block: [Substring]) -> [String] {
    let lines = block.map(trimmed)
    if value.hasPrefix("|") || value.hasPrefix(">") {
      let separator = value.hasPrefix("|") ? "\n" : " "
      return [lines.joined(separator: separator).trimmingCharacters(in: .whitespacesAndNewlines)]
    }
    if value.isEmpty || value.hasPrefix("#") {
      return lines.filter { $0.hasPrefix("- ") }.map { scalar(String($0.dropFirst(2))) }
    }
    if value.hasPrefix("[") {
      return flow(([value] + lines).joined(separator: " "))
    }
    if value.hasPrefix("\"") || value.hasPrefix("'") {
      return [scalar(([value] + lines).joined(separator: " "))]
    }
    let rest = lines.filter { !$0.hasPrefix("#") && !$0.isEmpty }
    return [scalar(([value] + rest).joined(separator: " "))]
  }

  /// `[a, "b, c"]` is `["a", "b, c"]`.
  private static func flow(_ text: String) -> [String] {
    var result: [String] = []
    var part = ""
    var quote: Character?
    for character in text.dropFirst() {
      if let open = quote {
        if character == open { quote = nil }
        part.append(character)
      } else if character == "," || character == "]" {
        let value = scalar(part.trimmingCharacters(in: .whitespaces))
        if !value.isEmpty { result.append(value) }
        part = ""
        if character == "]" { break }
      } else {
        if character == "\"" || character == "'" { quote = character }
        part.append(character)
      }
    }
    return result
  }

  /// A text without its quotes and what they escape, or without the comment after it.
  private static func scalar(_ text: String) -> String {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard let quote = text.first, quote == "\"" || quote == "'" else {
      let plain = text.range(of: " #").map { String(text[..<$0.lowerBound]) } ?? text
      return plain == "~" || plain == "null" ? "" : plain.trimmingCharacters(in: .whitespaces)
    }
    var result = ""
    var characters = text.dropFirst()
    while let character = characters.popFirst() {
      if character == "\\", quote == "\"", let next = characters.popFirst() {
        result += escaped(next, &characters)
      } else if character == quote {
        // A doubled single quote is one.
        guard quote == "'", characters.first == "'" else { break }
        characters.removeFirst()
        result.append("'")
      } else {
        result.append(character)
      }
    }
    return result
  }

  private static func escaped(_ character: Character, _ rest: inout Substring) -> String {
    switch character {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "u", "U":
      let digits = rest.prefix(character == "u" ? 4 : 8)
      guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
        return String(character)
      }
      rest = rest.dropFirst(digits.count)
      return String(scalar)
    default: return String(character)
    }
  }

  // MARK: TOML

  private mutating func readTOML(_ lines: [Substring]) {
    var index = 0
    var isInTable = false
    while index < lines.count {
      let text = Self.trimmed(lines[index])
      let number = index + 2
      index += 1
      if text.isEmpty || text.hasPrefix("#") { continue }
      if text.hasPrefix("[") {
        // Zola keeps tags under [taxonomies]; other tables are the theme's.
        isInTable = !text.hasPrefix("[taxonomies]")
        continue
      }
      guard let equals = text.firstIndex(of: "=") else {
        oddLines.append(number)
        continue
      }
      let key = text[..<equals].trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
      var value = text[text.index(after: equals)...].trimmingCharacters(in: .whitespaces)
      for mark in ["\"\"\"", "'''"] where value.hasPrefix(mark) {
        value = Self.multiline(value, mark: mark, lines: lines, index: &index)
        if !isInTable { set(key, [value]) }
        value = ""
      }
      guard !value.isEmpty else { continue }
      while value.hasPrefix("["), !Self.isClosed(value), index < lines.count {
        value += " " + Self.trimmed(lines[index])
        index += 1
      }
      if !isInTable {
        set(
          key, value.hasPrefix("[") ? Self.flow(value) : [Self.scalar(value)],
          isList: value.hasPrefix("["))
      }
    }
  }

  private static func multiline(
    _ value: String, mark: String, lines: [Substring], index: inout Int
  ) -> String {
    var text = String(value.dropFirst(3))
    while !text.contains(mark), index < lines.count {
      text += "\n" + lines[index]
      index += 1
    }
    let end = text.range(of: mark)?.lowerBound ?? text.endIndex
    return text[..<end].trimmingCharacters(in: .newlines)
  }

  /// Whether a bracket outside quotes ends the list.
  private static func isClosed(_ list: String) -> Bool {
    var quote: Character?
    for character in list {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "]" {
        return true
      }
    }
    return false
  }
}
