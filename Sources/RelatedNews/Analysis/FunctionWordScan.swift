/// The function words of a text, counted by language on its bytes.
///
/// `Language.recognize` says what is counted; this is its fast way for texts in Latin letters with
/// the punctuation of newspapers, which is most of them: the slow way asks each character for its
/// Unicode properties, which was the larger part of the whole analysis. Anything that it is not sure
/// of, `isSure` says, and the slow way decides.
struct FunctionWordScan {
  /// Whether every character so far was one that this scan knows.
  private(set) var isSure = true
  private(set) var votes = FunctionWordVotes()
  private var scalarsLeft: Int
  /// The letters of the word so far in lower case, the first in the lowest byte; of no use beyond
  /// eight.
  private var word: UInt64 = 0
  private var length = 0
  private let table: FunctionWordTable

  /// Every second character may end a word, and only so many votes can be counted.
  static let longestSample = 8_000

  /// - Parameter sampleLength: scalars that are looked at, over all calls of `scan`; at most
  ///   `longestSample`.
  init(sampleLength: Int) {
    precondition(sampleLength <= Self.longestSample)
    scalarsLeft = sampleLength
    table = .shared
  }

  /// Whether every character of a text is one that this scan knows.
  static func knows(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var i = 0
    while i < text.count {
      let eight = EightBytes(text, at: i)
      if eight.isASCII {
        i += 8
      } else if eight[0] < 0x80 {
        i += 1
      } else {
        guard let (length, _) = character(text, at: i) else { return false }
        i += length
      }
    }
    return true
  }

  /// Goes on with more of the text.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    while i < text.count, scalarsLeft > 0 {
      let eight = EightBytes(text, at: i)
      let letters = min(eight.letterPrefix, scalarsLeft)
      if letters > 0 {
        take(eight.first(letters) | 0x2020_2020_2020_2020, count: letters)
        i += letters
        scalarsLeft -= letters
        continue
      }
      let byte = eight[0]
      scalarsLeft -= 1
      i += 1
      if byte < 0x80 {
        endWord()
        continue
      }
      guard let (length, isLetter) = Self.character(text, at: i - 1) else { return giveUp() }
      i += length - 1
      if isLetter {
        let last = eight[1] < 0x9F ? eight[1] | 0x20 : eight[1]
        take(UInt64(byte) | UInt64(last) << 8, count: 2)
      } else {
        endWord()
      }
    }
  }

  /// The bytes of a character beyond ASCII and whether it is a letter; nil for one that this scan
  /// does not know.
  private static func character(
    _ text: UnsafeBufferPointer<UInt8>, at i: Int
  ) -> (length: Int, isLetter: Bool)? {
    guard i + 1 < text.count else { return nil }
    let next = text[i + 1]
    switch text[i] {
    case 0xC2 where next != 0xAA && next != 0xB5 && next != 0xBA: return (2, false)
    case 0xC3: return (2, next != 0x97 && next != 0xB7)
    case 0xE2 where next == 0x80 && i + 2 < text.count && isPunctuation(text[i + 2]):
      return (3, false)
    default: return nil
    }
  }

  /// A line's end between two texts.
  mutating func scanNewline() {
    guard scalarsLeft > 0 else { return }
    scalarsLeft -= 1
    endWord()
  }

  /// The end of the text.
  mutating func finish() { endWord() }

  /// Takes the lowest `count` bytes of `letters`, whatever the others are.
  @inline(__always)
  private mutating func take(_ letters: UInt64, count: Int) {
    if length < 8 {
      let known = count >= 8 ? letters : letters & (1 << UInt64(count * 8) - 1)
      word |= known << UInt64(length * 8)
    }
    length += count
  }

  @inline(__always)
  private mutating func endWord() {
    if length > 0, length <= FunctionWordTable.longest { votes.add(table.votes(of: word)) }
    word = 0
    length = 0
  }

  private mutating func giveUp() {
    isSure = false
    scalarsLeft = 0
  }

  /// The last byte of U+2000 to U+203F: spaces, dashes, quotation marks, dots; none that joins
  /// characters.
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x80...0x8A).contains(byte) || (0x90...0xA7).contains(byte) || (0xB0...0xBE).contains(byte)
  }
}

/// How many function words of each language: one addition a word, whatever its languages.
struct FunctionWordVotes: Sendable {
  /// So many bits a language: room for 4,095 of each, in the order of `languages` from the lowest.
  private static let bits: UInt64 = 12
  private static let languages: [Language] = [.en, .es, .fr, .de, .pt]
  private var packed: UInt64 = 0

  init() {}

  /// One vote for each of `languages`.
  fileprivate init(oneFor languages: [Language]) {
    for (place, language) in Self.languages.enumerated() where languages.contains(language) {
      packed |= 1 << (UInt64(place) * Self.bits)
    }
  }

  /// The votes of one word of a text, which has several runs of letters at times (`don't`); of one
  /// longer than any sample those of its beginning.
  init(ofWord word: UnsafeBufferPointer<UInt8>) {
    let head = EightBytes(word, at: 0)
    if word.count <= FunctionWordTable.longest, head.letterPrefix == word.count {
      let lower = EightBytes(bits: head.bits | EightBytes.all(0x20))
      self = FunctionWordTable.shared.votes(of: lower.first(word.count))
      return
    }
    var scan = FunctionWordScan(sampleLength: min(word.count, FunctionWordScan.longestSample))
    scan.scan(word)
    scan.finish()
    self = scan.votes
  }

  @inline(__always)
  mutating func add(_ other: FunctionWordVotes) { packed &+= other.packed }

  /// The language with the most votes, if that has at least two and no other has as many.
  var winner: Language {
    var (best, first, isTied) = (0, 0, false)
    for place in Self.languages.indices {
      let votes = Int(packed >> (UInt64(place) * Self.bits) & (1 << Self.bits - 1))
      if votes > best {
        (best, first, isTied) = (votes, place, false)
      } else if votes == best {
        isTied = true
      }
    }
    guard best >= 2, !isTied else { return .und }
    return Self.languages[first]
  }
}

/// The function words, each of at most eight bytes in one number, with their votes.
private struct FunctionWordTable: Sendable {
  static let shared = FunctionWordTable(Language.functionWords)
  static let longest = 8

  private var keys = [UInt64](repeating: 0, count: 1024)
  private var values = [FunctionWordVotes](repeating: FunctionWordVotes(), count: 1024)

  private init(_ words: [String: [Language]]) {
    // The order of a dictionary decides only where a word stands, never what is found.
    for (word, languages) in words where word.utf8.count <= Self.longest {
      let key = word.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      var slot = Self.slot(of: key)
      while keys[slot] != 0 { slot = (slot + 1) & 1023 }
      keys[slot] = key
      values[slot] = FunctionWordVotes(oneFor: languages)
    }
  }

  @inline(__always)
  func votes(of key: UInt64) -> FunctionWordVotes {
    var slot = Self.slot(of: key)
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & 1023
    }
    return FunctionWordVotes()
  }

  private static func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 54)
  }
}
