/// The function words of a text, counted by language on its bytes.
///
/// `Language.recognize` says what is counted; this is its fast way for texts in Latin letters with
/// the punctuation of newspapers, which is most of them: the slow way asks each character for its
/// Unicode properties, which was the larger part of the whole analysis. Anything that it is not sure
/// of, `isSure` says, and the slow way decides.
struct FunctionWordScan {
  /// Whether every character so far was one that this scan knows.
  private(set) var isSure = true
  private var votes = [Int](repeating: 0, count: Language.allCases.count)
  private var scalarsLeft: Int
  /// The letters of the word so far, the last in the lowest byte; of no use beyond eight.
  private var word: UInt64 = 0
  private var length = 0
  private let table: FunctionWordTable

  /// - Parameter sampleLength: scalars that are looked at, over all calls of `scan`.
  init(sampleLength: Int) {
    scalarsLeft = sampleLength
    table = .shared
  }

  /// Goes on with more of the text.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    while i < text.count, scalarsLeft > 0 {
      let byte = text[i]
      scalarsLeft -= 1
      i += 1
      if byte < 0x80 {
        let letter = byte | 0x20
        if letter &- 97 < 26 { take(letter) } else { endWord() }
        continue
      }
      guard i < text.count else { return giveUp() }
      let next = text[i]
      i += 1
      switch byte {
      case 0xC2 where next != 0xAA && next != 0xB5 && next != 0xBA: endWord()
      case 0xC3 where next == 0x97 || next == 0xB7: endWord()
      case 0xC3:
        take(byte)
        take(next < 0x9F ? next | 0x20 : next)
      case 0xE2 where next == 0x80 && i < text.count && Self.isPunctuation(text[i]):
        i += 1
        endWord()
      default: return giveUp()
      }
    }
  }

  /// A line's end between two texts.
  mutating func scanNewline() {
    guard scalarsLeft > 0 else { return }
    scalarsLeft -= 1
    endWord()
  }

  /// The language with the most votes, if that has at least two and no other has as many.
  mutating func winner() -> Language {
    endWord()
    let best = votes.max() ?? 0
    guard best >= 2, let first = votes.firstIndex(of: best), votes.lastIndex(of: best) == first
    else { return .und }
    return Language(rawValue: UInt8(first)) ?? .und
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) {
    word = word << 8 | UInt64(byte)
    length += 1
  }

  @inline(__always)
  private mutating func endWord() {
    if length > 0, length <= 8 {
      var languages = table.languages(of: word)
      while languages != 0 {
        votes[languages.trailingZeroBitCount] += 1
        languages &= languages - 1
      }
    }
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

/// The function words, each of at most eight bytes in one number, with the set of their languages.
private struct FunctionWordTable: Sendable {
  static let shared = FunctionWordTable(Language.functionWords)

  private var keys = [UInt64](repeating: 0, count: 1024)
  private var sets = [UInt16](repeating: 0, count: 1024)

  private init(_ words: [String: [Language]]) {
    // The order of a dictionary decides only where a word stands, never what is found.
    for (word, languages) in words where word.utf8.count <= 8 {
      let key = word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      var slot = Self.slot(of: key)
      while keys[slot] != 0 { slot = (slot + 1) & 1023 }
      keys[slot] = key
      for language in languages { sets[slot] |= 1 << UInt16(language.rawValue) }
    }
  }

  @inline(__always)
  func languages(of key: UInt64) -> UInt16 {
    var slot = Self.slot(of: key)
    while keys[slot] != 0 {
      if keys[slot] == key { return sets[slot] }
      slot = (slot + 1) & 1023
    }
    return 0
  }

  private static func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 54)
  }
}
