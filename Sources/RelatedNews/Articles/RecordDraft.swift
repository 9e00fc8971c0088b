import Foundation

/// An article in the making, with what has to be said about it: what all formats share.
struct RecordDraft {
  var article = Article(id: "")
  var warnings: [String] = []
  /// Of two records with one id and no dates the higher version is newer.
  var version: Int?
  /// Whether the id was made from an address or a file's name because the record has none.
  var hasDerivedID = false

  private let place: String
  private let format: ArticleFormat
  private let dates: DateReader

  init(place: String, format: ArticleFormat, dates: DateReader) {
    self.place = place
    self.format = format
    self.dates = dates
  }

  /// The first of the texts that is one, white space around it taken off.
  static func firstText(_ texts: String?...) -> String? {
    for case let text? in texts {
      if let trimmed = text.trimmed.nonEmpty { return trimmed }
    }
    return nil
  }

  /// Takes the first id there is; without one the address becomes it.
  mutating func identify(_ ids: String?..., url: String?) {
    for case let id? in ids {
      if let trimmed = id.trimmed.nonEmpty {
        article.id = trimmed
        return
      }
    }
    guard let url = Self.firstText(url) else { return }
    article.id = CanonicalURL.cleaned(url)
    hasDerivedID = true
  }

  /// The date that a text names; one that nobody can read is a warning.
  mutating func date(_ text: String?, _ field: String) -> Date? {
    guard let text = Self.firstText(text) else { return nil }
    if let date = dates.date(text) { return date }
    // WordPress writes this for "none".
    guard !text.hasPrefix("0000-00-00") else { return nil }
    warnings.append(
      "\(field) is no date: \"\(text.prefix(40))\"; expected one like 2017-11-30T09:22:39Z")
    return nil
  }

  /// An embargo; one that nobody can read must not open the door.
  mutating func embargo(_ text: String?, _ field: String) {
    guard Self.firstText(text) != nil else { return }
    article.embargoedUntil = date(text, field)
    if article.embargoedUntil == nil { article.status = .withheld }
  }

  /// A status in the words of the system it came from.
  mutating func status(_ word: String?, _ field: String) {
    guard let word = Self.firstText(word) else { return }
    // A door that something else closed stays closed.
    guard article.status == .published else { return }
    if let status = Article.Status(word: word) {
      article.status = status
    } else {
      warnings.append("\(field) is unknown, taken as draft: \"\(word.prefix(40))\"")
      article.status = .draft
    }
  }

  /// Adds keywords, each once, in their order.
  mutating func add(keywords: [String]) {
    var known = Set(article.keywords.map { $0.lowercased() })
    for keyword in keywords.map(MarkupText.oneLine) where !keyword.isEmpty {
      if known.insert(keyword.lowercased()).inserted { article.keywords.append(keyword) }
    }
  }

  /// The record, or what it lacks.
  ///
  /// - Parameter idNames: where an id was looked for: `"<guid> and no <link>"`.
  func record(idNames: String) -> ReadRecord {
    guard !article.id.isEmpty else { return skipped("no \(idNames)") }
    let hasText =
      article.title.contains { !$0.isWhitespace } || article.body.contains { !$0.isWhitespace }
    guard hasText else { return skipped("no text: neither a headline nor a body") }
    var record = ReadRecord(place: place, article: article, warnings: warnings, format: format)
    record.version = version
    record.hasDerivedID = hasDerivedID
    return record
  }

  func skipped(_ reason: String) -> ReadRecord {
    ReadRecord(place: place, skipped: reason, format: format)
  }

  /// For what is no article and was never meant to be one: a picture, a menu.
  func passedOver(_ reason: String) -> ReadRecord {
    ReadRecord(place: place, passedOver: reason, format: format)
  }
}
