/// Which column of a table is which field of an article: `--columns title=headline,body=text`.
///
/// Names are compared without case, spaces and signs, so `Post Title` is `post_title`. Without a
/// word from the user the usual names of exports are known.
public struct ColumnNames: Sendable, Hashable {
  private var chosen: [String: String] = [:]

  /// The usual names only.
  public init() {}

  /// - Parameter text: `field=column` with commas between.
  /// - Throws: `ReadingError` for a field that articles do not have.
  public init(parsing text: String) throws {
    for pair in text.split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1).map {
        $0.trimmingPrefix { $0.isWhitespace }
      }
      guard sides.count == 2, !sides[1].isEmpty else {
        throw ReadingError("--columns \(pair): expected field=column, such as title=headline")
      }
      guard let field = Self.fields.first(where: { Self.folded($0) == Self.folded(sides[0]) })
      else {
        throw ReadingError(
          "--columns \(pair): no field \"\(sides[0])\"; fields are "
            + Self.fields.joined(separator: ", "))
      }
      chosen[field] = String(sides[1])
    }
  }

  var isEmpty: Bool { chosen.isEmpty }

  /// For each field the number of its column.
  /// - Throws: `ReadingError` if a chosen column is not there, or none is known.
  func positions(in header: [String], named name: String) throws -> [String: Int] {
    var result: [String: Int] = [:]
    let folded = header.map(Self.folded)
    for field in Self.fields {
      if let column = chosen[field] {
        guard let index = folded.firstIndex(of: Self.folded(column)) else {
          throw ReadingError(
            "\(name): no column \"\(column)\" for --columns \(field)=\(column); the columns are "
              + header.joined(separator: ", "))
        }
        result[field] = index
      } else {
        result[field] = Self.usual[field]?.lazy.compactMap(folded.firstIndex(of:)).first
      }
    }
    guard result["title"] != nil || result["body"] != nil else {
      throw ReadingError(
        "\(name): no column for title or body among \(header.joined(separator: ", ")); "
          + "name them: --columns title=…,body=…")
    }
    return result
  }

  /// How many of `cells` are usual names of fields, or chosen ones.
  func known(in cells: [String]) -> Int {
    let folded = Set(cells.map(Self.folded))
    return Self.fields.count { field in
      if let column = chosen[field] { return folded.contains(Self.folded(column)) }
      return Self.usual[field]?.contains(where: folded.contains) ?? false
    }
  }

  private static func folded(_ name: some StringProtocol) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  static let fields = [
    "id", "title", "body", "published", "updated", "source", "section", "keywords", "url",
    "language", "status", "embargoedUntil", "expires",
  ]

  /// The names that exports, crawlers and data sets use, the most telling one first.
  private static let usual: [String: [String]] = [
    "id": ["id", "guid", "uuid", "docid", "documentid", "articleid", "postid", "nid", "newsid"],
    "title": ["title", "headline", "posttitle", "articletitle", "heading", "head", "标题"],
    "body": [
      "body", "text", "content", "articlebody", "bodytext", "fulltext", "maintext", "postcontent",
      "articletext", "article", "story", "正文",
    ],
    "published": [
      "published", "publishedat", "publishdate", "publisheddate", "publicationdate", "pubdate",
      "datepublished", "postdate", "date", "datetime", "created", "createdat", "timestamp", "日期",
    ],
    "updated": [
      "updated", "updatedat", "modified", "modifiedat", "lastmodified", "datemodified", "lastmod",
      "postmodified",
    ],
    "source": ["source", "publisher", "publication", "outlet", "agency", "newspaper", "来源"],
    "section": ["section", "category", "categories", "desk", "rubric", "department", "topic"],
    "keywords": ["keywords", "tags", "keyword", "subjects"],
    "url": ["url", "link", "permalink", "canonicalurl", "href", "address", "articleurl"],
    "language": ["language", "lang", "locale"],
    "status": ["status", "state", "poststatus", "pubstatus"],
    "embargoedUntil": ["embargoeduntil", "embargo", "embargoed", "embargodate"],
    "expires": ["expires", "expiresat", "expiry", "expirydate", "expirationdate"],
  ]
}
