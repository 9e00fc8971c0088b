/// A format that articles are read from.
public enum ArticleFormat: String, Sendable, Hashable, Codable, CaseIterable {
  case jsonLines = "JSON Lines"
  case rss = "RSS"
  case atom = "Atom"
  case jsonFeed = "JSON Feed"
  case wordPress = "WordPress export"
  case schemaOrg = "schema.org"
  case htmlPage = "HTML page"
  case ninjs = "ninjs"
  case newsML = "NewsML-G2"
  case nitf = "NITF"
  case csv = "CSV"
  case markdown = "Markdown"
  case washingtonPost = "TREC Washington Post"
  case textPage = "text page"
  /// Files that are in none of these.
  case other = "other"
}
