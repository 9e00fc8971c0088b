/// How the forms of a word become one term. English only: the field has no standard stemmer for
/// every language, and a word left as it is does less harm than one cut wrongly.
public enum Stemmer: String, Sendable, Hashable, Codable, CaseIterable {
  /// Words stay as they are.
  case none
  /// Only plurals and possessives fold: `cities` → `city`, `dams` → `dam`.
  /// Source: Harman, "How effective is suffixing?" (JASIS 1991), the S-stemmer.
  case light
  /// Porter2, Snowball's "english".
  case porter2

  /// The stem of a lower-case English word.
  func stem(_ word: String) -> String {
    switch self {
    case .none: word
    case .light: Self.withoutPlural(word)
    case .porter2: Porter2.stem(word)
    }
  }

  private static func withoutPlural(_ word: String) -> String {
    guard word.utf8.count > 3 else { return word }
    if word.hasSuffix("ies"), !word.hasSuffix("eies"), !word.hasSuffix("aies") {
      return word.dropLast(3) + "y"
    }
    if word.hasSuffix("es"), !["aes", "ees", "oes"].contains(where: word.hasSuffix) {
      return String(word.dropLast())
    }
    if word.hasSuffix("s"), !word.hasSuffix("us"), !word.hasSuffix("ss") {
      return String(word.dropLast())
    }
    return word
  }
}
