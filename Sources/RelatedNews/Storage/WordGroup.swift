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

  /// Appends a word of `term`, in the shortest of its codes; of equally short ones the first mode's.
  static func append(
    _ word: UnsafeBufferPointer<UInt8>, of term: UnsafeBufferPointer<UInt8>,
    to bytes: inout [UInt8]
  ) {
    var best = Code(of: word, mode: 0, term: term)
    // A mode that turns small letters into capitals must meet none.
    if let first = word.first, !isSmall(first) {
      let codes = word.contains(where: isSmall) ? 1..<2 : 1..<modes
      for mode in codes {
        let code = Code(of: word, mode: mode, term: term)
        if code.length < best.length { best = code }
      }
    }
    bytes.append(UInt8(best.mode << 6 | min(best.dropped, long) << 3 | min(best.rest, long)))
    if best.dropped >= long { bytes.appendVarint(UInt64(best.dropped - long)) }
    if best.rest >= long { bytes.appendVarint(UInt64(best.rest - long)) }
    for place in word.count - best.rest..<word.count {
      bytes.append(lowered(word[place], at: place, mode: best.mode))
    }
  }

  /// How a word is written in one mode.
  private struct Code {
    let mode: Int
    let dropped: Int
    let rest: Int
    /// In bytes.
    let length: Int

    init(
      of word: UnsafeBufferPointer<UInt8>, mode: Int, term: UnsafeBufferPointer<UInt8>
    ) {
      self.mode = mode
      let most = min(word.count, term.count)
      var shared = 0
      while shared < most,
        lowered(word[shared], at: shared, mode: mode)
          == term[shared]
      { shared += 1 }
      dropped = term.count - shared
      rest = word.count - shared
      length = 1 + Self.extra(dropped) + Self.extra(rest) + rest
    }

    /// Bytes of a length that has a varint of its own.
    private static func extra(_ length: Int) -> Int {
      guard length >= long else { return 0 }
      return (bitWidth(below: max(2, length - long + 1)) + 6) / 7
    }
  }

  /// Calls `body` with each word, in order.
  ///
  /// - Parameters:
  ///   - terms: of the piece.
  ///   - wordCounts: of each of them.
  static func forEach<Term: Collection<UInt8>>(
    _ bytes: UnsafeRawBufferPointer, terms: [Term], wordCounts: [Int],
    _ body: ([UInt8], Language) throws(IndexFileError) -> Void
  ) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: .words)
    let languages = try WordLanguages.read(wordCounts.reduce(0, +), from: &reader)
    var next = 0
    var word: [UInt8] = []
    for (term, count) in zip(terms, wordCounts) {
      for _ in 0..<count {
        try read(&word, of: term, from: &reader, limit: bytes.count)
        try body(word, languages[next])
        next += 1
      }
    }
    guard reader.isAtEnd else { throw .inconsistent(.words, "more words than its terms have") }
  }

  /// One word, without making those before it.
  ///
  /// - Parameters:
  ///   - place: among the words of the piece.
  ///   - count: of the words of the piece.
  ///   - term: the word's.
  static func word(
    _ place: Int, of count: Int, term: [UInt8], in bytes: UnsafeRawBufferPointer
  ) throws(IndexFileError) -> [UInt8] {
    guard place >= 0, place < count else {
      throw .inconsistent(.words, "word \(place) of a piece of \(count)")
    }
    var reader = ByteReader(bytes, of: .words)
    try WordLanguages.skip(count, from: &reader)
    for _ in 0..<place {
      let rest = try lengths(from: &reader, limit: bytes.count).rest
      try reader.skip(rest)
    }
    var word: [UInt8] = []
    try read(&word, of: term, from: &reader, limit: bytes.count)
    return word
  }

  private static func read(
    _ word: inout [UInt8], of term: some Collection<UInt8>, from reader: inout ByteReader,
    limit: Int
  ) throws(IndexFileError) {
    let (mode, dropped, rest) = try lengths(from: &reader, limit: limit)
    guard dropped <= term.count else {
      throw .inconsistent(.words, "a word that drops \(dropped) bytes of \(term.count)")
    }
    word.removeAll(keepingCapacity: true)
    word += term.dropLast(dropped)
    word += try reader.span(length: rest)
    capitalize(&word, mode: mode)
  }

  private static func lengths(
    from reader: inout ByteReader, limit: Int
  ) throws(IndexFileError) -> (mode: Int, dropped: Int, rest: Int) {
    let head = Int(try reader.number(width: 1))
    var dropped = head >> 3 & 7
    var rest = head & 7
    if dropped == long { dropped += try reader.count(atMost: limit) }
    if rest == long { rest += try reader.count(atMost: limit) }
    guard head >> 6 < modes else { throw .inconsistent(.words, "a word of mode \(head >> 6)") }
    return (head >> 6, dropped, rest)
  }

  private static func isSmall(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private static func lowered(_ byte: UInt8, at place: Int, mode: Int) -> UInt8 {
    let isCapital = byte >= 0x41 && byte <= 0x5A
    return isCapital && (mode == 2 || mode == 1 && place == 0) ? byte | 0x20 : byte
  }

  private static func capitalize(_ word: inout [UInt8], mode: Int) {
    guard mode > 0 else { return }
    for place in 0..<(mode == 2 ? word.count : min(1, word.count)) where isSmall(word[place]) {
      word[place] &= 0xDF
    }
  }
}
