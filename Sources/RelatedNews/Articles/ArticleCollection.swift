/// What was read: articles in input order, each id once, and everything that has to be said.
public struct ArticleCollection: Sendable {
  public var articles: [Article]
  /// What a person should know, in input order.
  public var remarks: [ReadingRemark]
  public var bytesRead: Int
  /// Which fields the articles had, by format, and what was left out and why.
  public internal(set) var report = ReadingReport()

  public init(articles: [Article] = [], remarks: [ReadingRemark] = [], bytesRead: Int = 0) {
    self.articles = articles
    self.remarks = remarks
    self.bytesRead = bytesRead
  }

  /// How many records were left out.
  public var skippedCount: Int { remarks.count { $0.kind == .skipped } }
}

/// One thing to say about one record: `articles.jsonl:42: no "id"`.
public struct ReadingRemark: Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// The record is not in the archive.
    case skipped
    /// Another record with the same id, or of the same address, took its place.
    case replaced
    /// The record was read, without the part named.
    case warning
    /// Something that was never meant to be an article: a picture among pages, a menu in an export.
    case passedOver
  }

  /// File, and line or record number where there is one.
  public let place: String
  public let message: String
  public let kind: Kind
  /// The message without what differs from record to record, so that remarks can be counted.
  public let reason: String

  public init(place: String, message: String, kind: Kind, reason: String? = nil) {
    self.place = place
    self.message = message
    self.kind = kind
    self.reason = reason ?? message
  }

  public var description: String { "\(place): \(message)" }
}

/// Why an input could not be read at all: where, what was expected, what to do.
public struct ReadingError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// A record as its format gave it: an article with its place, or the reason why it is none.
struct ReadRecord: Sendable {
  var place: String
  var format: ArticleFormat
  var article: Article?
  var remarks: [ReadingRemark] = []
  /// The number of this version, where the format counts them.
  var version: Int?
  /// Whether the id was made from an address or a file's name.
  var hasDerivedID = false

  init(
    place: String, article: Article, warnings: [String] = [], format: ArticleFormat = .jsonLines
  ) {
    self.place = place
    self.article = article
    self.format = format
    remarks = warnings.map { warning in
      // What follows a colon is quoted from the record.
      let reason = warning.firstRange(of: ": \"").map { String(warning[..<$0.lowerBound]) }
      return ReadingRemark(place: place, message: warning, kind: .warning, reason: reason)
    }
  }

  init(
    place: String, skipped message: String, reason: String? = nil,
    format: ArticleFormat = .jsonLines
  ) {
    self.place = place
    self.format = format
    remarks = [ReadingRemark(place: place, message: message, kind: .skipped, reason: reason)]
  }

  init(place: String, passedOver message: String, format: ArticleFormat) {
    self.place = place
    self.format = format
    remarks = [ReadingRemark(place: place, message: message, kind: .passedOver)]
  }

  init(place: String, warning message: String, reason: String? = nil, format: ArticleFormat) {
    self.place = place
    self.format = format
    remarks = [ReadingRemark(place: place, message: message, kind: .warning, reason: reason)]
  }
}
