import Foundation

/// Reads the records of an XML file as they come: feed items, exported posts, news items.
struct XMLRecordReader: RecordReader {
  private let file: InputFile
  private let format: ArticleFormat
  private let recordName: [UInt8]
  private var splitter: XMLRecordSplitter
  private var channel: XMLChannel?
  private var isAtEnd = false
  private var count = 0

  init(_ source: ByteSource, file: InputFile, prolog: XMLProlog, kind: XMLKind) {
    self.file = file
    format = kind.format
    // RDF is the wrapping of RSS 1.0; its items are in RSS's own vocabulary.
    recordName = Array((prolog.root == "RDF" ? "item" : prolog.prefix + kind.recordName).utf8)
    splitter = XMLRecordSplitter(source, recordName: recordName, encoding: prolog.encoding)
  }

  mutating func next() -> [ReadRecord]? {
    guard !isAtEnd else { return nil }
    var pieces: [XMLRecordSplitter.Piece] = []
    var size = 0
    while size < file.jobs << 20, pieces.count < 4096 {
      guard let piece = splitter.next() else {
        isAtEnd = true
        break
      }
      pieces.append(piece)
      size += piece.bytes.count
    }
    count += pieces.count
    let channel = self.channel ?? XMLChannel(head: splitter.head, format: format)
    self.channel = channel
    let ranges = evenRanges(of: pieces.count, pieces: file.jobs * 4)
    let records = concurrentMap(count: ranges.count, jobs: file.jobs) {
      [pieces, file, format] part in
      let dates = DateReader()
      return ranges[part].map {
        Self.record(pieces[$0], of: channel, file: file, format: format, dates: dates)
      }
    }.flatMap { $0 }
    return records + (isAtEnd ? closingRemarks : [])
  }

  private var closingRemarks: [ReadRecord] {
    var result: [ReadRecord] = []
    if let repairs = splitter.repairs.summary {
      result.append(
        ReadRecord(
          place: "\(file.name):\(splitter.repairs.firstLine ?? 1)",
          warning: "slightly malformed XML, repaired from this line on: \(repairs)",
          reason: "slightly malformed XML, repaired", format: format))
    }
    if count == 0 {
      result.append(
        ReadRecord(
          place: file.name,
          warning: "\(format.rawValue) without a <\(String(decoding: recordName, as: UTF8.self))>",
          format: format))
    }
    return result
  }

  private static func record(
    _ piece: XMLRecordSplitter.Piece, of channel: XMLChannel, file: InputFile,
    format: ArticleFormat, dates: DateReader
  ) -> ReadRecord {
    let place = "\(file.name):\(piece.line)"
    func skipped(_ message: String, line: Int = 0, reason: String? = nil) -> ReadRecord {
      ReadRecord(
        place: "\(file.name):\(piece.line + line)", skipped: message, reason: reason,
        format: format)
    }
    if let problem = piece.problem { return skipped(problem) }
    if let problem = TextEncoding.problem(in: piece.bytes[...]) {
      return skipped(problem, reason: TextEncoding.reason(of: problem))
    }
    do {
      let whole = try XMLTreeParser.tree(of: piece.bytes)
      let tree = format == .atom ? whole.without(prefix: "atom:") : whole
      let wanted = channel.recordName(in: format)
      let all = MarkupElement(tree).descendants
      guard let element = all.first(where: { $0.name == wanted }) else {
        return skipped("no <\(wanted)> in this record")
      }
      let draft = RecordDraft(place: place, format: format, dates: dates)
      return switch format {
      case .atom: AtomEntry.record(element, of: channel, draft)
      case .wordPress: WordPressItem.record(element, of: channel, draft)
      case .newsML: NewsMLItem.record(element, draft)
      case .nitf: NITFDocument.record(element, fileID: file.id, draft)
      default: RSSItem.record(element, of: channel, draft)
      }
    } catch {
      return skipped(error.message, line: error.line - 1)
    }
  }
}

/// What a feed says once for all of its items.
struct XMLChannel: Sendable {
  var title: String?
  var language: String?
  var link: String?

  /// From what stands before the first item; a head that is not well-formed says nothing.
  init(head: [UInt8], format: ArticleFormat) {
    guard TextEncoding.problem(in: head[...]) == nil, let tree = try? XMLTreeParser.tree(of: head)
    else { return }
    let root = MarkupElement(tree).children.first
    let channel = root?.first("channel") ?? root
    title = (channel?.first("title") ?? channel?.first("atom:title"))?.line.map(
      MarkupText.line(ofHTML:))
    language = RecordDraft.firstText(
      channel?.first("language")?.line, channel?.first("dc:language")?.line,
      root?.attribute("xml:lang"))
    link = channel?.first("link")?.line ?? channel?.first("wp:base_blog_url")?.line
  }

  /// How the record's element is called in the tree.
  func recordName(in format: ArticleFormat) -> String {
    switch format {
    case .atom: "entry"
    case .newsML: "newsItem"
    case .nitf: "nitf"
    default: "item"
    }
  }
}
