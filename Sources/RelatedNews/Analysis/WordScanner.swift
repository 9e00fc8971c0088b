/// Finds the words of a text as ranges of its UTF-8 bytes, without making a string.
///
/// `"Korea’s 3.5% rise"` gives `Korea’s`, `3.5`, `rise`; `北京市` gives `北京`, `京市`.
/// Source of the rules: Unicode Standard Annex 29 (word boundaries), simplified: a dot or comma
/// between two digits and an apostrophe between two letters belong to the word, hyphens do not.
enum WordScanner {
  /// Longer runs are no words (base64, broken markup); who scans leaves them out.
  static let longestWord = 96

  /// Calls `emit` with the byte range of every word of `text`, in order, and its first eight bytes
  /// (0 beyond its end), which are at hand here and tell most words apart.
  ///
  /// Most words are ASCII letters and digits up to a space: they are found eight bytes at a time;
  /// `scanWord` knows the rest of the rules.
  ///
  /// - Complexity: O(bytes).
  @inline(__always)
  static func scan(
    _ text: UnsafeBufferPointer<UInt8>, emit: (_ word: Range<Int>, _ head: UInt64) -> Void
  ) {
    var i = 0
    while i < text.count {
      let start = i
      let head = EightBytes(text, at: start)
      let length = alphanumericLength(text, from: start, head: head)
      var word = Range(uncheckedBounds: (start, start &+ length))
      if length > 0 {
        i = word.upperBound &+ 1  // one byte more: what ends a word begins none
        if goesOn(text, at: word.upperBound) { (word, i) = scanWord(text, from: start) }
      } else if head[0] < 0x80 {
        i &+= 1
        continue
      } else {
        let (scalarClass, bytes) = classify(text, at: start)
        switch scalarClass {
        case .word: (word, i) = scanWord(text, from: start)
        case .unspaced:
          let units = unspacedRun(text, from: start)
          i = start + bytes
          // Pairs of neighbours; a lone character stands for itself.
          for unit in units { emit(unit, EightBytes(text, at: unit.lowerBound).first(unit.count)) }
          i = units.last?.upperBound ?? i
          continue
        case .separator, .ignorable, .apostrophe:
          i += bytes
          continue
        }
      }
      emit(word, head.first(word.count))
    }
  }

  @inline(__always)
  private static func alphanumericLength(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, head: EightBytes
  ) -> Int {
    var length = head.alphanumericPrefix
    guard length == 8 else { return length }
    var more = 8
    while more == 8 {
      more = EightBytes(text, at: start &+ length).alphanumericPrefix
      length &+= more
    }
    return length
  }

  /// Whether a word may be longer than its letters and digits before `i`.
  @inline(__always)
  private static func goesOn(_ text: UnsafeBufferPointer<UInt8>, at i: Int) -> Bool {
    guard i < text.count else { return false }
    switch text[i] {
    case 0x80...: return true
    case UInt8(ascii: "'"):
      return i + 1 < text.count && (text[i + 1] >= 0x80 || isLetter(text[i + 1]))
    case UInt8(ascii: "."), UInt8(ascii: ","):
      return i + 1 < text.count && isDigit(text[i + 1]) && isDigit(text[i - 1])
    default: return false
    }
  }

  /// The word that begins at `start`, and where to go on; byte by byte, by all the rules.
  private static func scanWord(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (word: Range<Int>, next: Int) {
    let end = text.count
    var i = start
    var last = start  // end of the last character that surely belongs to the word
    scanning: while i < end {
      let byte = text[i]
      if byte < 0x80 {
        if isAlphanumeric(byte) {
          i += 1
          last = i
        } else if goesOn(text, at: i) {
          i += 1
        } else {
          break scanning
        }
      } else {
        let (scalarClass, length) = classify(text, at: i)
        switch scalarClass {
        case .word:
          i += length
          last = i
        case .ignorable: i += length
        case .apostrophe:
          let next = i + length
          guard next < end, text[next] >= 0x80 || isLetter(text[next]) else { break scanning }
          i = next
        case .separator, .unspaced: break scanning
        }
      }
    }
    return (start..<last, max(i, last))
  }

  /// Pairs of neighbours; a lone character stands for itself.
  private static func unspacedRun(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> [Range<Int>] {
    var units: [Range<Int>] = []
    var previous: Int? = nil
    var i = start
    while i < text.count, text[i] >= 0x80 {
      let (scalarClass, length) = classify(text, at: i)
      guard scalarClass == .unspaced else { break }
      if let previous { units.append(previous..<i + length) }
      previous = i
      i += length
    }
    return units.isEmpty ? [start..<i] : units
  }

  /// The class of the scalar at `index` and how many bytes it takes. Broken UTF-8 separates.
  private static func classify(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (ScalarClass, Int) {
    let byte = text[index]
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    guard byte >= 0xC2, byte < 0xF5, index + length <= text.count else { return (.separator, 1) }
    var value = UInt32(byte) & (0xFF >> UInt32(length + 1))
    for k in 1..<length {
      let next = text[index + k]
      guard next & 0xC0 == 0x80 else { return (.separator, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    if value < 0x10000 { return (ScalarClass.basicPlane[Int(value)], length) }
    return (Unicode.Scalar(value).map(ScalarClass.init) ?? .separator, length)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
