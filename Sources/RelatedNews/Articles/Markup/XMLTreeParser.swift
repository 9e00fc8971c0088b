import Foundation
import FoundationXML

/// Reads one clean XML document into a tree, with the toolchain's XML library.
///
/// Names lose prefixes that only say which vocabulary the document is in, and get the usual ones
/// where a feed chose others: with `xmlns:c="http://purl.org/rss/1.0/modules/content/"`,
/// `<c:encoded>` is `content:encoded`. A prefix that nobody declared keeps its usual meaning.
enum XMLTreeParser {
  struct Failure: Error {
    /// From 1, within the document.
    let line: Int
    let message: String
  }

  /// - Throws: `Failure` for what is not well-formed.
  static func tree(of bytes: [UInt8]) throws(Failure) -> MarkupTree {
    let parser = XMLParser(data: Data(bytes))
    // Names are resolved here: the library stops nowhere for an undeclared prefix, but says so.
    parser.shouldProcessNamespaces = false
    parser.shouldResolveExternalEntities = false
    let builder = Builder()
    parser.delegate = builder
    let isWhole = parser.parse()
    if builder.tree.isFull {
      throw Failure(line: 1, message: "more than \(MarkupTree.mostNodes) elements in one record")
    }
    guard isWhole, builder.isBalanced else {
      let code = (parser.parserError as NSError?)?.code
      throw Failure(
        line: max(1, parser.lineNumber), message: "not well-formed XML" + (code.map(reason) ?? ""))
    }
    return builder.tree
  }

  /// What libxml2 means by the numbers that records run into.
  private static func reason(_ code: Int) -> String {
    switch code {
    case 5, 74, 77: ": an end tag is missing"
    case 9: ": a character that XML does not allow"
    case 39, 40: ": an attribute without quotes"
    case 41: ": an attribute without a value"
    case 42: ": an attribute twice"
    case 65: ": white space is missing between attributes"
    case 68: ": a name that is none"
    case 73: ": a tag without its end"
    case 76: ": an end tag that does not match its start tag"
    default: " (libxml2 error \(code))"
    }
  }

  /// A class because XMLParser calls a delegate.
  private final class Builder: NSObject, XMLParserDelegate {
    var tree = MarkupTree()
    private var open = [0]
    private var scopes: [[String: String]] = [[:]]

    var isBalanced: Bool { open.count == 1 && tree.nodes.count > 1 }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      guard !tree.isFull else { return parser.abortParsing() }
      var scope = scopes[scopes.count - 1]
      for (key, value) in attributes where key == "xmlns" || key.hasPrefix("xmlns:") {
        scope[String(key.dropFirst(6))] = value
      }
      let sorted = attributes.filter { !$0.key.hasPrefix("xmlns") }.sorted { $0.key < $1.key }
        .map { (name: $0.key, value: $0.value) }
      open.append(
        tree.append(
          .init(name: Namespaces.name(name, in: scope), attributes: sorted),
          to: open[open.count - 1]
        ))
      scopes.append(scope)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      guard open.count > 1 else { return }
      open.removeLast()
      scopes.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      tree.append(text: text, to: open[open.count - 1])
    }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
      tree.append(text: String(decoding: data, as: UTF8.self), to: open[open.count - 1])
    }
  }
}

/// The vocabularies of news in XML, and the prefix that each usually has.
enum Namespaces {
  /// The usual name for `name` under the declarations in `scope` (prefix to address).
  static func name(_ name: String, in scope: [String: String]) -> String {
    guard let colon = name.firstIndex(of: ":") else {
      guard let address = scope[""], let usual = usualPrefix(of: address), !usual.isEmpty else {
        return name
      }
      // A whole feed in a module's default namespace is rare; an element in it is not.
      return usual == "atom" ? name : usual + ":" + name
    }
    let prefix = String(name[..<colon])
    let local = name[name.index(after: colon)...]
    guard let address = scope[prefix] else { return name }
    guard let usual = usualPrefix(of: address) else { return name }
    return usual.isEmpty ? String(local) : usual + ":" + local
  }

  /// Nil for a vocabulary that is not known; empty for one that needs no prefix.
  private static func usualPrefix(of address: String) -> String? {
    if address.hasPrefix("http://wordpress.org/export/") {
      return address.hasSuffix("/excerpt/") ? "excerpt" : "wp"
    }
    return usual[address]
  }

  private static let usual = [
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2005/Atom": "atom", "http://www.w3.org/2007/app": "app",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/": "", "http://www.w3.org/1999/xhtml": "",
    "http://iptc.org/std/nar/2006-10-01/": "", "http://iptc.org/std/NITF/2006-10-18/": "",
  ]
}
