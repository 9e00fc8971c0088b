import Foundation

/// All that a preview of an archive shows, ready to be written page by page.
///
/// Only articles that readers may see have a page; drafts, embargoed and expired ones stay out.
package struct Preview: Sendable {
  /// One article with its box.
  struct Story: Sendable {
    let article: Article
    /// Below the site's root: `article/harrow-dam.html`.
    let path: String
    let box: [Suggestion]
  }

  /// One entry of a box. Articles are given by their position in `stories`.
  struct Suggestion: Sendable {
    let story: Int
    let score: Float
    /// The other versions of it, newest first.
    let versions: [Int]
    let reason: Reason
    /// Why it is there although it is not related, in one word.
    let label: String?
  }

  /// Why it is there, cut to what a reader takes in.
  struct Reason: Sendable {
    let sentence: String
    let terms: [(name: String, value: Double)]
    let relatedness: Double
    let recency: Double
  }

  /// What the archive is called.
  let title: String
  /// Newest first, undated last.
  let stories: [Story]
  /// Stories that are versions of one text, newest first.
  let groups: [[Int]]
  /// How many articles of the archive readers may not see.
  let hiddenCount: Int
  /// How many entries a full box has.
  let limit: Int
  package let health: ArchiveHealth

  package var storyCount: Int { stories.count }

  private static let chunk = 1024
  private static let termCount = 4

  /// - Parameter recommender: with `explains` set each reason says what its terms bring.
  package init(of recommender: Recommender, title: String, jobs: Int) {
    let archive = recommender.archive
    let seen = Eligibility()
    let numbers = archive.articles.indices.filter {
      seen.refusal(of: archive.articles[$0], language: .und, now: recommender.now) == nil
    }
    var positions = [Int?](repeating: nil, count: archive.count)
    for (position, number) in numbers.enumerated() { positions[number] = position }
    let rebuild = Rebuild(of: numbers, by: recommender, jobs: jobs)
    var boxes: [[Suggestion]] = []
    WorkObserver.named("lists") {
      for range in rebuild.chunks(of: Self.chunk) {
        // Cut at once: whole explanations of a large archive would not fit the memory.
        boxes += rebuild.lists(at: range, jobs: jobs).map { list in
          list.items.compactMap { Self.suggestion($0, archive: archive, positions: positions) }
        }
      }
    }
    self.title = title
    stories = zip(numbers, boxes).map { number, box in
      let article = archive.articles[number]
      return Story(
        article: article, path: "article/\(FileName.path(for: article.id)).html", box: box)
    }
    groups = rebuild.versionGroups().map { $0.compactMap { positions[$0] } }
      .filter { $0.count > 1 }
    hiddenCount = archive.count - numbers.count
    limit = recommender.options.limit
    health = ArchiveHealth(
      articles: stories.map(\.article),
      targets: boxes.map { $0.map { ($0.story, $0.score) } }, limit: limit)
  }

  private static func suggestion(
    _ item: Recommendation, archive: Archive, positions: [Int?]
  ) -> Suggestion? {
    let position = { (id: String) in archive.number(of: id).flatMap { positions[$0] } }
    guard let story = position(item.article.id) else { return nil }
    let versions = item.versions.compactMap(position).filter { $0 != story }
    return Suggestion(
      story: story, score: item.score, versions: versions, reason: reason(for: item),
      label: item.isPinned ? "pinned" : item.fallback.map { _ in "filler" })
  }

  private static func reason(for item: Recommendation) -> Reason {
    let explanation = item.explanation
    let sentence =
      item.isPinned
      ? "An editor put it here."
      : item.fallback.map { "Not related; it fills the box (\($0))." }
        ?? explanation?.plainWords ?? Explanation.sentence(about: item.because)
    let terms = (explanation?.contributions ?? []).prefix(termCount).filter { $0.value > 0 }
    return Reason(
      sentence: sentence, terms: terms.map { ($0.term, $0.value) },
      relatedness: explanation?.relatedness ?? Double(item.score),
      recency: explanation?.recencyFactor ?? 1)
  }
}

// MARK: Writing

extension Preview {
  /// Writes every page; the same bytes at any number of `jobs`.
  ///
  /// - Returns: how many pages there are.
  package func write(to files: SiteFolder.Files, jobs: Int) throws -> Int {
    try files.write(SiteStyle.text + "\n", to: "assets/style.css")
    try files.write(SiteScript.text + "\n", to: "assets/site.js")
    try files.write(storyIndex, to: "assets/stories.js")
    let health = HealthPage(preview: self)
    try files.write(health.html, to: "health.html")
    let fronts = FrontPages(preview: self)
    for page in 0..<fronts.count {
      try files.write(fronts.html(page: page), to: fronts.path(page: page))
    }
    let ranges = evenRanges(of: stories.count, pieces: max(1, stories.count / 32))
    let failures = WorkObserver.named("pages") {
      concurrentMap(count: ranges.count, jobs: jobs) { piece -> OutputError? in
        do throws(OutputError) {
          for position in ranges[piece] {
            try files.write(
              ArticlePage(preview: self, position: position).html, to: stories[position].path)
          }
          return nil
        } catch {
          return error
        }
      }
    }
    if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    return stories.count + fronts.count + 1
  }

  /// What the filter box looks through: a script, as a page opened from a disk may load nothing else.
  private var storyIndex: String {
    let entries = stories.map { story in
      let article = story.article
      return
        "{\"p\":\(JSONText.string(story.path)),\"t\":\(JSONText.string(Self.title(of: article))),"
        + "\"d\":\(JSONText.string(article.published.map(SiteDate.day) ?? "")),"
        + "\"o\":\(JSONText.string(article.source ?? "")),"
        + "\"s\":\(JSONText.string(article.section ?? ""))}"
    }
    return "self.relatedNewsStories = [\n\(entries.joined(separator: ",\n"))\n];\n"
  }

  /// Every article is called something.
  static func title(of article: Article) -> String {
    let title = article.title.trimmingCharacters(in: .whitespacesAndNewlines)
    return title.isEmpty ? article.id : title
  }

  /// A link to a story's page, from a page at `root`.
  func link(_ position: Int, root: String, attributes: String = "") -> String {
    let story = stories[position]
    return "<a href=\"\(root)\(story.path)\"\(HTML.language(story.article))\(attributes)>"
      + "\(HTML.escaped(Self.title(of: story.article)))</a>"
  }

  /// Date and source, each in an element of its own.
  func facts(_ article: Article) -> String {
    var parts: [String] = []
    if let published = article.published { parts.append(SiteDate.element(published)) }
    if let source = article.source { parts.append("<span>\(HTML.escaped(source))</span>") }
    return parts.joined()
  }

  /// The other versions of a story, folded; nothing where there are none.
  func versions(_ versions: [Int], root: String) -> String {
    guard !versions.isEmpty else { return "" }
    let items = versions.map { version in
      "<li>\(link(version, root: root))"
        + "<p class=\"meta\">\(facts(stories[version].article))</p></li>"
    }
    return "<details class=\"versions\"><summary>"
      + SitePage.counted(versions.count, "other version", "other versions")
      + "</summary><ul>\(items.joined())</ul></details>"
  }
}
