import Foundation

/// Reads an article's page as saved from the web.
///
/// What the page says of itself in schema.org's JSON-LD comes first; what that leaves open is read
/// from the page: headline, dates, and the story between menus, comments and related boxes.
enum HTMLPageReader {
  static func read(_ bytes: [UInt8], file: InputFile, dates: DateReader) -> [ReadRecord] {
    let bytes = decoded(bytes)
    if let problem = TextEncoding.problem(in: bytes[...]) {
      return [
        ReadRecord(
          place: file.name, skipped: problem, reason: TextEncoding.reason(of: problem),
          format: .htmlPage)
      ]
    }
    let page = HTMLPage(HTMLParser.tree(of: bytes))
    let described = page.jsonLD.flatMap { SchemaArticle.articles(in: $0) }
    let whole = described.filter { $0.has("articleBody") }
    if whole.count > 1 {
      return whole.enumerated().map { index, object in
        SchemaArticle.record(object, place: "\(file.name)[\(index)]", dates: dates)
      }
    }
    return [record(of: page, describedBy: whole.first ?? described.first, file: file, dates: dates)]
  }

  private static func record(
    of page: HTMLPage, describedBy object: JSONObject?, file: InputFile, dates: DateReader
  ) -> ReadRecord {
    var draft = RecordDraft(
      place: file.name, format: object == nil ? .htmlPage : .schemaOrg, dates: dates)
    page.fill(&draft, dates: dates)
    if let object {
      let body = draft.article.body
      SchemaArticle.fill(&draft, from: object)
      // Some systems repeat the teaser as the body; the page has all of it.
      if draft.article.body.utf8.count * 2 < body.utf8.count { draft.article.body = body }
    }
    draft.article.id = object.flatMap(SchemaArticle.identifier) ?? file.id
    draft.hasDerivedID = object.flatMap(SchemaArticle.identifier) == nil
    if draft.article.body.isEmpty {
      return draft.skipped("no article's text on this page: a front page or a script's shell?")
    }
    return draft.record(idNames: "id")
  }

  /// The page's bytes as UTF-8, if it says that they are in a Western encoding.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    let head = String(decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
      .lowercased()
    guard let name = head.firstRange(of: "charset=") else { return bytes }
    let value = head[name.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
      .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    guard TextEncoding.declared(String(value)) == .western,
      TextEncoding.problem(in: bytes[...]) != nil
    else { return bytes }
    return TextEncoding.utf8(fromWestern: bytes)
  }
}

/// What an HTML page says, in the places where pages say it.
struct HTMLPage {
  private let tree: MarkupTree
  private let metas: [String: [String]]
  private let elements: [Int]

  init(_ tree: MarkupTree) {
    self.tree = tree
    elements = tree.nodes.indices.filter { !tree.nodes[$0].isText }
    var metas: [String: [String]] = [:]
    for index in elements where tree.nodes[index].name == "meta" {
      let node = tree.nodes[index]
      guard
        let key = node.attribute("property") ?? node.attribute("name")
          ?? node.attribute("itemprop"),
        let content = RecordDraft.firstText(node.attribute("content"))
      else { continue }
      metas[key.lowercased(), default: []].append(content)
    }
    self.metas = metas
  }

  /// The values of its JSON-LD scripts; what is no JSON is left aside.
  var jsonLD: [Any] {
    elements.filter {
      tree.nodes[$0].name == "script"
        && tree.nodes[$0].attribute("type")?.lowercased().hasPrefix("application/ld+json") == true
    }.compactMap { index in
      let text = tree.rawText(of: index).trimmingCharacters(
        in: CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: ";")))
      // Old pages wrap scripts against older browsers.
      let json = text.replacing("//<![CDATA[", with: "").replacing("//]]>", with: "")
        .replacing("<!--", with: "").replacing("-->", with: "")
      return [text, json].lazy.compactMap {
        try? JSONSerialization.jsonObject(with: Data($0.utf8))
      }.first
    }
  }

  func fill(_ draft: inout RecordDraft, dates: DateReader) {
    let main = MainText(tree)
    draft.article.title = title(in: main)
    draft.article.body = MarkupText.text(of: tree, below: main.roots) { index in
      main.isFurniture(index) || tree.nodes[index].name == "h1"
    }
    draft.article.published =
      draft.date(meta(Self.publishedNames), "the page's date of publication")
      ?? marked("datePublished", dates) ?? time(in: main.scope, dates)
    draft.article.updated =
      draft.date(meta(Self.modifiedNames), "the page's date of change")
      ?? marked("dateModified", dates)
    draft.article.source = meta(["og:site_name", "publisher", "dc.publisher"])
    draft.article.section = meta(["article:section", "section"])
    draft.article.url = link("canonical") ?? meta(["og:url"])
    draft.article.language = elements.first { tree.nodes[$0].name == "html" }.flatMap {
      RecordDraft.firstText(tree.nodes[$0].attribute("lang"), tree.nodes[$0].attribute("xml:lang"))
    }
    let keywords = ["news_keywords", "keywords"].lazy.compactMap { metas[$0]?.first }.first
    draft.add(
      keywords: (metas["article:tag"] ?? [])
        + (keywords?.split(separator: ",").map(String.init) ?? [])
    )
  }

  private static let publishedNames = [
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date",
    "article.published", "citation_publication_date",
  ]
  private static let modifiedNames = [
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified", "article.updated",
  ]

  private func meta(_ names: [String]) -> String? {
    names.lazy.compactMap { metas[$0]?.first }.first
  }

  private func link(_ relation: String) -> String? {
    elements.first {
      tree.nodes[$0].name == "link" && tree.nodes[$0].attribute("rel")?.lowercased() == relation
    }.flatMap { RecordDraft.firstText(tree.nodes[$0].attribute("href")) }
  }

  /// What is marked as the headline, else the only top heading of the article or the page, else
  /// what the page tells social networks, else its window's title without the site's name.
  private func title(in main: MainText) -> String {
    func texts(_ indices: some Sequence<Int>, where isWanted: (MarkupTree.Node) -> Bool) -> [String]
    {
      indices.filter { isWanted(tree.nodes[$0]) && !main.marks.isFurniture($0) }
        .map { MarkupText.oneLine(tree.rawText(of: $0)) }.filter { !$0.isEmpty }
    }
    if let marked = texts(elements, where: { $0.attribute("itemprop") == "headline" }).first {
      return marked
    }
    let headings = texts(elements) { $0.name == "h1" }
    let inner = texts(tree.descendants(of: main.scope)) { $0.name == "h1" }
    if let only = [inner, headings].first(where: { $0.count == 1 })?.first { return only }
    if let shared = meta(["og:title", "twitter:title", "headline"]) {
      let name = MarkupText.oneLine(shared)
      return headings.first { name.hasPrefix($0) } ?? withoutSite(name)
    }
    let window =
      elements.first { tree.nodes[$0].name == "title" }
      .map { MarkupText.oneLine(tree.rawText(of: $0)) } ?? ""
    return headings.first ?? withoutSite(window)
  }

  /// `"Dam holds | Kessel Post"` is `"Dam holds"`.
  private func withoutSite(_ title: String) -> String {
    for separator in [" | ", " – ", " — ", " - ", " :: ", " · "] {
      guard let range = title.range(of: separator, options: .backwards) else { continue }
      let site = title[range.upperBound...]
      let isNamed = meta(["og:site_name"]).map { site.contains($0) || $0.contains(site) } ?? false
      // Without a name to compare, a short tail after a bar is the site's.
      if isNamed || (separator == " | " && site.count < 40) {
        return String(title[..<range.lowerBound])
      }
    }
    return title
  }

  /// An element marked up with microdata: its `content`, `datetime` or text.
  private func marked(_ property: String, _ dates: DateReader) -> Date? {
    elements.lazy.filter { tree.nodes[$0].attribute("itemprop") == property }
      .compactMap { date(of: $0, dates) }.first
  }

  /// The first `time` of the article, else the first short text in an element called date.
  private func time(in scope: Int, _ dates: DateReader) -> Date? {
    let inside = [scope] + tree.descendants(of: scope)
    let times = inside.filter { tree.nodes[$0].name == "time" }
    let called = inside.filter { index in
      !tree.nodes[index].isText
        && FurnitureMarks.names(of: tree.nodes[index]).contains {
          FurnitureMarks.parts(of: $0).contains {
            ["date", "published", "timestamp", "dateline", "pubdate"].contains($0)
          }
        }
    }
    return (times + called).prefix(200).lazy.compactMap { date(of: $0, dates) }.first
  }

  private func date(of index: Int, _ dates: DateReader) -> Date? {
    let node = tree.nodes[index]
    for text in [node.attribute("content"), node.attribute("datetime")] {
      if let text, let date = dates.date(text) { return date }
    }
    let text = MarkupText.oneLine(String(tree.rawText(of: index).prefix(200)))
    return dates.date(text)
      ?? text.split(separator: ":", maxSplits: 1).last.flatMap {
        text.contains(": ") ? dates.date(String($0)) : nil
      }
  }
}
