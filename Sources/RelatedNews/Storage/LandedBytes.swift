/// Numbers and words as changes that landed are written.
extension [UInt8] {
  /// Numbers of four bytes each: a story is read whole each time a file is opened, and these are read
  /// at the speed of copying.
  mutating func append32s(_ numbers: [UInt32]) {
    for number in numbers { append32(number) }
  }

  mutating func append(_ words: [LandedArticle.DisplayedWord]) {
    appendVarint(UInt64(words.count))
    for word in words {
      appendVarint(UInt64(word.term))
      appendText(word.word)
    }
  }
}

extension ByteReader {
  /// A count of entries of a byte or more each, so that it cannot ask for more than there is.
  mutating func countOfEntries() throws(IndexFileError) -> Int {
    try count(atMost: bytesLeft)
  }

  mutating func entries<Entry>(
    _ read: (inout ByteReader) throws(IndexFileError) -> Entry
  ) throws(IndexFileError) -> [Entry] {
    var entries: [Entry] = []
    for _ in 0..<(try countOfEntries()) { entries.append(try read(&self)) }
    return entries
  }

  mutating func number(below bound: Int) throws(IndexFileError) -> UInt32 {
    guard bound > 0 else { throw LandedArticle.broken("a number where there can be none") }
    return UInt32(try count(atMost: bound - 1))
  }

  /// - Parameter terms: how many there are.
  mutating func displayedWords(
    terms: Int
  ) throws(IndexFileError) -> [LandedArticle.DisplayedWord] {
    try entries { reader throws(IndexFileError) in
      LandedArticle.DisplayedWord(term: try reader.number(below: terms), word: try reader.text())
    }
  }

  /// What `append32s` wrote.
  ///
  /// - Parameter bound: at most 2³².
  mutating func numbers(
    _ count: Int, below bound: Int, isAscending: Bool = false
  ) throws(IndexFileError) -> [UInt32] {
    guard count <= bytesLeft / 4 else { throw LandedArticle.broken("\(count) numbers") }
    let bytes = try span(length: 4 * count)
    var most: UInt32 = 0
    var isOrdered = true
    let numbers = [UInt32](unsafeUninitializedCapacity: count) { numbers, initialized in
      var last: UInt32 = 0
      for place in 0..<count {
        let number = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
        numbers.initializeElement(at: place, to: number)
        most = max(most, number)
        if number <= last, place > 0 { isOrdered = false }
        last = number
      }
      initialized = count
    }
    guard count == 0 || Int(most) < bound else {
      throw LandedArticle.broken("number \(most), which is not below \(bound)")
    }
    guard !isAscending || isOrdered else {
      throw LandedArticle.broken("numbers that are not in order")
    }
    return numbers
  }
}
