/// Texts in the order of their bytes, several in a piece, each as what it has not in common with
/// the one before it.
///
/// `flood`, `floods`, `floor` are (0, "flood"), (5, "s"), (4, "r").
enum TextGroup {
  static let size = 32

  /// Appends texts as one piece.
  static func append(_ texts: [UnsafeBufferPointer<UInt8>], to bytes: inout [UInt8]) {
    var previous = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    for text in texts {
      let shared = sharedCount(previous, text)
      let rest = text.dropFirst(shared)
      // Two short lengths share a byte; 15 says that the rest of the length follows.
      bytes.append(UInt8(min(shared, 15) << 4 | min(rest.count, 15)))
      if shared >= 15 { bytes.appendVarint(UInt64(shared - 15)) }
      if rest.count >= 15 { bytes.appendVarint(UInt64(rest.count - 15)) }
      bytes.append(contentsOf: rest)
      previous = text
    }
  }

  /// How many bytes two texts begin with in common.
  private static func sharedCount(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let most = min(a.count, b.count)
    var count = 0
    while count < most, a[count] == b[count] { count += 1 }
    return count
  }

  /// The first text of a piece, which has nothing in common with another.
  static func first(
    of bytes: UnsafeRawBufferPointer, in section: IndexSection
  ) throws(IndexFileError) -> UnsafeRawBufferPointer {
    var reader = ByteReader(bytes, of: section)
    let lengths = Int(try reader.number(width: 1))
    guard lengths >> 4 == 0 else {
      throw .inconsistent(section, "a first text begins with \(lengths >> 4) bytes of none")
    }
    var length = lengths
    if length == 15 { length += try reader.count(atMost: bytes.count) }
    return try reader.span(length: length)
  }

  /// Calls `body` with each text; it says whether to go on.
  static func forEach(
    _ bytes: UnsafeRawBufferPointer, count: Int, of section: IndexSection,
    _ body: ([UInt8]) throws(IndexFileError) -> Bool
  ) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: section)
    var text: [UInt8] = []
    for _ in 0..<count {
      let lengths = Int(try reader.number(width: 1))
      var shared = lengths >> 4
      var rest = lengths & 15
      if shared == 15 { shared += try reader.count(atMost: text.count) }
      if rest == 15 { rest += try reader.count(atMost: bytes.count) }
      guard shared <= text.count else {
        throw .inconsistent(section, "a text begins with \(shared) bytes of \(text.count)")
      }
      text.removeSubrange(shared...)
      text += try reader.span(length: rest)
      guard try body(text) else { return }
    }
  }
}
