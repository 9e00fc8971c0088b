import Foundation

/// The state of an archive's boxes on one page: what is full, what is missing, what stands out.
struct HealthPage {
  /// Rows of a table at most; what is left out is said.
  private static let rows = 25
  private static let listed = 100

  let preview: Preview
  private var health: ArchiveHealth { preview.health }

  var html: String {
    let main = """
      <div class="health">
      <h1>The archive’s health</h1>
      <p class="lead">\(summary)</p>
      \(boxes)
      \(scores)
      \(hubs)
      \(orphans)
      \(copies)
      \(links)
      </div>
      """
    return SitePage(
      siteTitle: preview.title, title: "Health · \(preview.title)", place: .health, root: "",
      main: main
    ).html
  }

  /// The boxes as one bar: full, short, empty.
  static func share(_ health: ArchiveHealth) -> String {
    let counts = [health.full.count, health.short.count, health.empty.count]
    let total = counts.reduce(0, +)
    guard total > 0 else { return "" }
    var x = 0.0
    let parts = zip(["full", "short", "empty"], counts).map { name, count in
      let width = Double(count) / Double(total) * 100
      defer { x += width }
      return
        "<rect class=\"\(name)\" x=\"\(decimal(x))\" width=\"\(decimal(width))\" height=\"4\"/>"
    }
    return "<svg class=\"share\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" "
      + "aria-hidden=\"true\">\(parts.joined())</svg>"
  }

  private static func decimal(_ value: Double) -> String {
    Plain.decimal(Int((value * 1000).rounded()) * 1000)
  }

  // MARK: Sections

  private var summary: String {
    let total = preview.stories.count
    var text =
      "\(SitePage.counted(total, "article has", "articles have")) "
      + "\(SitePage.counted(health.linkCount, "suggestion", "suggestions")), "
      + "\(preview.limit) to a full box."
    if preview.hiddenCount > 0 {
      text +=
        " \(SitePage.counted(preview.hiddenCount, "more is", "more are")) in the archive that "
        + "readers may not see now: drafts, embargoed, expired, withdrawn."
    }
    return text
  }

  private var boxes: String {
    let total = max(1, preview.stories.count)
    let share = { (count: Int) in
      "\(SitePage.grouped(Int((Double(count) / Double(total) * 100).rounded()))) %"
    }
    return """
      <section aria-labelledby="boxes"><h2 id="boxes">Boxes</h2>
      <p>A short or an empty box is no fault: nothing more in the archive was good enough. Many of \
      them say that the archive is small for what it covers, or that --min-score is high.</p>
      <dl class="tiles">
      <div class="full"><dt>full, \(share(health.full.count))</dt><dd>\(SitePage.grouped(health.full.count))</dd></div>
      <div class="short"><dt>short, \(share(health.short.count))</dt><dd>\(SitePage.grouped(health.short.count))</dd></div>
      <div class="empty"><dt>empty, \(share(health.empty.count))</dt><dd>\(SitePage.grouped(health.empty.count))</dd></div>
      <div><dt>in nobody’s box</dt><dd>\(SitePage.grouped(health.orphans.count))</dd></div>
      </dl>
      \(Self.share(health))
      \(folded("Empty boxes", health.empty))
      </section>
      """
  }

  private var scores: String {
    let plot = ScorePlot(counts: health.scoreCounts)
    let step = 1 / Double(health.scoreCounts.count)
    let rows = health.scoreCounts.enumerated().filter { $0.element > 0 }.map { index, count in
      "<tr><td>\(ArticlePage.decimals(Double(index) * step)) to "
        + "\(ArticlePage.decimals(Double(index + 1) * step))</td>"
        + "<td class=\"number\">\(SitePage.grouped(count))</td></tr>"
    }
    return """
      <section aria-labelledby="scores"><h2 id="scores">Scores</h2>
      <p>\(plot.description)</p>
      \(plot.svg)
      <details><summary>The same as a table</summary><table>
      <tr><th scope="col">Score</th><th scope="col" class="number">Suggestions</th></tr>
      \(rows.joined(separator: "\n"))
      </table></details>
      </section>
      """
  }

  private var hubs: String {
    let shown = health.hubs.isEmpty ? health.mostLinked : Array(health.hubs.prefix(Self.rows))
    let most = shown.first?.boxes ?? 1
    let rows = shown.map { hub in
      let width = Int((Double(hub.boxes) / Double(most) * 100).rounded())
      return """
        <tr><td>\(preview.link(hub.article, root: ""))<span class="meta">\
        \(preview.facts(preview.stories[hub.article].article))</span></td>\
        <td class="bars"><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
        <rect width="\(width)" height="4" rx="1"/></svg></td>\
        <td class="number">\(SitePage.grouped(hub.boxes))</td></tr>
        """
    }
    let remark =
      health.hubs.isEmpty
      ? "No article is in more than \(health.hubThreshold) boxes, four times a full one: none takes "
        + "the place of others. The most suggested ones:"
      : "\(SitePage.counted(health.hubs.count, "article is", "articles are")) in more than "
        + "\(health.hubThreshold) boxes, four times a full one. Look whether they belong there, and "
        + "ban those that do not (--pins)."
    guard !rows.isEmpty else { return "" }
    return """
      <section aria-labelledby="hubs"><h2 id="hubs">Hubs</h2>
      <p>\(remark)</p>
      <div class="scroll"><table>
      <tr><th scope="col">Article</th><td></td><th scope="col" class="number">Boxes</th></tr>
      \(rows.joined(separator: "\n"))
      </table></div>
      \(more(health.hubs.count - shown.count))
      </section>
      """
  }

  private var orphans: String {
    """
    <section aria-labelledby="orphans"><h2 id="orphans">Orphans</h2>
    <p>\(health.orphans.isEmpty ? "Every article is in somebody’s box." : "\(SitePage.counted(health.orphans.count, "article is", "articles are")) in nobody’s box: readers come to them only from elsewhere.")</p>
    \(folded("Orphans, newest first", health.orphans))
    </section>
    """
  }

  private var copies: String {
    let groups = preview.groups.prefix(Self.rows).map { group in
      let items = group.map { story in
        "<li>\(preview.link(story, root: ""))<p class=\"meta\">"
          + "\(preview.facts(preview.stories[story].article))</p></li>"
      }
      return "<li><details class=\"versions\"><summary>\(SitePage.grouped(group.count)) versions: "
        + "\(HTML.escaped(Preview.title(of: preview.stories[group[0]].article)))</summary>"
        + "<ul>\(items.joined())</ul></details></li>"
    }
    let count = preview.groups.count
    let articles = preview.groups.reduce(0) { $0 + $1.count }
    return """
      <section aria-labelledby="copies"><h2 id="copies">Near-duplicates</h2>
      <p>\(count == 0 ? "No two articles are versions of one text." : "\(SitePage.counted(count, "text is", "texts are")) in the archive in more than one version, \(SitePage.grouped(articles)) articles together. A box shows the newest version of each.")</p>
      <ul class="columns">\(groups.joined(separator: "\n"))</ul>
      \(more(count - groups.count))
      </section>
      """
  }

  private var links: String {
    let table = { (name: String, links: [ArchiveHealth.Link]) in
      guard !links.isEmpty else { return "" }
      let rows = links.map { link in
        "<tr><td>\(preview.link(link.source, root: ""))<span class=\"meta\">"
          + "\(preview.facts(preview.stories[link.source].article))</span></td>"
          + "<td>\(preview.link(link.target, root: ""))<span class=\"meta\">"
          + "\(preview.facts(preview.stories[link.target].article))</span></td>"
          + "<td class=\"number\">\(SiteDate.distance(days: link.days))</td></tr>"
      }
      return """
        <div class="scroll"><table>
        <tr><th scope="col">\(name)</th><th scope="col">suggests</th><th scope="col" class="number">which is</th></tr>
        \(rows.joined(separator: "\n"))
        </table></div>
        """
    }
    return """
      <section aria-labelledby="links"><h2 id="links">Oldest and newest links</h2>
      <p>The suggestions that reach furthest back, and those that reach furthest ahead.</p>
      \(table("Furthest back", health.oldestLinks))
      \(table("Furthest ahead", health.newestLinks))
      </section>
      """
  }

  // MARK: Parts

  /// A list that opens on demand.
  private func folded(_ name: String, _ stories: [Int]) -> String {
    guard !stories.isEmpty else { return "" }
    let items = stories.prefix(Self.listed).map { story in
      "<li>\(preview.link(story, root: ""))<p class=\"meta\">"
        + "\(preview.facts(preview.stories[story].article))</p></li>"
    }
    return """
      <details><summary>\(name) (\(SitePage.grouped(stories.count)))</summary>
      <ul class="columns">\(items.joined(separator: "\n"))</ul>
      \(more(stories.count - items.count))</details>
      """
  }

  private func more(_ count: Int) -> String {
    count > 0 ? "<p class=\"more\">And \(SitePage.grouped(count)) more.</p>" : ""
  }
}
