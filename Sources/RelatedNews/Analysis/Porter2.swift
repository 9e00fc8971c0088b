/// The English stemmer Porter2 (Snowball "english"): `stem("relational")` is `"relat"`.
///
/// Source: https://snowballstem.org/algorithms/english/stemmer.html, whose steps keep their
/// numbers here. Works on the ASCII bytes of one lower-case word; anything else comes back as it is.
package struct Porter2 {
  private var word: [UInt8]
  private var r1 = 0
  private var r2 = 0

  private init(_ word: [UInt8]) { self.word = word }

  /// - Complexity: O(length of the word).
  package static func stem(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 2, bytes.allSatisfy({ isLowercase($0) || $0 == apostrophe || isDigit($0) })
    else { return text }
    if let fixed = exceptions[text] { return fixed }
    var stemmer = Porter2(bytes)
    stemmer.run()
    return String(decoding: stemmer.word, as: UTF8.self)
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
    for prefix in Self.r1Prefixes where word.starts(with: prefix.utf8) { r1 = prefix.utf8.count }
    r2 = regionStart(from: r1)
  }

  private func regionStart(from start: Int) -> Int {
    var i = start
    while i < word.count, !Self.isVowel(word[i]) { i += 1 }
    while i < word.count, Self.isVowel(word[i]) { i += 1 }
    return min(i + 1, word.count)
  }

  private mutating func step0() {
    for suffix in ["'s'", "'s", "'"] where ends(with: suffix) {
      word.removeLast(suffix.utf8.count)
      return
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
      let before = String(decoding: word.dropLast(length), as: UTF8.self)
      if word.count - length >= r1, !["proc", "exc", "succ"].contains(before) {
        word.removeLast(length - 2)
      }
      return
    }
    guard let suffix = ["ingly", "edly", "ing", "ed"].first(where: ends(with:)) else { return }
    let rest = word.dropLast(suffix.utf8.count)
    if suffix == "ing", rest.count == 2, rest[1] == UInt8(ascii: "y"), !Self.isVowel(rest[0]) {
      word = [rest[0]] + Array("ie".utf8)  // dying, lying, tying, vying
      return
    }
    if suffix == "ing", Self.keepsIng.contains(String(decoding: rest, as: UTF8.self)) { return }
    guard rest.contains(where: Self.isVowel) else { return }
    word.removeLast(suffix.utf8.count)
    if ends(with: "at") || ends(with: "bl") || ends(with: "iz") {
      word.append(UInt8(ascii: "e"))
    } else if endsInDouble {
      let keeps = word.count == 3 && "aeo".utf8.contains(word[0])
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
    for (suffix, replacement) in Self.step2Rules where ends(with: suffix) {
      let start = word.count - suffix.utf8.count
      guard start >= r1 else { return }
      if suffix == "ogi", start == 0 || word[start - 1] != UInt8(ascii: "l") { return }
      if suffix == "li", start == 0 || !"cdeghkmnrt".utf8.contains(word[start - 1]) { return }
      replaceSuffix(at: start, with: replacement)
      return
    }
  }

  private mutating func step3() {
    for (suffix, replacement) in Self.step3Rules where ends(with: suffix) {
      let start = word.count - suffix.utf8.count
      guard start >= (suffix == "ative" ? r2 : r1) else { return }
      replaceSuffix(at: start, with: replacement)
      return
    }
  }

  private mutating func step4() {
    guard let suffix = Self.step4Suffixes.first(where: ends(with:)) else { return }
    let start = word.count - suffix.utf8.count
    guard start >= r2 else { return }
    if suffix == "ion", start == 0 || !"st".utf8.contains(word[start - 1]) { return }
    word.removeLast(suffix.utf8.count)
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

  private func ends(with suffix: String) -> Bool {
    let suffix = suffix.utf8
    return word.count >= suffix.count && word.suffix(suffix.count).elementsEqual(suffix)
  }

  private mutating func replaceSuffix(at start: Int, with replacement: String) {
    word.replaceSubrange(start..., with: replacement.utf8)
  }

  private var endsInDouble: Bool {
    guard word.count >= 2, word[word.count - 1] == word[word.count - 2] else { return false }
    return "bdfgmnprt".utf8.contains(word[word.count - 1])
  }

  /// Short: R1 is empty and the word ends in a short syllable.
  private var isShort: Bool { r1 >= word.count && endsInShortSyllable(word[...]) }

  private func endsInShortSyllable(_ part: ArraySlice<UInt8>) -> Bool {
    let n = part.count
    if n == 2 { return Self.isVowel(part[0]) && !Self.isVowel(part[1]) }
    if part.elementsEqual("past".utf8) { return true }
    guard n > 2 else { return false }
    let last = part[n - 1]
    return !Self.isVowel(part[n - 3]) && Self.isVowel(part[n - 2]) && !Self.isVowel(last)
      && !"wx".utf8.contains(last) && last != Self.consonantY
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let consonantY = UInt8(ascii: "Y")
  private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }
  private static func isLowercase(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  // MARK: The algorithm's tables

  private static let r1Prefixes = [
    "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
  ]
  private static let keepsIng: Set = ["inn", "out", "cann", "herr", "earr", "even"]
  private static let exceptions = [
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli",
    "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news",
    "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
  ]
  private static let step2Rules = [
    ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"),
    ("ousness", "ous"), ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"),
    ("alism", "al"), ("aliti", "al"), ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"),
    ("iviti", "ive"), ("ousli", "ous"), ("ogist", "og"), ("abli", "able"), ("alli", "al"),
    ("anci", "ance"), ("ator", "ate"), ("enci", "ence"), ("izer", "ize"), ("bli", "ble"),
    ("ogi", "og"), ("li", ""),
  ]
  private static let step3Rules = [
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"),
    ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
  ]
  private static let step4Suffixes = [
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti",
    "ive", "ize", "ous", "al", "er", "ic",
  ]
}
