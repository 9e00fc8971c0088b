import Foundation

/// What decides whether an article may be listed, apart from its id and date: few combinations serve
/// a whole archive, so each is kept once and judged once a query.
struct ArticleClass: Sendable, Hashable {
  var status: Article.Status
  var source: String?
  var section: String?
  /// As declared.
  var language: String?
  /// As the analysis found it.
  var analyzedLanguage: Language
  var embargoedUntil: Date?
  var expires: Date?

  init(of article: Article, analyzedLanguage: Language) {
    status = article.status
    source = article.source
    section = article.section
    language = article.language
    self.analyzedLanguage = analyzedLanguage
    embargoedUntil = article.embargoedUntil
    expires = article.expires
  }

  /// An article that has nothing else.
  func article(id: String = "") -> Article {
    Article(
      id: id, source: source, section: section, language: language, status: status,
      embargoedUntil: embargoedUntil, expires: expires)
  }
}

extension ArticleClass {
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = [
      UInt8(Article.Status.allCases.firstIndex(of: status) ?? 0), analyzedLanguage.rawValue,
    ]
    for text in [source, section, language] { bytes.appendOptional(text) }
    for date in [embargoedUntil, expires] { bytes.append(date) }
    return bytes
  }

  init(from reader: inout ByteReader) throws(IndexFileError) {
    let statusCode = Int(try reader.number(width: 1))
    let languageCode = UInt8(try reader.number(width: 1))
    guard statusCode < Article.Status.allCases.count,
      let analyzed = Language(rawValue: languageCode)
    else {
      throw .inconsistent(.classes, "status \(statusCode), language \(languageCode)")
    }
    status = Article.Status.allCases[statusCode]
    analyzedLanguage = analyzed
    source = try reader.optionalText()
    section = try reader.optionalText()
    language = try reader.optionalText()
    embargoedUntil = try reader.optionalDate()
    expires = try reader.optionalDate()
  }
}

extension [UInt8] {
  /// A date by the bits of its number of seconds, so that none is rounded.
  mutating func append(_ date: Date?) {
    guard let date else { return append(0) }
    append(1)
    append64(date.timeIntervalSinceReferenceDate.bitPattern)
  }
}

extension ByteReader {
  mutating func optionalDate() throws(IndexFileError) -> Date? {
    guard try number(width: 1) != 0 else { return nil }
    let seconds = Double(bitPattern: try number(width: 8))
    guard DateColumn.isDate(seconds) else {
      throw .inconsistent(.classes, "a date of \(seconds) seconds")
    }
    return Date(timeIntervalSinceReferenceDate: seconds)
  }
}
