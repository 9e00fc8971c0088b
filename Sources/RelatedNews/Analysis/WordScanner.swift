/// Finds the words of a text as ranges of its UTF-8 bytes, without making a string.
///
/// `"Korea’s 3.5% rise"` gives `Korea’s`, `3.5`, `rise`; `北京市` gives `北京`, `京市`.
/// Source of the rules: Unicode Standard Annex 29 (word boundaries), simplified: a dot or comma
/// between two digits and an apostrophe between two letters belong to the word, hyphens do not.
struct WordScanner {
  /// Longer runs are no words (base64, broken markup) and are left out.
  static let longestWord = 96

  /// Calls `emit` with the byte range of every word of `text`, in order.
  ///
  /// - Complexity: O(bytes).
  static func scan(_ text: UnsafeBufferPointer<UInt8>, emit: (Range<Int>) -> Void) {
    let classes = asciiClasses
    let end = text.count
    var i = 0
    while i < end {
      let byte = text[i]
      if byte < 0x80 {
        if classes[Int(byte)] != .word {
          i += 1
          continue
        }
        i = scanWord(text, from: i, emit: emit)
      } else {
        let (scalarClass, length) = classify(text, at: i)
        switch scalarClass {
        case .word: i = scanWord(text, from: i, emit: emit)
        case .unspaced: i = scanUnspaced(text, from: i, emit: emit)
        case .separator, .ignorable, .apostrophe: i += length
        }
      }
    }
  }

  private static let asciiClasses: [ScalarClass] = (0..<128 as Range<UInt8>).map {
    ScalarClass(Unicode.Scalar($0))
  }

  private static func scanWord(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, emit: (Range<Int>) -> Void
  ) -> Int {
    let end = text.count
    var i = start
    var last = start  // end of the last character that surely belongs to the word
    scanning: while i < end {
      let byte = text[i]
      if byte < 0x80 {
        if isAlphanumeric(byte) {
          i += 1
          last = i
        } else if byte == UInt8(ascii: "'") {
          guard i + 1 < end, text[i + 1] >= 0x80 || isLetter(text[i + 1]) else { break scanning }
          i += 1
        } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
          guard i > start, isDigit(text[i - 1]), i + 1 < end, isDigit(text[i + 1]) else {
            break scanning
          }
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
    if last - start <= longestWord { emit(start..<last) }
    return max(i, last)
  }

  /// Pairs of neighbours; a lone character stands for itself.
  private static func scanUnspaced(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, emit: (Range<Int>) -> Void
  ) -> Int {
    var previous: Int? = nil
    var current = start
    var i = start
    var pairs = 0
    while i < text.count, text[i] >= 0x80 {
      let (scalarClass, length) = classify(text, at: i)
      guard scalarClass == .unspaced else { break }
      if let previous {
        emit(previous..<i + length)
        pairs += 1
      }
      previous = i
      current = i
      i += length
    }
    if pairs == 0 { emit(current..<i) }
    return i
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
