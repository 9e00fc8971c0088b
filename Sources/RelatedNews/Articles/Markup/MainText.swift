/// Finds the story on a page that does not say where it is.
///
/// The observation behind readability tools: a story's paragraphs are long, outside links and
/// brothers of each other, while menus, boxes and comments are short, linked or scattered. So each
/// paragraph gives its length to its parent and half of it to its grandparent; the element with the
/// most, less the share of its text that is links, holds the story. A page that says where its
/// story is (`itemprop="articleBody"`, one `article`, `main`) is believed when that element holds
/// at least half of what there is to read.
struct MainText {
  let tree: MarkupTree
  let marks: FurnitureMarks
  private let plain: PlainText

  init(_ tree: MarkupTree) {
    let marks = FurnitureMarks(tree)
    self.tree = tree
    self.marks = marks
    plain = PlainText(tree, leavingOut: marks.isFurniture)
  }

  /// The elements whose text is the story, in the order of the page.
  var roots: [Int] {
    let total = plain.count[0]
    guard total > 0 else { return [] }
    let bodies = elements { $0.attribute("itemprop")?.contains("articleBody") == true }
      .filter { plain.count[$0] > 0 }
    if !bodies.isEmpty { return outermost(bodies) }
    return candidates(in: scope)
  }

  /// What the page names as its article, else all of it.
  var scope: Int {
    let total = plain.count[0]
    let named =
      elements { $0.name == "article" || $0.attribute("itemtype")?.hasSuffix("Article") == true }
      + elements { $0.name == "main" || $0.attribute("role") == "main" }
    return named.first { plain.count[$0] * 2 >= total && total > 0 } ?? 0
  }

  func isFurniture(_ index: Int) -> Bool { marks.isFurniture(index) || isStamp(index) }

  /// A short line that says who and when is no paragraph: its facts are read elsewhere.
  private func isStamp(_ index: Int) -> Bool {
    let node = tree.nodes[index]
    guard !node.isText, plain.count[index] + plain.linked[index] < 120 else { return false }
    if node.name == "time" || node.name == "address" { return true }
    return FurnitureMarks.names(of: node).contains { name in
      FurnitureMarks.parts(of: name).contains(where: Self.stampWords.contains)
    }
  }

  private static let stampWords: Set = [
    "byline", "date", "dateline", "timestamp", "published", "author", "authors", "meta", "kicker",
    "postmeta", "credit", "readtime",
  ]

  private func elements(where isWanted: (MarkupTree.Node) -> Bool) -> [Int] {
    visible(below: 0).filter { isWanted(tree.nodes[$0]) }
  }

  private func visible(below root: Int) -> [Int] {
    tree.descendants(of: root) { !marks.isFurniture($0) }
      .filter { !tree.nodes[$0].isText && !marks.isFurniture($0) }
  }

  private func outermost(_ indices: [Int]) -> [Int] {
    let all = Set(indices)
    return indices.filter { index in
      var parent = tree.nodes[index].parent
      while parent >= 0 {
        if all.contains(parent) { return false }
        parent = tree.nodes[parent].parent
      }
      return true
    }
  }

  private func candidates(in scope: Int) -> [Int] {
    var score = Array(repeating: 0, count: tree.nodes.count)
    let inside = visible(below: scope)
    for index in inside where isParagraph(index) {
      let length = ownText(of: index)
      // A caption or a button is no paragraph.
      guard length >= 25 else { continue }
      let parent = tree.nodes[index].parent
      // A div with nothing but text in it is a paragraph of an old page.
      let isPlain = tree.nodes[index].name == "p" || !hasBlocks(index)
      let holder = isPlain ? parent : index
      guard holder >= 0 else { continue }
      score[holder] += length
      if tree.nodes[holder].parent >= 0 { score[tree.nodes[holder].parent] += length / 2 }
    }
    let weighed = ([scope] + inside).map { ($0, score[$0] * plainShare(of: $0) / 100) }
    guard let best = weighed.max(by: { $0.1 < $1.1 }), best.1 > 0 else {
      return plain.count[scope] > 0 ? [scope] : []
    }
    return withBrothers(of: best.0, score: best.1, scores: score, scope: scope)
  }

  /// A story cut by an advertisement lies in two brothers; both are taken.
  private func withBrothers(of best: Int, score: Int, scores: [Int], scope: Int) -> [Int] {
    let parent = tree.nodes[best].parent
    guard best != scope, parent >= 0 else { return [best] }
    return tree.children(of: parent).filter { brother in
      if brother == best { return true }
      guard !marks.isFurniture(brother), !tree.nodes[brother].isText else { return false }
      if tree.nodes[brother].name == "p" { return plainShare(of: brother) > 50 }
      return scores[brother] * 4 >= score && plainShare(of: brother) > 70
    }
  }

  private func isParagraph(_ index: Int) -> Bool {
    ["p", "pre", "blockquote", "td", "div", "section", "article"].contains(tree.nodes[index].name)
  }

  private func hasBlocks(_ index: Int) -> Bool {
    tree.children(of: index).contains { HTMLParser.blocks.contains(tree.nodes[$0].name) }
  }

  /// Characters outside links in the element's own text and in what runs in its lines.
  private func ownText(of index: Int) -> Int {
    if tree.nodes[index].name == "p" { return plain.count[index] }
    return tree.children(of: index).reduce(0) { sum, child in
      let name = tree.nodes[child].name
      return HTMLParser.blocks.contains(name) || name == "table" || name == "ul"
        ? sum : sum + plain.count[child]
    }
  }

  /// Of 100 characters so many stand outside links.
  private func plainShare(of index: Int) -> Int {
    let all = plain.count[index] + plain.linked[index]
    return all == 0 ? 0 : plain.count[index] * 100 / all
  }
}
