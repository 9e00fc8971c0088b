/// Reads rows of separated values (RFC 4180) as they come: quoted cells may hold separators, line
/// breaks and doubled quotes.
struct CSVRows {
  struct Row: Sendable {
    /// The line of the file on which the row begins, from 1.
    var line: Int
    var cells: [[UInt8]]
    var problem: String?
  }

  static let longestRow = 64 << 20

  private let source: ByteSource
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1

  init(_ source: ByteSource, separator: UInt8) {
    self.source = source
    self.separator = separator
  }

  /// The next row that is not blank; nil at the end.
  mutating func next() -> Row? {
    while true {
      guard let row = readRow() else { return nil }
      if row.problem != nil || row.cells.count > 1 || !(row.cells.first ?? []).isEmpty {
        return row
      }
    }
  }

  private mutating func readRow() -> Row? {
    var row = Row(line: line, cells: [])
    var cell: [UInt8] = []
    var size = 0
    var isQuoted = false
    var isAfterQuote = false
    var hasBytes = false
    while let byte = take() {
      hasBytes = true
      size += 1
      if size > Self.longestRow, row.problem == nil {
        row.problem =
          "a row of more than \(Self.longestRow) bytes: a quote without its end?"
      }
      if row.problem != nil {
        // Nothing after a lost quote can be trusted; what is left is walked over.
        cell = []
        if byte == 0x0A { line += 1 }
        continue
      }
      if isQuoted {
        if byte == 0x0A { line += 1 }
        if byte == UInt8(ascii: "\"") {
          isQuoted = false
          isAfterQuote = true
        } else {
          cell.append(byte)
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where isAfterQuote:
        cell.append(byte)
        isQuoted = true
        isAfterQuote = false
      case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
      case separator:
        row.cells.append(cell)
        cell = []
        isAfterQuote = false
      case 0x0A:
        line += 1
        row.cells.append(cell)
        return row
      case 0x0D: break
      default:
        cell.append(byte)
        isAfterQuote = false
      }
    }
    guard hasBytes else { return nil }
    if isQuoted { row.problem = row.problem ?? "the file ends inside a quoted cell" }
    row.cells.append(cell)
    return row
  }

  private mutating func take() -> UInt8? {
    if position == buffer.count {
      guard let piece = source.next() else { return nil }
      buffer = piece
      position = 0
    }
    defer { position += 1 }
    return buffer[position]
  }
}
