/// What was read: articles in input order, each id once, and everything that has to be said.
public struct ArticleCollection: Sendable {
  public var articles: [Article]
  /// What a person should know, in input order.
  public var remarks: [ReadingRemark]
  public var bytesRead: Int

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
    /// Another record with the same id took its place.
    case replaced
    /// The record was read, without the part named.
    case warning
  }

  /// File, and line or record number where there is one.
  public let place: String
  public let message: String
  public let kind: Kind

  public init(place: String, message: String, kind: Kind) {
    self.place = place
    self.message = message
    self.kind = kind
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
  var article: Article?
  var remarks: [ReadingRemark] = []

  init(place: String, article: Article, warnings: [String] = []) {
    self.place = place
    self.article = article
    remarks = warnings.map { ReadingRemark(place: place, message: $0, kind: .warning) }
  }

  init(place: String, skipped reason: String) {
    self.place = place
    remarks = [ReadingRemark(place: place, message: reason, kind: .skipped)]
  }
}
