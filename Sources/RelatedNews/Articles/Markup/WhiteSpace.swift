/// White space in UTF-8, found without decoding: feeds and pages are mostly text, and looking up
/// every character's properties took a third of their reading.
enum WhiteSpace {
  /// How many bytes of white space stand at `index`: 0 for a character that is none.
  ///
  /// Knows ASCII's, the no-break space, those of U+2000 to U+202F and the ideographic one.
  static func length(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || byte &- 0x09 < 5 ? 1 : 0 }
    switch byte {
    case 0xC2:
      guard index + 1 < bytes.count else { return 0 }
      return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return 0 }
      let last = bytes[index + 2]
      return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
    case 0xE3:
      guard index + 2 < bytes.count else { return 0 }
      return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
    default: return 0
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var scalars = self[...].unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  /// Nil for an empty text.
  var nonEmpty: String? { isEmpty ? nil : self }
}
