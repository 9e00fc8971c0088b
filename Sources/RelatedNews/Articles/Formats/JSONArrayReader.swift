/// Reads one JSON array of objects, element by element, so that its size does not matter and a
/// broken element costs that element.
struct JSONArrayReader: RecordReader {
  private let source: ByteSource
  private let file: InputFile
  private var buffer: [UInt8] = []
  private var position = 0
  private var index = 0
  private var state = State.before

  private enum State { case before, inside, after, ended }

  init(_ source: ByteSource, file: InputFile) {
    self.source = source
    self.file = file
  }

  mutating func next() -> [ReadRecord]? {
    guard state != .ended else { return nil }
    var elements: [(index: Int, bytes: [UInt8])] = []
    var size = 0
    var end: [ReadRecord] = []
    while size < file.jobs << 20, state != .ended {
      switch nextElement() {
      case .element(let bytes):
        elements.append((index, bytes))
        index += 1
        size += bytes.count
      case .problem(let text):
        end.append(ReadRecord(place: "\(file.name)[\(index)]", skipped: text, format: .jsonLines))
        state = .ended
      case .end: state = .ended
      }
    }
    let ranges = evenRanges(of: elements.count, pieces: file.jobs * 4)
    return concurrentMap(count: ranges.count, jobs: file.jobs) { [elements, file] piece in
      let dates = DateReader()
      return ranges[piece].flatMap { number in
        JSONLinesReader.read(
          elements[number].bytes[...], place: "\(file.name)[\(elements[number].index)]",
          dates: dates)
      }
    }.flatMap { $0 } + end
  }

  private enum Element {
    case element([UInt8])
    case problem(String)
    case end
  }

  private mutating func nextElement() -> Element {
    while let byte = skipSpaces() {
      switch (state, byte) {
      case (.before, UInt8(ascii: "[")):
        state = .inside
        position += 1
      case (.inside, UInt8(ascii: ",")): position += 1
      case (.inside, UInt8(ascii: "]")):
        state = .after
        position += 1
      case (.inside, _): return readElement()
      default: return .problem("text after the end of the array")
      }
    }
    return state == .after ? .end : .problem("the file ends before the array's \"]\"")
  }

  private mutating func skipSpaces() -> UInt8? {
    while true {
      while position < buffer.count {
        let byte = buffer[position]
        guard byte == 0x20 || byte &- 0x09 < 5 else { return byte }
        position += 1
      }
      guard fill() else { return nil }
    }
  }

  /// Up to the comma or bracket that ends it; strings may hold either.
  private mutating func readElement() -> Element {
    var length = 0
    var depth = 0
    var isInString = false
    var isEscaped = false
    while true {
      if position + length >= buffer.count {
        guard length <= JSONLinesReader.longestLine else {
          return .problem("an element of more than \(JSONLinesReader.longestLine) bytes")
        }
        guard fill() else { return .problem("the file ends inside this element") }
        continue
      }
      let byte = buffer[position + length]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"): depth = max(0, depth - 1)
        case UInt8(ascii: "]") where depth > 0: depth -= 1
        case UInt8(ascii: "]"), UInt8(ascii: ","):
          if depth == 0 {
            defer { position += length }
            return .element(Array(buffer[position..<(position + length)]))
          }
        default: break
        }
      }
      length += 1
    }
  }

  private mutating func fill() -> Bool {
    guard let piece = source.next() else { return false }
    buffer.removeFirst(position)
    position = 0
    buffer += piece
    return true
  }
}
