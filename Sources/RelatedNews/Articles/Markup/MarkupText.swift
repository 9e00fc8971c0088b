import Foundation

/// Markup as readers see it: paragraphs separated by a blank line, one line for `br` and list items.
///
/// `<p>One <b>bold</b> word</p><p>Two</p>` is `"One bold word\n\nTwo"`.
struct MarkupText {
  private let tree: MarkupTree
  /// Nodes that are left out with all that is below them.
  private let isLeftOut: (Int) -> Bool
  /// Whether a blank line in the text ends a paragraph, as in a WordPress post.
  private let blankLinesCount: Bool

  private var lines: [String] = []
  /// The paragraph being written, in UTF-8.
  private var current: [UInt8] = []
  private var preformattedDepth = 0

  static func text(
    of tree: MarkupTree, below roots: [Int] = [0], blankLinesCount: Bool = false,
    leavingOut isLeftOut: @escaping (Int) -> Bool = { _ in false }
  ) -> String {
    var writer = MarkupText(tree: tree, blankLinesCount: blankLinesCount, isLeftOut: isLeftOut)
    for root in roots { writer.write(root) }
    writer.endParagraph()
    return PageFurniture.removed(from: writer.lines).joined(separator: "\n").trimmed
  }

  /// The text of a piece of HTML such as a feed's content, without furniture in it.
  static func text(ofHTML html: String, blankLinesCount: Bool = false) -> String {
    let tree = HTMLParser.tree(of: html)
    let marks = FurnitureMarks(tree)
    return text(of: tree, blankLinesCount: blankLinesCount, leavingOut: marks.isFurniture)
  }

  /// `html` as one line: a headline with markup or references in it.
  static func line(ofHTML html: String) -> String {
    guard html.contains(where: { $0 == "<" || $0 == "&" }) else { return oneLine(html) }
    let tree = HTMLParser.tree(of: html)
    return oneLine(tree.rawText(of: 0))
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a text is HTML rather than plain: a paragraph, a break or a link in it.
  static func isHTML(_ text: String) -> Bool {
    let folded = text.prefix(20_000).lowercased()
    return ["</p>", "<br", "</div>", "</a>", "<p>", "</li>", "</em>", "</strong>", "</h2>"]
      .contains { folded.contains($0) }
  }

  private init(
    tree: MarkupTree, blankLinesCount: Bool, isLeftOut: @escaping (Int) -> Bool
  ) {
    self.tree = tree
    self.blankLinesCount = blankLinesCount
    self.isLeftOut = isLeftOut
  }

  /// The tree is at most a few hundred deep, but a walk without recursion needs no such promise.
  private mutating func write(_ root: Int) {
    var stack: [(node: Int, isEnd: Bool)] = [(root, false)]
    while let (index, isEnd) = stack.popLast() {
      let node = tree.nodes[index]
      if node.isText {
        append(node.text)
      } else if isEnd {
        end(node.name)
      } else if !isLeftOut(index), !Self.invisible.contains(node.name) {
        start(node.name)
        stack.append((index, true))
        for child in tree.children(of: index).reversed() { stack.append((child, false)) }
      }
    }
  }

  private mutating func start(_ name: String) {
    switch name {
    case "br":
      // Two breaks in a row are how old pages write a paragraph.
      if current.last == Self.newline { endParagraph() } else { current.append(Self.newline) }
    case "li", "tr", "dt", "dd": endLine()
    case "td", "th": addSpace()
    case "pre":
      endParagraph()
      preformattedDepth += 1
    default: if Self.isBlock(name) { endParagraph() }
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "li", "tr", "dt", "dd": endLine()
    case "pre":
      endParagraph()
      preformattedDepth -= 1
    default: if Self.isBlock(name) { endParagraph() }
    }
  }

  private mutating func append(_ text: String) {
    guard preformattedDepth == 0 else {
      current += text.utf8
      return
    }
    var text = text
    text.withUTF8 { appendRun($0) }
  }

  /// Any run of white space is one space, none at the start of a line; where blank lines count, one
  /// ends the paragraph.
  private mutating func appendRun(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, WhiteSpace.length(in: bytes, at: index) == 0 { index += 1 }
      current += bytes[start..<index]
      guard index < bytes.count else { return }
      var breaks = 0
      while index < bytes.count {
        let length = WhiteSpace.length(in: bytes, at: index)
        guard length > 0 else { break }
        if bytes[index] == Self.newline { breaks += 1 }
        index += length
      }
      if blankLinesCount, breaks > 1 { endParagraph() } else { addSpace() }
    }
  }

  private mutating func addSpace() {
    if let last = current.last, last != Self.space, last != Self.newline {
      current.append(Self.space)
    }
  }

  private mutating func endLine() {
    while current.last == Self.space { current.removeLast() }
    if !current.isEmpty, current.last != Self.newline { current.append(Self.newline) }
  }

  private mutating func endParagraph() {
    guard !current.isEmpty else { return }
    let isBlank = current.allSatisfy { $0 == Self.space || $0 == Self.newline }
    if !isBlank {
      if !lines.isEmpty { lines.append("") }
      for line in current.split(separator: Self.newline) {
        lines.append(String(decoding: Self.trimmed(line), as: UTF8.self))
      }
    }
    current.removeAll(keepingCapacity: true)
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 == space }
    while line.last == space { line.removeLast() }
    return line
  }

  private static let space = UInt8(ascii: " ")
  private static let newline = UInt8(ascii: "\n")

  private static func isBlock(_ name: String) -> Bool {
    HTMLParser.blocks.contains(name) || newsBlocks.contains(name)
  }

  /// Blocks of NITF that HTML does not know.
  private static let newsBlocks: Set = ["hl1", "hl2", "bq", "block", "fn", "note", "abstract"]

  private static let invisible: Set = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio",
    "video", "canvas", "head", "title", "select", "textarea", "input", "button", "map", "media",
    "#comment",
  ]
}
