/// Reads HTML as it is found, which is never valid, into a tree.
///
/// Follows the HTML standard where it decides what readers see: void elements, raw text (scripts
/// and styles), the end tags that may be left out. Never fails: what makes no sense is text.
struct HTMLParser {
  private let bytes: [UInt8]
  private var position = 0
  private var tree = MarkupTree()
  /// The open elements, from the document down.
  private var open = [0]

  /// Deeper elements become children of the last one that still fits: pages nest 30 deep.
  private static let deepest = 400

  static func tree(of bytes: [UInt8]) -> MarkupTree {
    var parser = HTMLParser(bytes: bytes)
    parser.run()
    return parser.tree
  }

  static func tree(of text: String) -> MarkupTree { tree(of: Array(text.utf8)) }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() {
    var textStart = 0
    while position < bytes.count, !tree.isFull {
      guard bytes[position] == UInt8(ascii: "<"), startsMarkup(at: position + 1) else {
        position += 1
        continue
      }
      addText(textStart..<position)
      readMarkup()
      textStart = position
    }
    addText(textStart..<min(position, bytes.count))
  }

  private func startsMarkup(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    if Self.isLetter(bytes[index]) || bytes[index] == UInt8(ascii: "!") { return true }
    if bytes[index] == UInt8(ascii: "?") { return true }
    return bytes[index] == UInt8(ascii: "/") && index + 1 < bytes.count
      && Self.isLetter(bytes[index + 1])
  }

  private mutating func addText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    tree.append(text: HTMLEntities.decoded(bytes[range]), to: open[open.count - 1])
  }

  private mutating func readMarkup() {
    switch bytes[position + 1] {
    case UInt8(ascii: "!"):
      if starts(with: "<!--") {
        skip(past: "-->", from: position + 4)
      } else if starts(with: "<![CDATA[") {
        let start = position + 9
        let end = find("]]>", from: start) ?? bytes.count
        tree.append(
          text: String(decoding: bytes[start..<end], as: UTF8.self), to: open[open.count - 1])
        position = min(bytes.count, end + 3)
      } else {
        skip(past: ">", from: position)
      }
    case UInt8(ascii: "?"): skip(past: ">", from: position)
    case UInt8(ascii: "/"):
      position += 2
      let name = readName()
      skip(past: ">", from: position)
      close(name)
    default:
      position += 1
      readStartTag()
    }
  }

  private mutating func readStartTag() {
    let name = readName()
    let attributes = readAttributes()
    if name == "br" || name == "hr" || Self.void.contains(name) {
      tree.append(.init(name: name, attributes: attributes), to: open[open.count - 1])
      return
    }
    closeImplied(by: name)
    let element = tree.append(
      .init(name: name, attributes: attributes), to: open[open.count - 1])
    if Self.raw.contains(name) {
      let end = find("</" + name, from: position) ?? bytes.count
      let content = bytes[position..<end]
      // A title's references are resolved, a script's are not.
      tree.append(
        text: name == "title" || name == "textarea"
          ? HTMLEntities.decoded(content) : String(decoding: content, as: UTF8.self), to: element)
      skip(past: ">", from: end)
      return
    }
    let isClosed = position >= 2 && bytes[position - 2] == UInt8(ascii: "/")
    if !(isClosed && Self.foreign.contains(name)), open.count < Self.deepest {
      open.append(element)
    }
  }

  // MARK: Open elements

  private func name(_ index: Int) -> String { tree.nodes[index].name }

  private mutating func close(_ name: String) {
    guard let index = open.lastIndex(where: { self.name($0) == name }), index > 0 else { return }
    // A stray </b> does not end the table cell around it.
    let barrier = open[(index + 1)...].contains { Self.scopes.contains(self.name($0)) }
    if barrier, !Self.scopes.contains(name), !Self.blocks.contains(name) { return }
    open.removeSubrange(index...)
  }

  /// Ends what the standard lets authors leave open: a new paragraph ends the one before.
  private mutating func closeImplied(by name: String) {
    if Self.blocks.contains(name) { closeInnermost(["p"], upTo: Self.scopes) }
    switch name {
    case "li": closeInnermost(["li"], upTo: ["ul", "ol", "menu"])
    case "dt", "dd": closeInnermost(["dt", "dd"], upTo: ["dl"])
    case "tr": closeInnermost(["tr"], upTo: ["table"])
    case "td", "th": closeInnermost(["td", "th"], upTo: ["tr", "table"])
    case "option": closeInnermost(["option"], upTo: ["select"])
    case "body": closeInnermost(["head"], upTo: ["html"])
    default: break
    }
  }

  private mutating func closeInnermost(_ names: Set<String>, upTo barriers: Set<String>) {
    for index in open.indices.dropFirst().reversed() {
      let name = name(open[index])
      if names.contains(name) {
        open.removeSubrange(index...)
        return
      }
      if barriers.contains(name) { return }
    }
  }

  // MARK: Characters

  private mutating func readName() -> String {
    let start = position
    while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  private mutating func readAttributes() -> [(name: String, value: String)] {
    var result: [(name: String, value: String)] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        return result
      }
      if Self.isSpace(byte) || byte == UInt8(ascii: "/") {
        position += 1
        continue
      }
      let start = position
      position += 1
      while position < bytes.count, !Self.endsName(bytes[position]), bytes[position] != 0x3D {
        position += 1
      }
      let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
      let value = readValue()
      if result.count < 100 { result.append((name, value)) }
    }
    return result
  }

  private mutating func readValue() -> String {
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return "" }
    position += 1
    skipSpaces()
    guard position < bytes.count else { return "" }
    let quote = bytes[position]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = position + 1
      let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
      position = min(bytes.count, end + 1)
      return HTMLEntities.decoded(bytes[start..<end])
    }
    let start = position
    while position < bytes.count, !Self.isSpace(bytes[position]),
      bytes[position] != UInt8(ascii: ">")
    { position += 1 }
    return HTMLEntities.decoded(bytes[start..<position])
  }

  private mutating func skipSpaces() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private mutating func skip(past text: String, from start: Int) {
    position = find(text, from: start).map { $0 + text.utf8.count } ?? bytes.count
  }

  private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  /// Where `text` (lower-case letters match either case) stands next.
  private func find(_ text: String, from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard start < bytes.count, bytes.count - start >= wanted.count else { return nil }
    return (start...(bytes.count - wanted.count)).first { index in
      wanted.indices.allSatisfy {
        bytes[index + $0] == wanted[$0]
          || (Self.isLetter(wanted[$0]) && bytes[index + $0] | 0x20 == wanted[$0])
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  private static let void: Set = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
  ]
  private static let raw: Set = [
    "script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes",
  ]
  /// Elements of SVG and MathML may close themselves; `<div/>` is only an open div.
  private static let foreign: Set = ["svg", "path", "circle", "rect", "g", "use", "line", "math"]
  private static let scopes: Set = ["table", "td", "th", "caption", "html", "template", "button"]
  static let blocks: Set = [
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
    "summary", "table", "ul",
  ]
}
