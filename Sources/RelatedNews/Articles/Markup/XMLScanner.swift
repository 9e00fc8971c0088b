/// Walks through XML as a stream of clean tags and text: declarations, comments, processing
/// instructions and the document type are taken out, and what feeds get wrong is repaired.
struct XMLScanner {
  enum Token {
    /// A whole start tag, clean.
    case start(name: [UInt8], tag: [UInt8], isClosed: Bool)
    case end(name: [UInt8])
    /// Clean text, or a whole CDATA section or a part of one.
    case text([UInt8])
    /// Why reading cannot go on.
    case problem(String)
    case endOfFile
  }

  /// What was wrong and is right now.
  struct Repairs: Sendable, Hashable {
    var controlCharacters = 0
    var bareAmpersands = 0
    var bareAngles = 0
    var namedReferences = 0
    var firstLine: Int?

    /// `2 control characters, 1 bare "&"`; nil if there is nothing to say.
    var summary: String? {
      let parts = [
        (controlCharacters, "control character"), (bareAmpersands, "bare \"&\""),
        (bareAngles, "bare \"<\""), (namedReferences, "reference that XML does not know"),
      ]
      let said = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 > 1 ? "s" : "")" }
      return said.isEmpty ? nil : said.joined(separator: ", ")
    }
  }

  private(set) var line = 1
  /// Where the last tag began.
  private(set) var tagLine = 1
  private(set) var repairs = Repairs()

  private let source: ByteSource
  private let encoding: TextEncoding.Declared
  private var buffer: [UInt8] = []
  private var position = 0
  private var isSourceAtEnd = false
  private var isInCDATA = false

  init(_ source: ByteSource, encoding: TextEncoding.Declared) {
    self.source = source
    self.encoding = encoding
  }

  /// - Complexity: O(bytes of the token)
  mutating func next() -> Token {
    while true {
      if isInCDATA { return .text(readCDATA()) }
      if position >= buffer.count, !fill() { return .endOfFile }
      guard buffer[position] == UInt8(ascii: "<") else { return .text(readText()) }
      // The longest of the openings, "<![CDATA[", must be in sight.
      while buffer.count - position < 9, fill() {}
      if let token = readMarkup() { return token }
    }
  }

  private mutating func readMarkup() -> Token? {
    tagLine = line
    if starts(with: "<!--") {
      return skip(past: "-->") ? nil : .problem("a comment without its end \"-->\"")
    }
    if starts(with: "<![CDATA[") {
      advance(9)
      isInCDATA = true
      return .text(Array("<![CDATA[".utf8))
    }
    if starts(with: "<?") {
      return skip(past: "?>") ? nil : .problem("an instruction without its end \"?>\"")
    }
    if starts(with: "<!DOCTYPE") || starts(with: "<!doctype") { return skipDeclaration() }
    let isEnd = starts(with: "</")
    guard position + (isEnd ? 2 : 1) < buffer.count,
      Self.startsName(buffer[position + (isEnd ? 2 : 1)])
    else {
      note(\.bareAngles)
      advance(1)
      return .text(Array("&lt;".utf8))
    }
    return readTag(isEnd: isEnd)
  }

  // MARK: Tags

  private mutating func readTag(isEnd: Bool) -> Token? {
    var length = 1
    var quote: UInt8?
    while true {
      if position + length >= buffer.count {
        guard length <= XMLRecordSplitter.longestTag else { return .problem(Self.tagTooLong) }
        guard fill() else { return .problem("the file ends inside a tag") }
        continue
      }
      let byte = buffer[position + length]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      } else if byte == UInt8(ascii: "<") {
        // "a <b and c <d>": the first was no tag.
        note(\.bareAngles)
        advance(1)
        return .text(Array("&lt;".utf8))
      }
      length += 1
    }
    guard length <= XMLRecordSplitter.longestTag else { return .problem(Self.tagTooLong) }
    let raw = buffer[position...(position + length)]
    let nameStart = raw.startIndex + (isEnd ? 2 : 1)
    let nameEnd = raw[nameStart...].firstIndex { Self.isSpace($0) || $0 == 0x2F || $0 == 0x3E }
    let name = Array(raw[nameStart..<(nameEnd ?? raw.endIndex)])
    let tag = isEnd ? [] : cleaned(Array(raw), isTag: true)
    let isClosed = raw.count > 2 && raw[raw.endIndex - 2] == UInt8(ascii: "/")
    advance(raw.count)
    return isEnd ? .end(name: name) : .start(name: name, tag: tag, isClosed: isClosed)
  }

  private static let tagTooLong =
    "a tag of more than \(XMLRecordSplitter.longestTag) bytes, which no article has; the rest of "
    + "the file is not read"

  // MARK: Text

  private mutating func readText() -> [UInt8] {
    var end = buffer[position...].firstIndex(of: UInt8(ascii: "<")) ?? buffer.count
    if end == buffer.count, !isSourceAtEnd {
      // A reference may go on in the next piece.
      let tail = max(position, end - 40)
      if let start = buffer[tail..<end].lastIndex(of: UInt8(ascii: "&")),
        !buffer[start..<end].contains(UInt8(ascii: ";"))
      {
        if start > position {
          end = start
        } else {
          _ = fill()
          return []
        }
      }
    }
    let text = cleaned(Array(buffer[position..<end]), isTag: false)
    advance(end - position)
    return text
  }

  private mutating func readCDATA() -> [UInt8] {
    while buffer.count - position < 3, fill() {}
    guard position < buffer.count else {
      // The file ends here; the record's end is missing too and will be said.
      isInCDATA = false
      return Array("]]>".utf8)
    }
    var end = position
    while end + 2 < buffer.count,
      !(buffer[end] == 0x5D && buffer[end + 1] == 0x5D && buffer[end + 2] == 0x3E)
    { end += 1 }
    if end + 2 < buffer.count {
      isInCDATA = false
      end += 3
    } else if isSourceAtEnd {
      end = buffer.count
    }
    let text = withoutControls(Array(buffer[position..<end]))
    advance(end - position)
    return text
  }

  /// References resolved to what XML knows, bare signs escaped, control characters out.
  private mutating func cleaned(_ bytes: [UInt8], isTag: Bool) -> [UInt8] {
    let bytes = withoutControls(bytes)
    let hasAngle = isTag && bytes.dropFirst().contains(UInt8(ascii: "<"))
    guard hasAngle || bytes.contains(UInt8(ascii: "&")) else { return bytes }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<") where isTag && index > 0:
        note(\.bareAngles)
        result += Array("&lt;".utf8)
        index += 1
      case UInt8(ascii: "&"):
        let (text, length) = reference(in: bytes, at: index)
        result += text
        index += length
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private mutating func reference(in bytes: [UInt8], at index: Int) -> (text: [UInt8], length: Int)
  {
    for known in Self.xmlReferences where bytes[index...].starts(with: known) {
      return (known, known.count)
    }
    guard let found = HTMLEntities.reference(in: bytes[...], at: index) else {
      note(\.bareAmpersands)
      return (Array("&amp;".utf8), 1)
    }
    if bytes[index + 1] != UInt8(ascii: "#") { note(\.namedReferences) }
    let value = found.scalar.value
    return (Array("&#\(value);".utf8), found.end - index)
  }

  private static let xmlReferences = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].map {
    Array($0.utf8)
  }

  /// XML allows none but tab and line breaks below 32, and not U+FFFE and U+FFFF.
  private mutating func withoutControls(_ bytes: [UInt8]) -> [UInt8] {
    let isClean = bytes.allSatisfy { ($0 >= 0x20 || Self.isSpace($0)) && $0 != 0xEF }
    guard !isClean else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isNonCharacter =
        byte == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBF
        && bytes[index + 2] >= 0xBE
      if isNonCharacter {
        note(\.controlCharacters)
        index += 3
      } else {
        if byte >= 0x20 || Self.isSpace(byte) {
          result.append(byte)
        } else {
          note(\.controlCharacters)
        }
        index += 1
      }
    }
    return result
  }

  private mutating func note(_ repair: WritableKeyPath<Repairs, Int>) {
    repairs[keyPath: repair] += 1
    repairs.firstLine = repairs.firstLine ?? line
  }

  // MARK: What is left out

  private mutating func skip(past text: String) -> Bool {
    let wanted = Array(text.utf8)
    while true {
      var index = position
      while index + wanted.count <= buffer.count {
        if buffer[index] == wanted[0], buffer[index...].starts(with: wanted) {
          advance(index + wanted.count - position)
          return true
        }
        index += 1
      }
      advance(max(0, index - position))
      guard fill() else { return false }
    }
  }

  /// `<!DOCTYPE …>`; one that declares entities is refused.
  private mutating func skipDeclaration() -> Token? {
    var length = 2
    var brackets = 0
    var quote: UInt8?
    while true {
      if position + length >= buffer.count {
        guard length < 1 << 16, fill() else {
          return .problem("a document type without its end")
        }
        continue
      }
      let byte = buffer[position + length]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        brackets += 1
      } else if byte == UInt8(ascii: "]") {
        brackets -= 1
      } else if byte == UInt8(ascii: "<"),
        buffer[(position + length)...].starts(with: Array("<!ENTITY".utf8))
          || buffer.count - position - length < 8 && !isSourceAtEnd
      {
        if buffer.count - position - length < 8 {
          _ = fill()
          continue
        }
        return .problem(
          "the document type declares entities, which is refused (that is how entity bombs and "
            + "the reading of local files begin); take the <!DOCTYPE …> out")
      } else if byte == UInt8(ascii: ">"), brackets <= 0 {
        advance(length + 1)
        return nil
      }
      length += 1
    }
  }

  // MARK: Buffer

  private func starts(with text: String) -> Bool { buffer[position...].starts(with: text.utf8) }

  private mutating func advance(_ count: Int) {
    for byte in buffer[position..<(position + count)] where byte == 0x0A { line += 1 }
    position += count
  }

  /// Appends the next piece of the file; false at its end.
  private mutating func fill() -> Bool {
    guard !isSourceAtEnd, let piece = source.next() else {
      isSourceAtEnd = true
      return false
    }
    buffer.removeFirst(position)
    position = 0
    buffer += encoding == .western ? TextEncoding.utf8(fromWestern: piece) : piece
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
      || byte >= 0x80
  }
}
