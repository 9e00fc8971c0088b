import Foundation

/// A page or a piece of XML as a tree in flat arrays: node 0 is the document, every other node an
/// element or a run of text, parents before their children.
struct MarkupTree: Sendable {
  struct Node: Sendable {
    /// Lower-case for HTML; empty for text.
    var name: String
    /// The characters of a text node.
    var text = ""
    var attributes: [(name: String, value: String)] = []
    var parent = -1
    var firstChild = -1
    var lastChild = -1
    var next = -1

    var isText: Bool { name.isEmpty }

    func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  private(set) var nodes = [Node(name: "#document")]

  /// More nodes are no article: 64 MB of `<b>` would else cost gigabytes.
  static let mostNodes = 400_000

  var isFull: Bool { nodes.count >= Self.mostNodes }

  @discardableResult
  mutating func append(_ node: Node, to parent: Int) -> Int {
    let index = nodes.count
    nodes.append(node)
    nodes[index].parent = parent
    if nodes[parent].lastChild >= 0 {
      nodes[nodes[parent].lastChild].next = index
    } else {
      nodes[parent].firstChild = index
    }
    nodes[parent].lastChild = index
    return index
  }

  /// Text that comes in pieces becomes one node.
  mutating func append(text: String, to parent: Int) {
    let last = nodes[parent].lastChild
    if last >= 0, nodes[last].isText {
      nodes[last].text += text
    } else {
      append(Node(name: "", text: text), to: parent)
    }
  }

  /// Takes a vocabulary's prefix off the names: of a feed that spells every element `atom:entry`.
  func without(prefix: String) -> MarkupTree {
    var result = self
    for index in nodes.indices where nodes[index].name.hasPrefix(prefix) {
      result.nodes[index].name = String(nodes[index].name.dropFirst(prefix.count))
    }
    return result
  }

  func children(of index: Int) -> [Int] {
    var result: [Int] = []
    var child = nodes[index].firstChild
    while child >= 0 {
      result.append(child)
      child = nodes[child].next
    }
    return result
  }

  /// Every node below `index`, in the order of the document.
  ///
  /// - Parameter descends: whether to look below a node; the node itself is in the result.
  func descendants(of index: Int, where descends: (Int) -> Bool = { _ in true }) -> [Int] {
    var result: [Int] = []
    var stack = Array(children(of: index).reversed())
    while let node = stack.popLast() {
      result.append(node)
      if descends(node) { stack += children(of: node).reversed() }
    }
    return result
  }

  /// All characters below `index`, as they stand.
  func rawText(of index: Int) -> String {
    if nodes[index].isText { return nodes[index].text }
    return descendants(of: index).map { nodes[$0].text }.joined()
  }
}

/// One element of a tree, for reading fields: `item.first("title")?.line`.
struct MarkupElement: Sendable {
  let tree: MarkupTree
  let index: Int

  init(_ tree: MarkupTree, _ index: Int = 0) {
    self.tree = tree
    self.index = index
  }

  var name: String { tree.nodes[index].name }
  var children: [MarkupElement] {
    tree.children(of: index).filter { !tree.nodes[$0].isText }.map { MarkupElement(tree, $0) }
  }
  /// Every element below, in the order of the document.
  var descendants: [MarkupElement] {
    tree.descendants(of: index).filter { !tree.nodes[$0].isText }.map { MarkupElement(tree, $0) }
  }

  func attribute(_ name: String) -> String? { tree.nodes[index].attribute(name) }
  func all(_ name: String) -> [MarkupElement] { children.filter { $0.name == name } }
  func first(_ name: String) -> MarkupElement? { children.first { $0.name == name } }
  func descendant(_ name: String) -> MarkupElement? { descendants.first { $0.name == name } }

  /// The element at the end of a path of names: `item.at("itemMeta", "pubStatus")`.
  func at(_ names: String...) -> MarkupElement? {
    names.reduce(self as MarkupElement?) { $0?.first($1) }
  }

  /// All its characters, without spaces around them.
  var text: String {
    tree.rawText(of: index).trimmed
  }

  /// All its characters as one line; nil if there are none.
  var line: String? {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.isEmpty ? nil : line
  }
}
