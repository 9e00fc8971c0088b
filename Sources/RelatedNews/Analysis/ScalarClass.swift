/// What a Unicode scalar does to a word: end it, carry it on, or be a unit of its own script.
enum ScalarClass: UInt8 {
  /// Spaces, punctuation, symbols, controls: end a word and are never part of one.
  case separator
  /// Letters, marks and digits of scripts that put spaces between words.
  case word
  /// Scripts written without spaces (and Hangul, whose words carry their particles): a run becomes
  /// overlapping pairs of characters, the field's plain and strong answer to having no dictionary.
  case unspaced
  /// Soft hyphens, joiners, variation selectors: invisible, part of the word they stand in.
  case ignorable
  /// `'`, `’`: part of a word between two letters, else a separator.
  case apostrophe

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x27, 0x2019, 0xFF07, 0x2BC: self = .apostrophe
    case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF, 0xFE00...0xFE0F: self = .ignorable
    case let value where Self.isUnspaced(value): self = .unspaced
    default: self = Self.carriesWords(scalar) ? .word : .separator
    }
  }

  /// Looked up, not computed: the plane that nearly all text is written in, classified once.
  static let basicPlane: [ScalarClass] = (0..<0x10000 as Range<UInt32>).map { value in
    Unicode.Scalar(value).map(ScalarClass.init) ?? .separator
  }

  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF,  // Thai, Lao
      0x1000...0x109F,  // Myanmar
      0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF,  // Hangul
      0x1780...0x17FF,  // Khmer
      0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF,  // kana
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF,  // Han
      0xFF66...0xFF9F:  // half-width katakana
      true
    default: false
    }
  }

  private static func carriesWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
