import Foundation

/// Which articles may stand in a list: those that readers may see now, and that were asked for.
public struct Eligibility: Sendable, Hashable, Codable {
  /// Leaves out articles published after the source.
  public var onlyOlder = false
  /// Leaves out articles published more than this many days before the source.
  public var daysBefore: Double?
  /// Leaves out articles published more than this many days after the source.
  public var daysAfter: Double?
  /// Only these sections, sources, languages; empty means any. Compared without case.
  public var sections: [String] = []
  public var sources: [String] = []
  public var languages: [String] = []
  /// Ids that never appear.
  public var excludedIDs: [String] = []

  public init() {}

  /// Why `target` may not be listed beside `source`; nil if it may.
  public func refusal(of target: Article, for source: Article, now: Date) -> Refusal? {
    refusal(of: target, language: Analyzer.language(of: target), now: now)
      ?? refusalInTime(target.published, from: source.published)
  }

  /// The part that does not depend on the source, decided once per article.
  ///
  /// - Parameter language: as the archive's analysis found it, which may no longer have the text.
  func refusal(of target: Article, language: Language, now: Date) -> Refusal? {
    if target.status != .published { return .status(target.status) }
    if let embargo = target.embargoedUntil, embargo > now { return .embargoed }
    if let expires = target.expires, expires <= now { return .expired }
    if excludedIDs.contains(where: { $0.utf8.elementsEqual(target.id.utf8) }) { return .excluded }
    if !Self.allows(sections, target.section) { return .section }
    if !Self.allows(sources, target.source) { return .source }
    let isWanted = { (tag: String) in tag.lowercased().hasPrefix(language.tag) }
    return languages.isEmpty || languages.contains(where: isWanted) ? nil : .language
  }

  /// The part that depends on both dates. Where one is missing, only "older" cannot be vouched for.
  func refusalInTime(_ target: Date?, from source: Date?) -> Refusal? {
    guard let source, let target else { return onlyOlder && source != nil ? .undated : nil }
    let days = target.timeIntervalSince(source) / 86_400
    if onlyOlder, days > 0 { return .newer }
    if let daysBefore, -days > daysBefore { return .tooOld }
    if let daysAfter, days > daysAfter { return .tooNew }
    return nil
  }

  var dependsOnTime: Bool { onlyOlder || daysBefore != nil || daysAfter != nil }

  private static func allows(_ wanted: [String], _ value: String?) -> Bool {
    guard !wanted.isEmpty else { return true }
    guard let value else { return false }
    return wanted.contains { $0.lowercased() == value.lowercased() }
  }
}

/// Why an article may not be listed, in words.
public enum Refusal: Sendable, Hashable, CustomStringConvertible {
  case status(Article.Status)
  case embargoed, expired, excluded, banned, section, source, language, newer, undated, tooOld,
    tooNew

  public var description: String {
    switch self {
    case .status(let status): "its status is \(status.rawValue)"
    case .embargoed: "it is under embargo"
    case .expired: "it has expired"
    case .excluded: "it is excluded by --exclude"
    case .banned: "an editor banned it from this list"
    case .section: "it is not in a wanted --section"
    case .source: "it is not from a wanted --source"
    case .language: "it is not in a wanted --language"
    case .newer: "it is newer, and --only-older is set"
    case .undated: "it has no date, and --only-older is set"
    case .tooOld: "it is older than --days-before allows"
    case .tooNew: "it is newer than --days-after allows"
    }
  }
}
