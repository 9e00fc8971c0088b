import Foundation

/// Goes through a TREC file line by line: fields are ranges of its bytes, split at white space.
///
/// Lines without a field and lines that start with `#` are passed over, as trec_eval does. Carriage
/// returns are white space, so files from Windows read as they are.
struct TRECScanner {
  let bytes: [UInt8]
  /// Of the current line, from 1.
  private(set) var line = 0
  /// The first six fields of the current line.
  private(set) var fields: InlineArray<6, Range<Int>> = InlineArray(repeating: 0..<0)
  /// How many fields the line has, at most seven are counted.
  private(set) var fieldCount = 0
  private var position: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Moves to the next line that has fields; false at the end.
  mutating func next() -> Bool {
    while position < bytes.count {
      line += 1
      scanLine()
      if fieldCount > 0 { return true }
    }
    return false
  }

  /// Whether a field is text. Ids of queries are printed, so they must be; ids of articles are only
  /// compared.
  func isText(_ field: Int) -> Bool {
    String(validating: bytes[fields[field]], as: UTF8.self) != nil
  }

  func text(_ field: Int) -> String { String(decoding: bytes[fields[field]], as: UTF8.self) }

  /// A field as a number; nil for text, NaN and what is cut off.
  func number(_ field: Int) -> Double? { TRECNumber.double(bytes.span, fields[field]) }

  /// A field as a whole number.
  func integer(_ field: Int) -> Int? { TRECNumber.integer(bytes.span, fields[field]) }

  private mutating func scanLine() {
    let (bytes, start) = (bytes, position)
    (fields, fieldCount, position) = Self.fields(of: bytes.span, from: start)
  }

  /// The fields of the line that starts here, how many they are, and where the next line starts.
  private static func fields(
    of span: Span<UInt8>, from position: Int
  ) -> (InlineArray<6, Range<Int>>, Int, Int) {
    var fields: InlineArray<6, Range<Int>> = InlineArray(repeating: 0..<0)
    var fieldCount = 0
    let count = span.count
    var at = position
    while at < count, fieldCount < 7 {
      while at < count, isBlank(span[at]) { at += 1 }
      guard at < count, span[at] != newline else { break }
      if fieldCount == 0, span[at] == UInt8(ascii: "#") { break }
      let start = at
      while at < count, span[at] > 32 || !isSpace(span[at]) { at += 1 }
      if fieldCount < 6 { fields[fieldCount] = start..<at }
      fieldCount += 1
    }
    while at < count, span[at] != newline { at += 1 }
    return (fields, fieldCount, at + 1)
  }

  private static let newline = UInt8(ascii: "\n")

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte != newline && isSpace(byte) }
}

extension TRECScanner {
  /// The bytes of a file, or of standard input for `-`; not empty.
  ///
  /// - Throws: `ReadingError` if it is missing, cannot be read, or is empty.
  static func bytes(of path: String) throws -> [UInt8] {
    if path == "-" {
      guard let data = try? FileHandle.standardInput.readToEnd(), !data.isEmpty else {
        throw ReadingError("standard input: empty")
      }
      return [UInt8](data)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ReadingError("\(path): no such file")
    }
    if isFolder.boolValue { throw ReadingError("\(path): is a folder; a file was expected") }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ReadingError("\(path): cannot be read")
    }
    defer { try? file.close() }
    guard let data = try? file.readToEnd(), !data.isEmpty else {
      throw ReadingError("\(path): empty")
    }
    return [UInt8](data)
  }
}

/// Numbers as TREC files write them.
enum TRECNumber {
  /// Exact: up to 15 digits and a power of ten up to 22 are each exact in a `Double`, so one
  /// division rounds once (Clinger, "How to read floating point numbers accurately", 1990); all
  /// else is left to the C library.
  static func double(_ span: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var at = range.lowerBound
    let isNegative = at < range.upperBound && span[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    var mantissa = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    while at < range.upperBound {
      let byte = span[at]
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte >= 48, byte <= 57, digits < 15 {
        mantissa = mantissa * 10 + Int(byte - 48)
        digits += 1
        if hasPoint { decimals += 1 }
      } else {
        return byLibrary(span, range)
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    let value = Double(mantissa) / powers[decimals]
    return isNegative ? -value : value
  }

  static func integer(_ span: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count < 20 else { return nil }
    var text = ""
    for index in range { text.unicodeScalars.append(Unicode.Scalar(span[index])) }
    return Int(text)
  }

  private static let powers: [Double] = (0...15).map { pow(10, Double($0)) }

  private static func byLibrary(_ span: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var text = ""
    for index in range { text.unicodeScalars.append(Unicode.Scalar(span[index])) }
    guard let value = Double(text), !value.isNaN else { return nil }
    return value
  }
}
