/// The languages of the words of a piece: one byte where all are the same, else one each.
enum WordLanguages {
  private static let mixed: UInt8 = 0xFF

  static func encoded(_ languages: ArraySlice<Language>) -> [UInt8] {
    guard let first = languages.first else { return [] }
    if languages.allSatisfy({ $0 == first }) { return [first.rawValue] }
    return [mixed] + languages.map(\.rawValue)
  }

  /// Goes on behind the languages of `count` words.
  static func skip(_ count: Int, from reader: inout ByteReader) throws(IndexFileError) {
    if UInt8(try reader.number(width: 1)) == mixed { try reader.skip(count) }
  }

  /// Reads the languages of `count` words.
  static func read(
    _ count: Int, from reader: inout ByteReader
  ) throws(IndexFileError) -> [Language] {
    let first = UInt8(try reader.number(width: 1))
    var result: [Language] = []
    for _ in 0..<count {
      let code = first == mixed ? UInt8(try reader.number(width: 1)) : first
      guard let language = Language(rawValue: code) else {
        throw .inconsistent(.words, "language \(code)")
      }
      result.append(language)
    }
    return result
  }
}
