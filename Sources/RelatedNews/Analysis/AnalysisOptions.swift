import Foundation

/// How text becomes terms: a choice per archive, kept in its index file.
public struct AnalysisOptions: Sendable, Hashable, Codable {
  public var stemmer: Stemmer
  public var stopWords: StopWords

  /// The defaults are those that do best on the judged sets.
  public init(stemmer: Stemmer = .porter2, stopWords: StopWords = .byLanguage) {
    self.stemmer = stemmer
    self.stopWords = stopWords
  }

  /// The term of a word as it stands in a text of `language`; nil for a word that is left out.
  ///
  /// `"Cafés"` and its decomposed spelling are one term; `"Korea’s"` is `"korea"`; `"1,000"` is
  /// `"1000"`; `"ＮＡＴＯ"` in full width is `"nato"`.
  package func term(for surface: String, in language: Language) -> String? {
    var word = Self.folded(surface)
    if language == .fr { word = Self.withoutElision(word) }
    if stopWords.contains(word, in: language) { return nil }
    word = Self.withoutPossessive(word)
    guard !word.isEmpty, !stopWords.contains(word, in: language) else { return nil }
    // A lone Latin letter is an initial or a piece ("U" of "U.S."); it says nothing by itself.
    if stopWords != .none, word.utf8.count == 1, word.utf8.first.map({ $0 > 57 }) == true {
      return nil
    }
    return language == .en ? stemmer.stem(word) : word
  }
}

extension AnalysisOptions {
  /// Compatibility-composed, lower-case, invisible characters out, one kind of apostrophe.
  private static func folded(_ surface: String) -> String {
    if surface.utf8.allSatisfy({ $0 < 0x80 }) {
      return surface.utf8.contains(UInt8(ascii: ","))
        ? surface.lowercased().filter { $0 != "," } : surface.lowercased()
    }
    var result = String.UnicodeScalarView()
    let composed = surface.precomposedStringWithCompatibilityMapping.lowercased()
    for scalar in composed.precomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar {
      case "ß": result.append(contentsOf: "ss".unicodeScalars)
      case "ς": result.append("σ")
      case ",": continue
      default:
        switch ScalarClass(scalar) {
        case .apostrophe: result.append("'")
        case .ignorable: continue
        case .separator, .word, .unspaced: result.append(scalar)
        }
      }
    }
    return String(result)
  }

  /// `korea's` → `korea`, `workers'` → `workers`.
  private static func withoutPossessive(_ word: String) -> String {
    if word.hasSuffix("'s") { return String(word.dropLast(2)) }
    return word.hasSuffix("'") ? String(word.dropLast()) : word
  }

  /// What French joins to the next word with an apostrophe.
  static let elisions: Set = ["l", "d", "n", "m", "t", "s", "c", "j", "qu", "lorsqu", "puisqu"]

  /// `l'accord` → `accord`, `qu'une` → `une`.
  private static func withoutElision(_ word: String) -> String {
    guard let apostrophe = word.firstIndex(of: "'") else { return word }
    let head = word[..<apostrophe]
    guard elisions.contains(String(head)) else { return word }
    return String(word[word.index(after: apostrophe)...])
  }
}
