/// What encoding some bytes are in, and what is wrong with it.
enum TextEncoding {
  /// Nil for UTF-8; else one line that names what was found and what to do.
  static func problem(in bytes: ArraySlice<UInt8>) -> String? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return "UTF-16, expected UTF-8; convert it with: iconv -f UTF-16 -t UTF-8"
    }
    let isValid = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
    if isValid { return nil }
    return
      "invalid UTF-8 at byte \(firstInvalid(in: bytes)); convert it with iconv, from ISO-8859-1 "
      + "or Windows-1252 perhaps"
  }

  /// The bytes after a byte-order mark, if there is one.
  static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// The offset of the first byte that is no part of a UTF-8 character, from 0.
  private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return offset
      }
    }
  }
}
