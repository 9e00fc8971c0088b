/// The English stemmer Porter2 (Snowball "english"): `stem("relational")` is `"relat"`.
///
/// Source: https://snowballstem.org/algorithms/english/stemmer.html, whose steps keep their
/// numbers here. Works on the ASCII bytes of one lower-case word; anything else comes back as it is.
package struct Porter2 {
  private var word: [UInt8]
  private var r1 = 0
  private var r2 = 0

  private init(_ word: [UInt8]) { self.word = word }

  package static func stem(_ text: String) -> String {
    var word = Array(text.utf8)
    stem(&word)
    return String(decoding: word, as: UTF8.self)
  }

  /// Puts the stem of a word in its place.
  ///
  /// - Complexity: O(length of the word).
  static func stem(_ word: inout [UInt8]) {
    guard word.count > 2, word.allSatisfy({ isLowercase($0) || $0 == apostrophe || isDigit($0) })
    else { return }
    if let (_, stem) = exceptions.first(where: { isEqual(word[...], $0.word) }) {
      word.removeAll(keepingCapacity: true)
      append(stem, to: &word)
      return
    }
    var stemmer = Porter2([])
    swap(&word, &stemmer.word)  // not copied
    stemmer.run()
    swap(&word, &stemmer.word)
  }

  private mutating func run() {
    if word.first == Self.apostrophe { word.removeFirst() }
    markConsonantY()
    findRegions()
    step0()
    step1a()
    step1b()
    step1c()
    step2()
    step3()
    step4()
    step5()
    for i in word.indices where word[i] == Self.consonantY { word[i] = UInt8(ascii: "y") }
  }

  /// A y at the start or after a vowel is a consonant, written Y.
  private mutating func markConsonantY() {
    for i in word.indices
    where word[i] == UInt8(ascii: "y") && (i == 0 || Self.isVowel(word[i - 1])) {
      word[i] = Self.consonantY
    }
  }

  /// R1 is what follows the first non-vowel after a vowel; R2 is the same within R1.
  private mutating func findRegions() {
    r1 = regionStart(from: 0)
    for prefix in Self.r1Prefixes
    where word.count >= prefix.utf8CodeUnitCount
      && Self.isEqual(word[..<prefix.utf8CodeUnitCount], prefix)
    {
      r1 = prefix.utf8CodeUnitCount
    }
    r2 = regionStart(from: r1)
  }

  private func regionStart(from start: Int) -> Int {
    var i = start
    while i < word.count, !Self.isVowel(word[i]) { i += 1 }
    while i < word.count, Self.isVowel(word[i]) { i += 1 }
    return min(i + 1, word.count)
  }

  private mutating func step0() {
    if ends(with: "'s'") {
      word.removeLast(3)
    } else if ends(with: "'s") {
      word.removeLast(2)
    } else if ends(with: "'") {
      word.removeLast()
    }
  }

  private mutating func step1a() {
    if ends(with: "sses") {
      word.removeLast(2)
    } else if ends(with: "ied") || ends(with: "ies") {
      word.removeLast(word.count > 4 ? 2 : 1)
    } else if ends(with: "us") || ends(with: "ss") {
      return
    } else if ends(with: "s"), word.dropLast(2).contains(where: Self.isVowel) {
      word.removeLast()
    }
  }

  private mutating func step1b() {
    if ends(with: "eedly") || ends(with: "eed") {
      let length = ends(with: "eedly") ? 5 : 3
      let before = word.dropLast(length)
      if word.count - length >= r1, !Self.keepsEed.contains(where: { Self.isEqual(before, $0) }) {
        word.removeLast(length - 2)
      }
      return
    }
    guard let suffix = Self.step1bSuffixes.first(where: ends(with:)) else { return }
    let rest = word.dropLast(suffix.utf8CodeUnitCount)
    if ends(with: "ing") {
      if rest.count == 2, rest[1] == UInt8(ascii: "y"), !Self.isVowel(rest[0]) {
        replaceSuffix(at: 1, with: "ie")  // dying, lying, tying, vying
        return
      }
      if Self.keepsIng.contains(where: { Self.isEqual(rest, $0) }) { return }
    }
    guard rest.contains(where: Self.isVowel) else { return }
    word.removeLast(suffix.utf8CodeUnitCount)
    if ends(with: "at") || ends(with: "bl") || ends(with: "iz") {
      word.append(UInt8(ascii: "e"))
    } else if endsInDouble {
      let keeps = word.count == 3 && Self.is(word[0], oneOf: "aeo")
      if !keeps { word.removeLast() }
    } else if isShort {
      word.append(UInt8(ascii: "e"))
    }
  }

  private mutating func step1c() {
    guard let last = word.last, last == UInt8(ascii: "y") || last == Self.consonantY,
      word.count > 2, !Self.isVowel(word[word.count - 2])
    else { return }
    word[word.count - 1] = UInt8(ascii: "i")
  }

  private mutating func step2() {
    for (suffix, replacement, before) in Self.step2Rules where ends(with: suffix) {
      let start = word.count - suffix.utf8CodeUnitCount
      guard start >= r1 else { return }
      if let before, start == 0 || !Self.is(word[start - 1], oneOf: before) { return }
      replaceSuffix(at: start, with: replacement)
      return
    }
  }

  private mutating func step3() {
    for (suffix, replacement) in Self.step3Rules where ends(with: suffix) {
      let start = word.count - suffix.utf8CodeUnitCount
      guard start >= (ends(with: "ative") ? r2 : r1) else { return }
      replaceSuffix(at: start, with: replacement)
      return
    }
  }

  private mutating func step4() {
    guard let suffix = Self.step4Suffixes.first(where: ends(with:)) else { return }
    let start = word.count - suffix.utf8CodeUnitCount
    guard start >= r2 else { return }
    if ends(with: "ion"), start == 0 || !Self.is(word[start - 1], oneOf: "st") { return }
    word.removeLast(suffix.utf8CodeUnitCount)
  }

  private mutating func step5() {
    guard let last = word.last else { return }
    let start = word.count - 1
    if last == UInt8(ascii: "e") {
      if start >= r2 || (start >= r1 && !endsInShortSyllable(word.dropLast())) { word.removeLast() }
    } else if last == UInt8(ascii: "l"), start >= r2, start > 0, word[start - 1] == last {
      word.removeLast()
    }
  }

  // MARK: Shapes of a word

  /// From the last byte on, which most suffixes fail at.
  private func ends(with suffix: StaticString) -> Bool {
    let start = word.count - suffix.utf8CodeUnitCount
    guard start >= 0 else { return false }
    return suffix.withUTF8Buffer { suffix in
      var i = suffix.count
      while i > 0 {
        i -= 1
        if word[start + i] != suffix[i] { return false }
      }
      return true
    }
  }

  private mutating func replaceSuffix(at start: Int, with replacement: StaticString) {
    word.removeSubrange(start...)
    Self.append(replacement, to: &word)
  }

  private var endsInDouble: Bool {
    guard word.count >= 2, word[word.count - 1] == word[word.count - 2] else { return false }
    return Self.is(word[word.count - 1], oneOf: "bdfgmnprt")
  }

  /// Short: R1 is empty and the word ends in a short syllable.
  private var isShort: Bool { r1 >= word.count && endsInShortSyllable(word[...]) }

  private func endsInShortSyllable(_ part: ArraySlice<UInt8>) -> Bool {
    let n = part.count
    if n == 2 { return Self.isVowel(part[0]) && !Self.isVowel(part[1]) }
    if Self.isEqual(part, "past") { return true }
    guard n > 2 else { return false }
    let last = part[n - 1]
    return !Self.isVowel(part[n - 3]) && Self.isVowel(part[n - 2]) && !Self.isVowel(last)
      && !Self.is(last, oneOf: "wx") && last != Self.consonantY
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let consonantY = UInt8(ascii: "Y")
  private static func isVowel(_ byte: UInt8) -> Bool {
    byte &- 97 < 26 && vowels & (1 << UInt32(byte &- 97)) != 0
  }
  /// A bit for each of a, e, i, o, u and y.
  private static let vowels: UInt32 = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24
  private static func isLowercase(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  // Static strings are bytes that nobody copies or counts references of.

  private static func isEqual(_ bytes: ArraySlice<UInt8>, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { text in
      for i in text.indices where bytes[bytes.startIndex + i] != text[i] { return false }
      return true
    }
  }

  private static func `is`(_ byte: UInt8, oneOf letters: StaticString) -> Bool {
    letters.withUTF8Buffer { $0.contains(byte) }
  }

  private static func append(_ text: StaticString, to word: inout [UInt8]) {
    text.withUTF8Buffer { word.append(contentsOf: $0) }
  }

  // MARK: The algorithm's tables

  private static let r1Prefixes: [StaticString] = [
    "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
  ]
  private static let keepsEed: [StaticString] = ["proc", "exc", "succ"]
  private static let step1bSuffixes: [StaticString] = ["ingly", "edly", "ing", "ed"]
  private static let keepsIng: [StaticString] = ["inn", "out", "cann", "herr", "earr", "even"]
  private static let exceptions: [(word: StaticString, stem: StaticString)] = [
    ("skis", "ski"), ("skies", "sky"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"),
    ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"),
    ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"),
    ("andes", "andes"),
  ]
  /// Suffix, what replaces it, and the letters of which one has to stand before it, if any.
  private static let step2Rules: [(StaticString, StaticString, StaticString?)] = [
    ("ational", "ate", nil), ("fulness", "ful", nil), ("iveness", "ive", nil),
    ("ization", "ize", nil), ("ousness", "ous", nil), ("biliti", "ble", nil),
    ("lessli", "less", nil), ("tional", "tion", nil), ("alism", "al", nil), ("aliti", "al", nil),
    ("ation", "ate", nil), ("entli", "ent", nil), ("fulli", "ful", nil), ("iviti", "ive", nil),
    ("ousli", "ous", nil), ("ogist", "og", nil), ("abli", "able", nil), ("alli", "al", nil),
    ("anci", "ance", nil), ("ator", "ate", nil), ("enci", "ence", nil), ("izer", "ize", nil),
    ("bli", "ble", nil), ("ogi", "og", "l"), ("li", "", "cdeghkmnrt"),
  ]
  private static let step3Rules: [(StaticString, StaticString)] = [
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"),
    ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
  ]
  private static let step4Suffixes: [StaticString] = [
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti",
    "ive", "ize", "ous", "al", "er", "ic",
  ]
}
