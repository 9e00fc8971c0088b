import Foundation

/// Articles that schema.org's vocabulary describes, in JSON-LD.
///
/// Found in arrays, in `@graph` and below `mainEntity`; every subclass of Article counts
/// (`ReportageNewsArticle`, `BlogPosting`, …). Source: https://schema.org/NewsArticle
enum SchemaArticle {
  static func isGraph(_ object: JSONObject) -> Bool {
    object.has("@context") || object.has("@graph") || object.has("@type")
  }

  /// Every article below `value`, in the order of the text.
  static func articles(in value: Any, depth: Int = 0) -> [JSONObject] {
    guard depth < 8 else { return [] }
    if let list = value as? [Any] { return list.flatMap { articles(in: $0, depth: depth + 1) } }
    guard let object = JSONObject(value) else { return [] }
    if isArticle(object) { return [object] }
    // Elsewhere articles are only mentioned: in lists, as parts, as what a comment is about.
    return ["@graph", "mainEntity"].flatMap { key in
      object[key].map { articles(in: $0, depth: depth + 1) } ?? []
    }
  }

  private static func isArticle(_ object: JSONObject) -> Bool {
    let types = (object["@type"] as? [Any] ?? [object["@type"] as Any]).compactMap { $0 as? String }
    return types.contains { type in
      let name = type.split { $0 == "/" || $0 == ":" || $0 == "#" }.last.map(String.init) ?? type
      return name.hasSuffix("Article") || name.hasSuffix("BlogPosting") || name == "Report"
    }
  }

  static func record(_ object: JSONObject, place: String, dates: DateReader) -> ReadRecord {
    var draft = RecordDraft(place: place, format: .schemaOrg, dates: dates)
    fill(&draft, from: object)
    draft.identify(identifier(of: object), url: draft.article.url)
    return draft.record(idNames: "\"identifier\" and no \"url\"")
  }

  /// Fills in what the object says; what it leaves open stays as it is.
  static func fill(_ draft: inout RecordDraft, from object: JSONObject) {
    if let title = object.text("headline", "name", "alternativeHeadline") {
      draft.article.title = MarkupText.line(ofHTML: title)
    }
    if let body = object.text("articleBody", "text") {
      draft.article.body = MarkupText.isHTML(body) ? MarkupText.text(ofHTML: body) : plain(body)
    }
    draft.article.published =
      draft.date(object.text("datePublished", "dateCreated"), "\"datePublished\"")
      ?? draft.article.published
    draft.article.updated =
      draft.date(object.text("dateModified"), "\"dateModified\"") ?? draft.article.updated
    draft.article.expires =
      draft.date(object.text("expires"), "\"expires\"") ?? draft.article.expires
    draft.article.section = object.names("articleSection").first ?? draft.article.section
    draft.article.url = url(of: object) ?? draft.article.url
    draft.article.source =
      name(object, "publisher") ?? name(object, "sourceOrganization") ?? name(object, "provider")
      ?? draft.article.source ?? name(object, "author")
    draft.article.language =
      object["inLanguage"] as? String ?? object.object("inLanguage")?.text("alternateName", "name")
      ?? draft.article.language
    draft.add(keywords: object.names("keywords"))
    if let status = object["creativeWorkStatus"] as? String {
      draft.status(status, "\"creativeWorkStatus\"")
    }
  }

  /// The text with its references resolved, paragraphs kept.
  private static func plain(_ text: String) -> String {
    HTMLEntities.decoded(text).replacing("\r\n", with: "\n")
  }

  private static func url(of object: JSONObject) -> String? {
    let page =
      object["mainEntityOfPage"] as? String ?? object.object("mainEntityOfPage")?.text("@id")
    for candidate in [object.text("url"), page, object.text("@id")] {
      if let candidate, candidate.hasPrefix("http://") || candidate.hasPrefix("https://") {
        return candidate
      }
    }
    return nil
  }

  static func identifier(of object: JSONObject) -> String? {
    object.text("identifier") ?? object.object("identifier")?.text("value", "@id")
  }

  private static func name(_ object: JSONObject, _ key: String) -> String? {
    object.objects(key).first?.text("name") ?? (object[key] as? String)
  }
}
