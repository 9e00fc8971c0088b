/// Cuts a stream of XML into its records (`<item>…</item>`), each a small document of its own, so
/// that a feed of gigabytes costs the memory of one item and a broken item costs that item.
///
/// Also the guard before the XML library, which only ever sees what this lets through:
/// - no document type, so no entity can be declared, expanded or fetched; one that declares
///   entities is refused;
/// - no tag above 1 MiB, no record above 64 MiB or deeper than 200 elements;
/// - what feeds get wrong is repaired and counted: control characters, bare `&`, bare `<`,
///   HTML's named references.
struct XMLRecordSplitter {
  /// One record, or what is wrong with it.
  struct Piece: Sendable {
    var line: Int
    /// The record inside the start tags around it, well-formed at its edges.
    var bytes: [UInt8] = []
    var problem: String?
  }

  static let longestTag = 1 << 20
  static let longestRecord = 64 << 20
  static let deepest = 200
  private static let longestHead = 1 << 20

  private let recordName: [UInt8]
  private var scanner: XMLScanner
  private var ancestors: [(name: [UInt8], tag: [UInt8])] = []
  private var record: [UInt8]?
  private var recordLine = 0
  private var recordProblem: String?
  private var depth = 0
  private var isAtEnd = false
  private var collectsHead = true
  /// What stands before the first record, closed: the channel's title, the feed's language.
  private(set) var head: [UInt8] = []

  var repairs: XMLScanner.Repairs { scanner.repairs }

  /// - Parameter recordName: as the tag spells it, prefix included: `item`, `atom:entry`.
  init(_ source: ByteSource, recordName: [UInt8], encoding: TextEncoding.Declared) {
    self.recordName = recordName
    scanner = XMLScanner(source, encoding: encoding)
  }

  /// The next record; nil at the end of the file.
  mutating func next() -> Piece? {
    while !isAtEnd {
      switch scanner.next() {
      case .start(let name, let tag, let isClosed):
        if let piece = start(name, tag, isClosed: isClosed) { return piece }
      case .end(let name):
        if let piece = end(name) { return piece }
      case .text(let bytes): append(bytes)
      case .problem(let text):
        isAtEnd = true
        return Piece(line: scanner.line, problem: text)
      case .endOfFile:
        isAtEnd = true
        finishHead()
        guard record != nil else { return nil }
        return Piece(
          line: recordLine, problem: "the file ends before \(Self.closing(recordName))")
      }
    }
    return nil
  }

  private mutating func start(_ name: [UInt8], _ tag: [UInt8], isClosed: Bool) -> Piece? {
    if name == recordName {
      let unfinished =
        record == nil
        ? nil
        : Piece(
          line: recordLine, problem: "has no end tag \(Self.closing(recordName))")
      finishHead()
      record = tag
      recordLine = scanner.tagLine
      recordProblem = nil
      depth = 1
      if let unfinished {
        // The new record stays open; what was lost is said now.
        if isClosed { record = nil }
        return unfinished
      }
      return isClosed ? finishRecord() : nil
    }
    if record != nil {
      append(tag)
      depth += isClosed ? 0 : 1
      if depth > Self.deepest {
        recordProblem = recordProblem ?? "nested more than \(Self.deepest) elements deep"
      }
      return nil
    }
    append(tag)
    if !isClosed, ancestors.count < Self.deepest { ancestors.append((name, tag)) }
    return nil
  }

  private mutating func end(_ name: [UInt8]) -> Piece? {
    let tag = Array("</".utf8) + name + [UInt8(ascii: ">")]
    append(tag)
    guard record != nil else {
      if ancestors.last?.name == name { ancestors.removeLast() }
      return nil
    }
    guard name == recordName else {
      depth -= 1
      return nil
    }
    return finishRecord()
  }

  private mutating func append(_ bytes: [UInt8]) {
    if record != nil {
      guard recordProblem == nil else { return }
      record?.append(contentsOf: bytes)
      if (record?.count ?? 0) > Self.longestRecord {
        recordProblem = "more than \(Self.longestRecord >> 20) MiB in one record"
        record = []
      }
    } else if collectsHead {
      head += bytes
      if head.count > Self.longestHead {
        head = []
        collectsHead = false
      }
    }
  }

  private mutating func finishRecord() -> Piece {
    defer { record = nil }
    if let recordProblem { return Piece(line: recordLine, problem: recordProblem) }
    var bytes: [UInt8] = []
    // On one line, so that the library's line numbers count from the record's own.
    for ancestor in ancestors {
      bytes += ancestor.tag.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    }
    bytes += record ?? []
    bytes += closers
    return Piece(line: recordLine, bytes: bytes)
  }

  private mutating func finishHead() {
    guard collectsHead else { return }
    collectsHead = false
    head += closers
  }

  private var closers: [UInt8] {
    ancestors.reversed().flatMap { Array("</".utf8) + $0.name + [UInt8(ascii: ">")] }
  }

  private static func closing(_ name: [UInt8]) -> String {
    "</\(String(decoding: name, as: UTF8.self))>"
  }
}
