import Foundation

/// The stories of an archive, newest first, day by day, a hundred a page; versions of one text are
/// one entry.
struct FrontPages {
  private static let pageSize = 100
  private static let leadLength = 220

  let preview: Preview
  /// The entries: a story with the other versions of it.
  private let entries: [(story: Int, versions: [Int])]

  init(preview: Preview) {
    self.preview = preview
    var others: [Int: [Int]] = [:]
    var isFolded = [Bool](repeating: false, count: preview.stories.count)
    for group in preview.groups {
      others[group[0]] = Array(group.dropFirst())
      for story in group.dropFirst() { isFolded[story] = true }
    }
    entries = preview.stories.indices.filter { !isFolded[$0] }.map { ($0, others[$0] ?? []) }
  }

  var count: Int { max(1, (entries.count + Self.pageSize - 1) / Self.pageSize) }

  func path(page: Int) -> String { page == 0 ? "index.html" : "page/\(page + 1).html" }

  func html(page: Int) -> String {
    let root = SitePage.root(from: path(page: page))
    let total = SitePage.counted(preview.stories.count, "story", "stories")
    let title = page == 0 ? total : "Stories, page \(SitePage.grouped(page + 1))"
    let main = """
      <div class="front\(page == 0 ? " first" : "")">
      <div class="intro"><div><h1>\(HTML.escaped(title))</h1>
      <p>\(summary)</p></div>
      <form class="filter" role="search" hidden><label for="filter">Filter all stories</label>
      <input id="filter" type="search" autocomplete="off" placeholder="Headline, source, section, date">
      <output for="filter" aria-live="polite"></output></form></div>
      <div><div class="results" hidden></div>
      <div class="stories">
      \(days(of: page).map { day($0, root: root) }.joined(separator: "\n"))
      \(turns(page: page, root: root))
      </div></div>
      <aside class="rail" aria-label="About this archive">
      \(healthNote(root: root))
      \(pageList(page: page, root: root))
      </aside>
      </div>
      """
    return SitePage(
      siteTitle: preview.title, title: "\(preview.title): \(title)",
      place: page == 0 ? .stories : .article, root: root,
      main: main
    ).html
  }

  // MARK: Entries

  private func range(of page: Int) -> Range<Int> {
    min(page * Self.pageSize, entries.count)..<min((page + 1) * Self.pageSize, entries.count)
  }

  /// The entries of a page, cut where the day changes.
  private func days(of page: Int) -> [[Int]] {
    var days: [[Int]] = []
    var last: String? = nil
    for entry in range(of: page) {
      let day = preview.stories[entries[entry].story].article.published.map(SiteDate.day) ?? ""
      if day == last { days[days.count - 1].append(entry) } else { days.append([entry]) }
      last = day
    }
    return days
  }

  private func day(_ day: [Int], root: String) -> String {
    let date = preview.stories[entries[day[0]].story].article.published
    let heading =
      date.map { "<span>\(SiteDate.day($0))</span> \(SiteDate.weekday($0))" } ?? "Undated"
    return """
      <section class="day"><h2>\(heading)</h2>
      <ol>
      \(day.map { story(entries[$0], root: root) }.joined(separator: "\n"))
      </ol></section>
      """
  }

  private func story(_ entry: (story: Int, versions: [Int]), root: String) -> String {
    let story = preview.stories[entry.story]
    let article = story.article
    let language = HTML.language(article)
    let kicker = article.section.map { "<p class=\"kicker\">\(HTML.escaped($0))</p>" } ?? ""
    let lead = Self.lead(of: article)
    return """
      <li class="story">\(kicker)<h3>\(preview.link(entry.story, root: root))</h3>
      \(lead.isEmpty ? "" : "<p class=\"lead\"\(language)>\(HTML.escaped(lead))</p>")
      <p class="meta">\(article.source.map { "<span>\(HTML.escaped($0))</span>" } ?? "")\
      <span>\(story.box.isEmpty ? "nothing related" : "\(story.box.count) related")</span></p>
      \(preview.versions(entry.versions, root: root))</li>
      """
  }

  /// The first paragraph, cut at a word.
  static func lead(of article: Article) -> String {
    let first = ArticlePage.paragraphs(of: article.body).first ?? ""
    guard first.count > leadLength else { return first }
    let cut = first.prefix(leadLength)
    guard let space = cut.lastIndex(of: " ") else { return cut + "…" }
    return cut[..<space] + " …"
  }

  // MARK: Around them

  private var summary: String {
    let dates = preview.stories.compactMap(\.article.published)
    guard let newest = dates.first, let oldest = dates.last else { return "Undated" }
    return "\(SiteDate.element(oldest)) to \(SiteDate.element(newest))"
  }

  private func healthNote(root: String) -> String {
    let health = preview.health
    return """
      <section><h2>Related News</h2>
      \(HealthPage.share(health))
      <p class="meta"><span>\(SitePage.grouped(health.full.count)) full</span>\
      <span>\(SitePage.grouped(health.short.count)) short</span>\
      <span>\(SitePage.grouped(health.empty.count)) empty</span></p>
      <p class="meta"><a href="\(root)health.html">The archive’s health</a></p></section>
      """
  }

  private func turns(page: Int, root: String) -> String {
    guard count > 1 else { return "" }
    let newer =
      page > 0 ? "<a rel=\"prev\" href=\"\(root)\(path(page: page - 1))\">← Newer</a>" : ""
    let older =
      page + 1 < count ? "<a rel=\"next\" href=\"\(root)\(path(page: page + 1))\">Older →</a>" : ""
    return """
      <nav class="pages" aria-label="Pages"><span>\(newer)</span>
      <span>Page \(SitePage.grouped(page + 1)) of \(SitePage.grouped(count))</span>
      <span>\(older)</span></nav>
      """
  }

  private func pageList(page: Int, root: String) -> String {
    guard count > 1 else { return "" }
    let items = (0..<count).map { other in
      let mark = other == page ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(root)\(path(page: other))\"\(mark)>\(label(page: other))</a></li>"
    }
    return """
      <nav aria-label="By date"><h2>By date</h2>
      <details><summary>\(SitePage.grouped(count)) pages</summary><ul>
      \(items.joined(separator: "\n"))
      </ul></details></nav>
      """
  }

  /// From its newest day to its oldest.
  private func label(page: Int) -> String {
    let dates = range(of: page).compactMap { preview.stories[entries[$0].story].article.published }
    guard let newest = dates.first, let oldest = dates.last else { return "Undated" }
    let days = [SiteDate.day(newest), SiteDate.day(oldest)]
    return days[0] == days[1] ? days[0] : "\(days[0]) – \(days[1])"
  }
}
