import Foundation

/// An article in NITF, the News Industry Text Format. Source: https://iptc.org/standards/nitf/
enum NITFDocument {
  static func record(_ nitf: MarkupElement, fileID: String, _ draft: RecordDraft) -> ReadRecord {
    var draft = draft
    fill(&draft, from: nitf)
    if draft.article.id.isEmpty {
      draft.article.id = fileID
      draft.hasDerivedID = true
    }
    return draft.record(idNames: "<doc-id>")
  }

  static func fill(_ draft: inout RecordDraft, from nitf: MarkupElement) {
    let head = nitf.first("head")
    let data = head?.first("docdata")
    if draft.article.id.isEmpty {
      draft.identify(data?.first("doc-id")?.attribute("id-string"), url: nil)
    }
    readText(of: nitf, into: &draft)
    let publication = head?.all("pubdata") ?? []
    draft.article.published =
      draft.date(data?.first("date.issue")?.attribute("norm"), "<date.issue>")
      ?? draft.date(publication.first?.attribute("date.publication"), "\"date.publication\"")
    draft.embargo(data?.first("date.release")?.attribute("norm"), "<date.release>")
    draft.article.expires = draft.date(
      data?.first("date.expire")?.attribute("norm"), "<date.expire>")
    readStatus(data, into: &draft)
    draft.article.source =
      publication.lazy.compactMap { $0.attribute("name") }.first
      ?? nitf.descendant("distributor")?.line ?? data?.first("doc.copyright")?.attribute("holder")
    draft.article.section = publication.lazy.compactMap { $0.attribute("position.section") }.first
    draft.article.url = publication.lazy.compactMap { $0.attribute("ex-ref") }.first
    draft.article.language = nitf.attribute("xml:lang") ?? nitf.first("body")?.attribute("xml:lang")
    let keys = data?.first("key-list")?.all("keyword").compactMap { $0.attribute("key") } ?? []
    let subjects = head?.first("tobject")?.all("tobject.subject").compactMap {
      $0.attribute("tobject.subject.matter") ?? $0.attribute("tobject.subject.type")
    }
    draft.add(keywords: keys + (subjects ?? []))
  }

  private static func readText(of nitf: MarkupElement, into draft: inout RecordDraft) {
    let body = nitf.first("body")
    let hedline = body?.at("body.head", "hedline")
    draft.article.title =
      (hedline?.first("hl1") ?? hedline)?.line ?? nitf.at("head", "title")?.line ?? ""
    let content = body?.all("body.content") ?? []
    // Some archives give the lead again in a block of its own beside the full text.
    let full = content.flatMap(\.children).filter { $0.attribute("class") == "full_text" }
    let roots = full.isEmpty ? content : full
    draft.article.body = MarkupText.text(of: nitf.tree, below: roots.map(\.index))
    if draft.article.body.isEmpty {
      draft.article.body = body?.at("body.head", "abstract")?.text ?? ""
    }
  }

  private static func readStatus(_ data: MarkupElement?, into draft: inout RecordDraft) {
    switch data?.attribute("management-status") {
    case nil, "info", "usable", "unrestricted": break
    case "embargoed":
      if draft.article.embargoedUntil == nil { draft.article.status = .withheld }
    case "advisory": break
    case let word?: draft.status(word, "\"management-status\"")
    }
  }
}
