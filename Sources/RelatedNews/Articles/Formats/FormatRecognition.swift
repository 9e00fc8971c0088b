import Foundation

/// Tells formats apart by what a file begins with; its name only helps where contents are alike.
enum FormatRecognition {
  /// Enough for the first tags of a feed, the header of a table, the first line of most JSON Lines.
  static let prefixLength = 1 << 16

  /// The reader for what a source that was `unpacked` holds.
  static func reader(for source: ByteSource, file: InputFile) -> any RecordReader {
    let start = source.peek(prefixLength)
    guard !start.isEmpty else {
      return WholeFileReader([
        ReadRecord(place: file.name, skipped: "empty file", format: .other)
      ])
    }
    if let other = OtherFile(start, ending: file.ending) {
      return WholeFileReader([other.record(place: file.name)])
    }
    return textReader(for: source, start: start, file: file)
  }

  /// The source, unpacked if it is gzip, behind its byte-order mark.
  /// - Throws: `ReadingError` for gzip without zlib.
  static func unpacked(_ source: ByteSource, file: InputFile) throws -> ByteSource {
    var source = source
    // A packed file may have been packed once more, not more often.
    for _ in 0..<2 where GzipSource.isGzip(source.peek(2)) {
      source = try GzipSource.unpacking(source, named: file.name)
    }
    if source.peek(3).elementsEqual(TextEncoding.byteOrderMark) { source.drop(3) }
    return source
  }

  private static func textReader(
    for source: ByteSource, start: ArraySlice<UInt8>, file: InputFile
  ) -> any RecordReader {
    let isNamedJSON = ["jsonl", "json", "ndjson", "jl"].contains(file.ending)
    let signs = start.lazy.filter { $0 > 0x20 }.prefix(2)
    switch (signs.first, signs.dropFirst().first) {
    case (UInt8(ascii: "<"), let next?) where isMarkup(next):
      return markupReader(for: source, start: start, file: file)
    case (UInt8(ascii: "["), let next) where isNamedJSON || next == 0x7B || next == 0x5D:
      return JSONArrayReader(source, file: file)
    case (UInt8(ascii: "{"), let next) where isNamedJSON || next == 0x22 || next == 0x7D:
      guard JSONLayout.isOneDocument(start) else { return JSONLinesReader(source, file: file) }
      return WholeFileReader(source, named: file.name, limit: largestDocument) {
        JSONLinesReader.read($0[...], place: file.name, dates: DateReader())
      }
    default: break
    }
    if isNamedJSON { return JSONLinesReader(source, file: file) }
    if ["html", "htm", "xhtml"].contains(file.ending) {
      return markupReader(for: source, start: start, file: file)
    }
    if let separator = TableLayout.separator(of: start, file: file) {
      return CSVReader(source, file: file, separator: separator)
    }
    if isMarkdown(start, ending: file.ending) {
      return WholeFileReader(source, named: file.name, limit: WholeFileReader.largestMarkdown) {
        [MarkdownPageReader.read($0, file: file, dates: DateReader())]
      }
    }
    return WholeFileReader(source, named: file.name) {
      [TextPageReader.read($0, id: file.id, place: file.name)]
    }
  }

  /// What follows the `<` of a tag, a declaration or a comment: "<3" is a heart.
  private static func isMarkup(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
      || byte == UInt8(ascii: "_")
  }

  /// A feed of more is no feed; an archive of that size belongs into JSON Lines.
  private static let largestDocument = 256 << 20

  private static func markupReader(
    for source: ByteSource, start: ArraySlice<UInt8>, file: InputFile
  ) -> any RecordReader {
    let prolog = XMLProlog(start)
    if !prolog.isHTML, let kind = XMLKind(prolog, bytes: start) {
      if case .unknown(let name) = prolog.encoding {
        return WholeFileReader([
          ReadRecord(
            place: file.name,
            skipped: "encoding \(name), expected UTF-8; convert it with: iconv -f \(name) -t UTF-8",
            reason: "encoding other than UTF-8", format: kind.format)
        ])
      }
      return XMLRecordReader(source, file: file, prolog: prolog, kind: kind)
    }
    if let root = prolog.root, !prolog.isHTML, isForeign(root, prolog) {
      return WholeFileReader([
        ReadRecord(
          place: file.name,
          skipped:
            "XML with the root <\(root.prefix(40))>; expected RSS, Atom, a WordPress export, "
            + "NewsML-G2 or NITF",
          reason: "XML of an unknown kind", format: .other)
      ])
    }
    return WholeFileReader(source, named: file.name) {
      HTMLPageReader.read($0, file: file, dates: DateReader())
    }
  }

  /// XML that is not HTML: a root that HTML does not know, after an XML declaration or with a
  /// vocabulary of its own.
  private static func isForeign(_ root: String, _ prolog: XMLProlog) -> Bool {
    let name = root.lowercased()
    let isHTML =
      HTMLParser.blocks.contains(name)
      || [
        "html", "head", "body", "meta", "title", "link", "a", "b", "i", "em", "strong", "span",
        "img", "script", "style", "base", "font", "center", "tr", "td", "li",
      ].contains(name)
    return !isHTML
  }

  /// Front matter, or a name that says so.
  private static func isMarkdown(_ start: ArraySlice<UInt8>, ending: String) -> Bool {
    if ["md", "markdown", "mdown", "mkd"].contains(ending) { return true }
    let lines = String(decoding: start, as: UTF8.self).split(
      maxSplits: 200, omittingEmptySubsequences: false
    ) { $0.isNewline }
    guard let first = lines.first?.trimmingCharacters(in: .whitespaces),
      first == "---" || first == "+++"
    else { return false }
    return lines.dropFirst().contains { $0.trimmingCharacters(in: .whitespaces) == first }
  }
}

/// Whether JSON that begins with an object is one document or one object a line.
enum JSONLayout {
  /// One document if its first line leaves a bracket open and the second line goes on inside it.
  ///
  /// A line that ends within a string, or is followed by an object where a key must stand, is a
  /// broken line of JSON Lines.
  static func isOneDocument(_ start: ArraySlice<UInt8>) -> Bool {
    let lines = start.split(separator: 0x0A, maxSplits: 20).filter { $0.contains { $0 > 0x20 } }
    guard lines.count > 1, let open = openBracket(of: lines[0]) else { return false }
    let next = lines[1].first { $0 > 0x20 }
    return open == UInt8(ascii: "[") || next != UInt8(ascii: "{")
  }

  /// The innermost bracket that a line leaves open; nil if none, or if it ends within a string.
  private static func openBracket(of line: ArraySlice<UInt8>) -> UInt8? {
    var open: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in line {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        open.append(byte)
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        _ = open.popLast()
      }
    }
    return isInString ? nil : open.last
  }
}

/// Whether a text is a table with a header, and what separates its cells.
enum TableLayout {
  /// Nil for what is no table: its first line must hold at least two names of fields, its second
  /// one the same separator.
  static func separator(of start: ArraySlice<UInt8>, file: InputFile) -> UInt8? {
    let lines = String(decoding: start, as: UTF8.self)
      .split(maxSplits: 3) { $0.isNewline }
    guard var header = lines.first else { return nil }
    if header.hasPrefix("sep="), lines.count > 1 { header = lines[1] }
    guard header.utf8.count < 4096 else { return nil }
    let isNamedTable = ["csv", "tsv", "tab"].contains(file.ending)
    let counted = ["\t", ";", ","].map {
      separator -> (separator: Character, known: Int, cells: Int) in
      let cells = header.split(separator: Character(separator), omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"")) }
      return (Character(separator), file.columns.known(in: cells), cells.count)
    }
    guard let best = counted.max(by: { ($0.known, $0.cells) < ($1.known, $1.cells) }) else {
      return nil
    }
    // A sentence with "date, title" in it is longer than a header of two names.
    let isTable =
      best.known >= 2 && best.known * 4 >= best.cells && lines.count > 1
      && lines[lines.count > 2 && lines[0] != header ? 2 : 1].contains(best.separator)
    guard isTable || (isNamedTable && best.cells > 1) else { return nil }
    return best.separator.asciiValue
  }
}

/// Files that hold no articles, told by their first bytes or, for a site's scripts, their names.
struct OtherFile {
  private let what: String
  /// Whether it is normal to meet it among articles.
  private let isUsual: Bool

  init?(_ start: ArraySlice<UInt8>, ending: String) {
    func what(in magics: [([UInt8], String)]) -> String? {
      magics.first { start.starts(with: $0.0) }?.1
    }
    let mistaken = what(in: Self.mistakenMagics)
    guard let what = mistaken ?? what(in: Self.usualMagics) ?? Self.endings[ending] else {
      return nil
    }
    self.what = what
    isUsual = mistaken == nil
  }

  func record(place: String) -> ReadRecord {
    isUsual
      ? ReadRecord(place: place, passedOver: what, format: .other)
      : ReadRecord(place: place, skipped: what, format: .other)
  }

  private static let usualMagics: [([UInt8], String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"),
    (Array("GIF8".utf8), "a picture"), (Array("RIFF".utf8), "a picture or sound"),
    (Array("%PDF".utf8), "a PDF"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    (Array("wOFF".utf8), "a font"), (Array("wOF2".utf8), "a font"),
    ([0x00, 0x00, 0x01, 0x00], "a picture"),
  ]

  /// Of files that somebody may have meant to be read.
  private static let mistakenMagics: [([UInt8], String)] = [
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive; unpack it first"),
    (Array("BZh".utf8), "a compressed file; unpack it first: bzcat"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "a compressed file; unpack it first: xzcat"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a compressed file; unpack it first: zstdcat"),
    ([0x89, 0x52, 0x4E, 0x58], "an index file, which keeps no texts; give it alone, as ARCHIVE"),
  ]

  private static let endings = [
    "css": "a style sheet", "js": "a script", "mjs": "a script", "svg": "a picture",
    "ico": "a picture", "woff": "a font", "woff2": "a font", "ttf": "a font",
    "scss": "a style sheet",
    "map": "a script", "mp3": "sound", "mp4": "a video", "xsl": "a style sheet",
    "xslt": "a style sheet", "webmanifest": "a site's manifest", "qrels": "judgments",
  ]
}
