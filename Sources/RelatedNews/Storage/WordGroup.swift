/// The words of the terms in a piece, each as what it has not in common with its term, and how it is
/// capitalised.
///
/// Of the term `flood`: `FLOOD` is (capitals, 0 dropped, ""), `Flooding` is (capitalised, 0 dropped,
/// "ing"); `cities` of `citi` is (as it is, 0 dropped, "es").
enum WordGroup {
  /// As it is; its first letter a capital; all letters capitals.
  private static let modes = 3
  /// From here on a length has a varint of its own.
  private static let long = 7

  /// - Parameters:
  ///   - terms: of the piece.
  ///   - words: of each of them.
  ///   - languages: of all the words.
  static func encoded(
    terms: [ArraySlice<UInt8>], words: [[ArraySlice<UInt8>]], languages: ArraySlice<Language>
  ) -> [UInt8] {
    var bytes = WordLanguages.encoded(languages)
    for (term, words) in zip(terms, words) {
      for word in words {
        // The shortest; of equally short ones the first mode.
        let codes = (0..<modes).compactMap { code(of: word, mode: $0, term: term) }
        bytes += codes.reduce(codes.first ?? []) { $1.count < $0.count ? $1 : $0 }
      }
    }
    return bytes
  }

  /// Calls `body` with each word, in order.
  ///
  /// - Parameters:
  ///   - terms: of the piece.
  ///   - wordCounts: of each of them.
  static func forEach(
    _ bytes: UnsafeRawBufferPointer, terms: [[UInt8]], wordCounts: [Int],
    _ body: ([UInt8], Language) throws(IndexFileError) -> Void
  ) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: .words)
    let languages = try WordLanguages.read(wordCounts.reduce(0, +), from: &reader)
    var next = 0
    for (term, count) in zip(terms, wordCounts) {
      for _ in 0..<count {
        try body(try word(of: term, from: &reader, limit: bytes.count), languages[next])
        next += 1
      }
    }
    guard reader.isAtEnd else { throw .inconsistent(.words, "more words than its terms have") }
  }

  /// Nil where the mode does not give the word back.
  private static func code(
    of word: ArraySlice<UInt8>, mode: Int, term: ArraySlice<UInt8>
  ) -> [UInt8]? {
    let plain = lowered(word, mode: mode)
    guard capitalized(plain, mode: mode).elementsEqual(word) else { return nil }
    let shared = zip(term, plain).prefix { $0 == $1 }.count
    let dropped = term.count - shared
    let rest = plain.dropFirst(shared)
    var bytes = [UInt8(mode << 6 | min(dropped, long) << 3 | min(rest.count, long))]
    if dropped >= long { bytes.appendVarint(UInt64(dropped - long)) }
    if rest.count >= long { bytes.appendVarint(UInt64(rest.count - long)) }
    return bytes + rest
  }

  private static func word(
    of term: [UInt8], from reader: inout ByteReader, limit: Int
  ) throws(IndexFileError) -> [UInt8] {
    let head = Int(try reader.number(width: 1))
    var dropped = head >> 3 & 7
    var rest = head & 7
    if dropped == long { dropped += try reader.count(atMost: limit) }
    if rest == long { rest += try reader.count(atMost: limit) }
    guard head >> 6 < modes, dropped <= term.count else {
      throw .inconsistent(.words, "a word that drops \(dropped) bytes of \(term.count)")
    }
    return capitalized(
      Array(term.dropLast(dropped)) + (try reader.span(length: rest)), mode: head >> 6)
  }

  private static func lowered(_ word: ArraySlice<UInt8>, mode: Int) -> [UInt8] {
    word.enumerated().map { place, byte in
      let isCapital = byte >= 0x41 && byte <= 0x5A
      return isCapital && (mode == 2 || mode == 1 && place == 0) ? byte | 0x20 : byte
    }
  }

  private static func capitalized(_ word: [UInt8], mode: Int) -> [UInt8] {
    word.enumerated().map { place, byte in
      let isSmall = byte >= 0x61 && byte <= 0x7A
      return isSmall && (mode == 2 || mode == 1 && place == 0) ? byte & 0xDF : byte
    }
  }
}
