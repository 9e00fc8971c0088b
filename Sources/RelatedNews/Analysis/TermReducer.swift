/// Words to terms on bytes: `AnalysisOptions.term(for:in:)` without a string for a word in ASCII, which
/// most are in many languages.
///
/// `TermReducerTests` holds it to that function. Used by one task.
struct TermReducer {
  private let options: AnalysisOptions
  /// What the last word was reduced to.
  private(set) var term: [UInt8] = []

  init(options: AnalysisOptions) { self.options = options }

  /// Makes `term` the term of a word as it stands in a text of `language`; false for a word that is
  /// left out.
  mutating func reduce(_ surface: UnsafeBufferPointer<UInt8>, in language: Language) -> Bool {
    guard options.stemmer != .light, fold(surface) else {
      let text = String(decoding: surface, as: UTF8.self)
      guard let found = options.term(for: text, in: language) else { return false }
      term = Array(found.utf8)
      return true
    }
    if language == .fr { dropElision() }
    if isStopWord(in: language) { return false }
    if dropPossessive(), isStopWord(in: language) { return false }
    guard let first = term.first else { return false }
    if options.stopWords != .none, term.count == 1, first > 57 { return false }
    if language == .en, options.stemmer == .porter2 { Porter2.stem(&term) }
    return true
  }

  /// Whether the surface is in ASCII; then `term` is it in lower case and without commas.
  private mutating func fold(_ surface: UnsafeBufferPointer<UInt8>) -> Bool {
    term.removeAll(keepingCapacity: true)
    term.append(contentsOf: surface)
    var all: UInt8 = 0
    var hasComma = false
    for i in term.indices {
      let byte = term[i]
      all |= byte
      if byte == UInt8(ascii: ",") { hasComma = true }
      term[i] = byte &- 65 < 26 ? byte | 0x20 : byte
    }
    if hasComma { term.removeAll { $0 == UInt8(ascii: ",") } }
    return all < 0x80
  }

  private func isStopWord(in language: Language) -> Bool {
    options.stopWords.contains(term, in: language)
  }

  /// Returns whether there was one.
  private mutating func dropPossessive() -> Bool {
    let apostrophe = UInt8(ascii: "'")
    if term.last == apostrophe {
      term.removeLast()
    } else if term.count >= 2, term[term.count - 2] == apostrophe, term.last == UInt8(ascii: "s") {
      term.removeLast(2)
    } else {
      return false
    }
    return true
  }

  private mutating func dropElision() {
    guard let apostrophe = term.firstIndex(of: UInt8(ascii: "'")) else { return }
    let head = String(decoding: term[..<apostrophe], as: UTF8.self)
    if AnalysisOptions.elisions.contains(head) { term.removeFirst(apostrophe + 1) }
  }
}
