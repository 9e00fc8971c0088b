import Foundation

/// What the first bytes of an XML file say: its encoding and its root.
struct XMLProlog: Sendable {
  var encoding = TextEncoding.Declared.utf8
  /// The root's name without its prefix: `feed`; nil if no tag begins in the bytes at hand.
  var root: String?
  /// The root's prefix with its colon: `atom:`; empty without one.
  var prefix = ""
  /// The root's whole start tag, for the vocabularies that it names.
  var rootTag = ""
  /// Whether a document type says that this is HTML.
  var isHTML = false

  init(_ bytes: ArraySlice<UInt8>) {
    // Single bytes as code points: only ASCII matters here.
    let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        guard let end = rest.firstRange(of: "-->") else { return }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<?") {
        guard let end = rest.firstRange(of: "?>") else { return }
        readDeclaration(rest[..<end.lowerBound])
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!") {
        let head = rest.prefix(40).lowercased()
        if head.hasPrefix("<!doctype html") {
          isHTML = true
          return
        }
        guard let end = Self.endOfDeclaration(rest) else { return }
        rest = rest[end...]
      } else {
        readRoot(rest)
        return
      }
    }
  }

  /// After the `>` that closes `<!DOCTYPE … [ … ]>`.
  private static func endOfDeclaration(_ text: Substring) -> String.Index? {
    var brackets = 0
    for index in text.indices {
      switch text[index] {
      case "[": brackets += 1
      case "]": brackets -= 1
      case ">" where brackets <= 0: return text.index(after: index)
      default: break
      }
    }
    return nil
  }

  private mutating func readDeclaration(_ text: Substring) {
    guard text.hasPrefix("<?xml "), let name = text.firstRange(of: "encoding") else { return }
    let value = text[name.upperBound...].drop { $0 == "=" || $0 == " " }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return }
    encoding = TextEncoding.declared(String(value.dropFirst().prefix { $0 != quote }))
  }

  private mutating func readRoot(_ text: Substring) {
    let name = text.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
    guard let first = name.first, first.isLetter || first == "_" else { return }
    let tag = text.prefix { $0 != ">" }
    rootTag = String(tag)
    if let colon = name.firstIndex(of: ":") {
      prefix = String(name[...colon])
      root = String(name[name.index(after: colon)...])
    } else {
      root = String(name)
    }
  }
}

/// The kinds of XML that hold articles, told by their root.
struct XMLKind: Sendable {
  let format: ArticleFormat
  let recordName: String

  /// Nil for a root that is none of them.
  ///
  /// - Parameter bytes: the beginning of the file, where an export names its vocabulary.
  init?(_ prolog: XMLProlog, bytes: ArraySlice<UInt8>) {
    switch prolog.root {
    case "rss", "channel":
      let isExport =
        prolog.rootTag.contains("wordpress.org/export") || Self.contains("<wp:", in: bytes)
      self.init(format: isExport ? .wordPress : .rss, recordName: "item")
    case "RDF": self.init(format: .rss, recordName: "item")
    case "feed", "entry": self.init(format: .atom, recordName: "entry")
    case "newsItem", "newsMessage": self.init(format: .newsML, recordName: "newsItem")
    case "nitf": self.init(format: .nitf, recordName: "nitf")
    default: return nil
    }
  }

  private init(format: ArticleFormat, recordName: String) {
    self.format = format
    self.recordName = recordName
  }

  private static func contains(_ text: String, in bytes: ArraySlice<UInt8>) -> Bool {
    let wanted = Array(text.utf8)
    return bytes.indices.contains { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
  }
}
