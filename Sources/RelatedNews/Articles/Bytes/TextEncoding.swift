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

  /// What `problem(in:)` says, without what differs from record to record.
  static func reason(of problem: String) -> String {
    problem.hasPrefix("invalid UTF-8") ? "invalid UTF-8" : "UTF-16"
  }

  /// The bytes after a byte-order mark, if there is one.
  static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How an encoding that a page or feed declares is read: as UTF-8, as Western single bytes, or
  /// not at all.
  enum Declared: Sendable, Hashable {
    case utf8
    case western
    case unknown(String)
  }

  static func declared(_ name: String) -> Declared {
    switch name.lowercased() {
    // A declaration that could be read byte by byte is in no UTF-16, whatever it says.
    case "", "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "unicode": .utf8
    // Browsers read all of these as Windows-1252, and so are the files made.
    case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "iso-8859-15":
      .western
    default: .unknown(name)
    }
  }

  /// Windows-1252 as UTF-8.
  static func utf8(fromWestern bytes: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        result.append(byte)
      } else if let scalar = Unicode.Scalar(scalar(ofWestern: byte)) {
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return result
  }

  /// The code point of a byte of Windows-1252; also what a reference like `&#150;` means.
  static func scalar(ofWestern byte: UInt8) -> UInt32 {
    byte >= 0x80 && byte < 0xA0 ? western[Int(byte) - 0x80] : UInt32(byte)
  }

  private static let western: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

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
