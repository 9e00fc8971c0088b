import Foundation

/// An editor's words, which no score overrules.
///
///     pin A B             B stands first on the list of A
///     ban A B             B never stands on the list of A
///     never-together B C  B and C never stand on one list: the lower one goes
///
/// `#` starts a comment. What must not be published is not shown even if pinned.
public struct EditorialRules: Sendable, Hashable, Codable {
  /// By article, in the order of the file.
  public private(set) var pins: [String: [String]] = [:]
  public private(set) var bans: [String: [String]] = [:]
  public private(set) var apart: [[String]] = []

  public init() {}

  /// - Throws: `ReadingError` naming the first line that is no rule.
  public init(parsing text: String, named name: String) throws {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !words.isEmpty else { continue }
      guard words.count == 3, add(words) else {
        throw ReadingError(
          "\(name):\(index + 1): expected `pin A B`, `ban A B` or `never-together B C`")
      }
      if pins[words[1]]?.contains(words[2]) == true, bans[words[1]]?.contains(words[2]) == true {
        throw ReadingError(
          "\(name):\(index + 1): \(words[2]) is both pinned and banned for \(words[1]): keep one")
      }
    }
  }

  private mutating func add(_ words: [String]) -> Bool {
    switch words[0] {
    case "pin": Self.add(words[2], to: &pins[words[1], default: []])
    case "ban": Self.add(words[2], to: &bans[words[1], default: []])
    case "never-together": apart.append([words[1], words[2]])
    default: return false
    }
    return true
  }

  /// Said twice is said once.
  private static func add(_ article: String, to list: inout [String]) {
    if !list.contains(article) { list.append(article) }
  }

  /// Whether `target` may stand on the list of `source`.
  func allows(_ target: String, on source: String) -> Bool {
    !(bans[source]?.contains(target) ?? false)
  }

  /// Whether `target` may stand below the entries `listed`.
  func allows(_ target: String, beside listed: some Sequence<String>) -> Bool {
    let partners = apart.compactMap { pair in
      pair[0] == target ? pair[1] : pair[1] == target ? pair[0] : nil
    }
    return partners.isEmpty || !listed.contains(where: partners.contains)
  }

  /// The rules as judgments: a pin is grade 3, a ban grade 0.
  public var qrels: String {
    let lines =
      pins.flatMap { source, targets in targets.map { "\(source) 0 \($0) 3" } }
      + bans.flatMap { source, targets in targets.map { "\(source) 0 \($0) 0" } }
    return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { $0 + "\n" }.joined()
  }
}
