/// Little-endian numbers and length-prefixed texts at the end of an array of bytes.
extension [UInt8] {
  mutating func append32(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func append64(_ value: UInt64) {
    append32(UInt32(truncatingIfNeeded: value))
    append32(UInt32(truncatingIfNeeded: value >> 32))
  }

  /// The low `width` bytes.
  mutating func append(_ value: UInt64, width: Int) {
    for byte in 0..<width { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
  }

  /// Seven bits a byte, low ones first, the eighth says that more follow.
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func appendText(_ text: String) {
    appendVarint(UInt64(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  /// Nil is 0, a text its length plus one and its bytes.
  mutating func appendOptional(_ text: String?) {
    guard let text else { return append(0) }
    appendVarint(UInt64(text.utf8.count) + 1)
    append(contentsOf: text.utf8)
  }
}

/// How many bytes a number below `bound` needs, 1 to 8.
func byteWidth(below bound: Int) -> Int {
  Swift.max(1, (bitWidth(below: bound) + 7) / 8)
}

/// How many bits a number below `bound` needs; 0 where there is only one.
func bitWidth(below bound: Int) -> Int {
  bound <= 1 ? 0 : UInt64.bitWidth - UInt64(bound - 1).leadingZeroBitCount
}

/// Reads what `append…` wrote; past the end, or where the bytes make no sense, it throws.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private let section: IndexSection
  private(set) var position = 0

  /// - Parameter bytes: must outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer, of section: IndexSection) {
    self.bytes = bytes
    self.section = section
  }

  var isAtEnd: Bool { position == bytes.count }
  var bytesLeft: Int { bytes.count - position }

  mutating func skip(_ count: Int) throws(IndexFileError) {
    guard count >= 0, count <= bytes.count - position else { throw tooShort }
    position += count
  }

  /// A number of `width` bytes, at most 8.
  mutating func number(width: Int) throws(IndexFileError) -> UInt64 {
    guard width <= bytes.count - position else { throw tooShort }
    var value: UInt64 = 0
    for byte in 0..<width { value |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
    position += width
    return value
  }

  @inline(__always)
  mutating func varint() throws(IndexFileError) -> UInt64 {
    // Most are short.
    if position < bytes.count, bytes[position] < 0x80 {
      position += 1
      return UInt64(bytes[position - 1])
    }
    return try longVarint()
  }

  private mutating func longVarint() throws(IndexFileError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw tooShort
  }

  /// A varint that is at most `limit`.
  mutating func count(atMost limit: Int) throws(IndexFileError) -> Int {
    let value = try varint()
    guard value <= UInt64(limit) else {
      throw .inconsistent(section, "a count of \(value) where at most \(limit) can be")
    }
    return Int(value)
  }

  mutating func text() throws(IndexFileError) -> String {
    try text(length: try count(atMost: bytes.count))
  }

  mutating func optionalText() throws(IndexFileError) -> String? {
    let length = try count(atMost: bytes.count + 1)
    return length == 0 ? nil : try text(length: length - 1)
  }

  mutating func span(length: Int) throws(IndexFileError) -> UnsafeRawBufferPointer {
    let start = position
    try skip(length)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
  }

  private mutating func text(length: Int) throws(IndexFileError) -> String {
    let span = try span(length: length)
    guard let text = String(validating: span, as: UTF8.self) else {
      throw .inconsistent(section, "a text is not valid UTF-8")
    }
    return text
  }

  private var tooShort: IndexFileError {
    .inconsistent(section, "it ends in the middle of an entry, at byte \(position)")
  }
}
