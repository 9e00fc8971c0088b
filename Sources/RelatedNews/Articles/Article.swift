import Foundation

/// One published piece, as every input format is read into:
/// `Article(id: "a1", title: "Dam holds", body: "First paragraph.\n\nSecond paragraph.")`.
///
/// Only `id` and some text are needed. Paragraphs of `body` are separated by a blank line.
/// Ids are compared by their UTF-8 bytes, never by Unicode equivalence.
public struct Article: Sendable, Hashable, Codable {
  public var id: String
  public var title: String
  public var body: String
  /// When readers first could see it; decides recency, "older" and "newer".
  public var published: Date?
  /// When this version was made; of two records with one id the later one wins.
  public var updated: Date?
  /// The outlet or agency, such as `"Xinhua"`.
  public var source: String?
  /// The desk or category, such as `"sports"`.
  public var section: String?
  public var keywords: [String]
  public var url: String?
  /// A BCP 47 tag such as `"en"` or `"zh-Hans"`; recognised from the text where it is nil.
  public var language: String?
  public var status: Status
  /// Not to be shown before this moment.
  public var embargoedUntil: Date?
  /// Not to be shown from this moment on.
  public var expires: Date?

  /// Whether readers may see it: only `published` articles ever appear in lists.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    case published, draft, withdrawn, withheld, cancelled, expired

    /// The status that a system's word for it means: `"publish"` (WordPress) and `"usable"`
    /// (NewsML) are `.published`; nil for a word that nobody uses.
    public init?(word: String) {
      switch word.lowercased() {
      case "published", "publish", "public", "live", "usable", "active", "stat:usable":
        self = .published
      case "draft", "pending", "private", "future", "trash", "auto-draft", "inherit": self = .draft
      case "withdrawn", "retracted", "removed", "deleted", "killed": self = .withdrawn
      case "withheld", "stat:withheld": self = .withheld
      case "cancelled", "canceled", "stat:canceled", "stat:cancelled": self = .cancelled
      case "expired": self = .expired
      default: return nil
      }
    }
  }

  public init(
    id: String, title: String = "", body: String = "", published: Date? = nil,
    updated: Date? = nil, source: String? = nil, section: String? = nil, keywords: [String] = [],
    url: String? = nil, language: String? = nil, status: Status = .published,
    embargoedUntil: Date? = nil, expires: Date? = nil
  ) {
    self.id = id
    self.title = title
    self.body = body
    self.published = published
    self.updated = updated
    self.source = source
    self.section = section
    self.keywords = keywords
    self.url = url
    self.language = language
    self.status = status
    self.embargoedUntil = embargoedUntil
    self.expires = expires
  }
}
