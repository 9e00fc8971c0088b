/// Which elements of a page are no part of its story: menus, comments, related boxes, share bars.
///
/// An element is furniture by its kind (`nav`), its role (`role="navigation"`) or a word in its
/// class or id (`jp-relatedposts`). The words err: a theme may call the story itself
/// "content-with-comments". So an element that holds two fifths of the page's plain text is never
/// furniture, whatever it is called.
struct FurnitureMarks {
  private var marks: [Bool]

  init(_ tree: MarkupTree) {
    marks = Array(repeating: false, count: tree.nodes.count)
    let plain = PlainText(tree)
    let total = plain.count[0]
    for index in tree.nodes.indices where !tree.nodes[index].isText {
      let node = tree.nodes[index]
      if Self.isHidden(node) || Self.kinds.contains(node.name) {
        marks[index] = true
      } else if Self.isNamedFurniture(node) {
        marks[index] = plain.count[index] * 5 < total * 2 || total == 0
      }
    }
  }

  func isFurniture(_ index: Int) -> Bool { marks[index] }

  private static let kinds: Set = ["nav", "aside", "form", "dialog", "menu", "footer"]
  private static let neverByName: Set = ["html", "body", "main", "article", "h1", "p"]

  private static func isHidden(_ node: MarkupTree.Node) -> Bool {
    if node.attribute("hidden") != nil { return true }
    if node.attribute("aria-hidden") == "true" { return true }
    let style = node.attribute("style")?.lowercased().filter { $0 != " " } ?? ""
    return style.contains("display:none")
  }

  private static func isNamedFurniture(_ node: MarkupTree.Node) -> Bool {
    guard !neverByName.contains(node.name) else { return false }
    if let role = node.attribute("role"), roles.contains(role) { return true }
    return names(of: node).contains { name in
      words.contains(name) || parts(of: name).contains(where: words.contains)
    }
  }

  /// The words of class and id, as written: `["entry-footer", "sharedaddy"]`.
  static func names(of node: MarkupTree.Node) -> [String] {
    let text = (node.attribute("class") ?? "") + " " + (node.attribute("id") ?? "")
    return text.split(whereSeparator: \.isWhitespace).prefix(30).map(String.init)
  }

  /// `relatedPosts` and `related-posts` are `["related", "posts"]`.
  static func parts(of name: String) -> [String] {
    var result: [String] = []
    var part = ""
    for character in name.prefix(80) {
      let isBreak = character == "-" || character == "_" || character == ":"
      if isBreak || (character.isUppercase && part.last?.isLowercase == true) {
        if !part.isEmpty { result.append(part) }
        part = ""
      }
      if !isBreak { part += character.lowercased() }
    }
    return part.isEmpty ? result : result + [part]
  }

  private static let roles: Set = [
    "navigation", "complementary", "search", "contentinfo", "dialog", "alert", "banner", "menu",
    "menubar", "toolbar",
  ]

  private static let words: Set = [
    "related", "relatedposts", "recommended", "recommendations", "recirculation", "recirc",
    "comment", "comments", "commentlist", "disqus", "respond", "discussion", "share", "sharing",
    "sharedaddy", "sharebar", "social", "sociable", "addthis", "promo", "promos", "promotion",
    "newsletter", "subscribe", "subscription", "paywall", "sidebar", "breadcrumb", "breadcrumbs",
    "menu", "nav", "navbar", "navigation", "footer", "cookie", "cookies", "consent", "gdpr", "ad",
    "ads", "advert", "advertisement", "adsbygoogle", "sponsor", "sponsored", "outbrain", "taboola",
    "popular", "trending", "mostread", "tags", "taglist", "pagination", "pager", "toolbar",
    "widget", "modal", "popup", "login", "signup", "masthead", "yarpp", "feedback", "noprint",
    "teaser", "teasers", "skip", "screenreader", "hidden", "morefrom",
  ]
}

/// How many characters below each node stand outside links: what is read, not clicked.
///
/// `count[0]` is the page's. White space does not count.
struct PlainText {
  private(set) var count: [Int]
  /// Characters inside links.
  private(set) var linked: [Int]

  /// - Complexity: O(nodes + characters)
  init(_ tree: MarkupTree, leavingOut isLeftOut: (Int) -> Bool = { _ in false }) {
    count = Array(repeating: 0, count: tree.nodes.count)
    linked = count
    // Parents come before their children, so states pass down in one walk and sums up in another.
    var isInLink = Array(repeating: false, count: tree.nodes.count)
    var isOut = isInLink
    for (index, node) in tree.nodes.enumerated() {
      if node.parent >= 0 {
        isInLink[index] = isInLink[node.parent] || node.name == "a"
        isOut[index] = isOut[node.parent] || Self.unread.contains(node.name) || isLeftOut(index)
      }
      guard node.isText, !isOut[index] else { continue }
      // Every byte that begins a character; ASCII's white space begins none.
      let characters = node.text.utf8.count { $0 & 0xC0 != 0x80 && $0 != 0x20 && $0 &- 0x09 >= 5 }
      if isInLink[index] { linked[index] = characters } else { count[index] = characters }
    }
    for index in tree.nodes.indices.reversed() where tree.nodes[index].parent >= 0 {
      count[tree.nodes[index].parent] += count[index]
      linked[tree.nodes[index].parent] += linked[index]
    }
  }

  private static let unread: Set = [
    "script", "style", "noscript", "template", "head", "title", "select", "textarea", "button",
    "svg", "iframe",
  ]
}
