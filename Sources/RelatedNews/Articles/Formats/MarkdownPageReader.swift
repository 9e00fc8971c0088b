import Foundation

/// Reads a Markdown page of a static site: Hugo's and Jekyll's front matter, then the text.
///
/// The id is front matter's `id`, else the file's name (`index.md` has its folder's). Jekyll's
/// names begin with the date: `2024-03-05-dam-holds.md`.
enum MarkdownPageReader {
  static func read(_ bytes: [UInt8], file: InputFile, dates: DateReader) -> ReadRecord {
    var draft = RecordDraft(place: file.name, format: .markdown, dates: dates)
    if let problem = TextEncoding.problem(in: bytes[...]) {
      return ReadRecord(
        place: file.name, skipped: problem, reason: TextEncoding.reason(of: problem),
        format: .markdown)
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
    guard let first = lines.first?.trimmingCharacters(in: .whitespaces) else {
      return draft.skipped("no text")
    }
    let split = FrontMatter.split(lines)
    if split == nil, first == "---" || first == "+++" {
      return draft.skipped("front matter without its end: a line \"\(first)\" is missing")
    }
    let matter = split?.matter ?? FrontMatter()
    if let odd = matter.oddLines.first {
      draft.warnings.append("front matter, line \(odd): neither a field nor a part of one")
    }
    fill(&draft, from: matter, file: file)
    readText(split?.page ?? lines[...], into: &draft)
    return draft.record(idNames: "id")
  }

  private static func readText(_ page: ArraySlice<Substring>, into draft: inout RecordDraft) {
    var page = page.drop { $0.allSatisfy(\.isWhitespace) }
    if let first = page.first, let heading = MarkdownText.heading(first) {
      // A heading that repeats the title is no paragraph.
      if draft.article.title.isEmpty { draft.article.title = heading }
      if MarkupText.oneLine(heading) == draft.article.title { page = page.dropFirst() }
    }
    draft.article.body = MarkdownText.text(of: page)
  }

  private static func fill(
    _ draft: inout RecordDraft, from matter: FrontMatter, file: InputFile
  ) {
    draft.article.id = matter.text("id", "uid", "guid") ?? file.id
    draft.hasDerivedID = matter.text("id", "uid", "guid") == nil
    draft.article.title = MarkupText.line(ofHTML: matter.text("title", "headline") ?? "")
    let shown = draft.date(matter.text("publishDate", "pubdate"), "\"publishDate\"")
    draft.article.published =
      draft.date(matter.text("date"), "\"date\"") ?? shown ?? dateOfName(file, draft)
    // Hugo shows a page from this date on; a later date than the page's is an embargo.
    draft.article.embargoedUntil = shown
    draft.article.updated = draft.date(
      matter.text("lastmod", "modified", "updated", "last_modified_at"), "\"lastmod\"")
    draft.article.expires = draft.date(
      matter.text("expiryDate", "unpublishdate"), "\"expiryDate\"")
    if matter.flag("draft") == true || matter.flag("published") == false {
      draft.article.status = .draft
    }
    draft.status(matter.text("status"), "\"status\"")
    let categories = matter.list("categories") + matter.list("category")
    draft.article.section = matter.text("section") ?? categories.first
    draft.add(
      keywords: matter.list("tags") + matter.list("keywords") + categories)
    draft.article.source = matter.text("source", "publisher", "outlet")
    draft.article.language = matter.text("language", "lang")
    draft.article.url = matter.text("canonicalURL", "canonical_url", "url", "permalink")
  }

  private static func dateOfName(_ file: InputFile, _ draft: RecordDraft) -> Date? {
    let name = file.id.prefix(10)
    guard name.utf8.count == 10, file.id.dropFirst(10).hasPrefix("-") else { return nil }
    var copy = draft
    return copy.date(String(name), "the file's name")
  }
}
