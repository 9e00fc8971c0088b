import Foundation

/// What a list prints of an article, apart from its class, its date and its headline, which is
/// `TitleCode`'s.
struct ArticleRecord: Sendable, Hashable {
  /// Records in one piece of the section.
  static let group = 8

  var id: String
  var url: String?
  var updated: Date?
  var keywords: [String]

  init(of article: Article) {
    id = article.id
    url = article.url
    updated = article.updated
    keywords = article.keywords
  }

  func article(title: String, of articleClass: ArticleClass, published: Date?) -> Article {
    var article = articleClass.article(id: id)
    article.title = title
    article.url = url
    article.updated = updated
    article.keywords = keywords
    article.published = published
    return article
  }
}

extension ArticleRecord {
  private static let hasURL: UInt8 = 1
  private static let hasUpdated: UInt8 = 2
  private static let hasKeywords: UInt8 = 4

  /// - Parameter title: the headline, coded.
  func encoded(title: [UInt8]) -> [UInt8] {
    let flags =
      (url == nil ? 0 : Self.hasURL) | (updated == nil ? 0 : Self.hasUpdated)
      | (keywords.isEmpty ? 0 : Self.hasKeywords)
    var bytes = [flags]
    bytes.appendText(id)
    bytes.appendVarint(UInt64(title.count))
    bytes += title
    if let url { bytes.appendText(url) }
    if let updated { bytes.append(updated) }
    if !keywords.isEmpty {
      bytes.appendVarint(UInt64(keywords.count))
      for keyword in keywords { bytes.appendText(keyword) }
    }
    return bytes
  }

  /// - Parameter title: becomes the coded headline, which lives as long as the section.
  init(
    from reader: inout ByteReader, title: inout UnsafeRawBufferPointer
  ) throws(IndexFileError) {
    let flags = UInt8(try reader.number(width: 1))
    guard flags < 8 else { throw .inconsistent(.records, "flags \(flags)") }
    id = try reader.text()
    title = try reader.span(length: try reader.count(atMost: 1 << 40))
    url = flags & Self.hasURL == 0 ? nil : try reader.text()
    updated = flags & Self.hasUpdated == 0 ? nil : try reader.optionalDate()
    keywords = []
    guard flags & Self.hasKeywords != 0 else { return }
    // Each takes a byte at least, so a count cannot ask for more than there is.
    for _ in 0..<(try reader.varint()) { keywords.append(try reader.text()) }
  }
}
