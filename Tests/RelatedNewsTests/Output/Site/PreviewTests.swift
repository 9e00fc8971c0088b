import Foundation
import FoundationXML
import RelatedNews
import Testing

/// A preview as files: no browser needed to see that it hangs together.
@Suite struct PreviewTests {
  static let archive = Archive.build(HostileNews.articles)

  /// A site of hostile articles in a folder of its own.
  static func site(jobs: Int = 1, limit: Int = 3) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var options = RecommendationOptions()
    options.limit = limit
    options.minimumScore = 0.01
    options.explains = true
    options.now = Date(timeIntervalSince1970: 1_720_000_000)
    let site = try SiteFolder(path: folder.path + "/site", putsAside: false)
    let recommender = Recommender(archive: archive, options: options, jobs: jobs)
    let preview = Preview(of: recommender, title: "<b>Sell</b> & Tarn", jobs: jobs)
    _ = try preview.write(to: site.files, jobs: jobs)
    _ = try site.commit()
    return folder
  }

  static func pages(of folder: TemporaryFolder) throws -> [(path: String, text: String)] {
    try folder.files("site").filter { $0.hasSuffix(".html") }.map {
      ($0, try folder.text("site/" + $0))
    }
  }

  @Test("every link inside the site leads to a file of it")
  func links() throws {
    let folder = try Self.site()
    let root = folder.url.appending(path: "site")
    var count = 0
    for (path, text) in try Self.pages(of: folder) {
      let page = root.appending(path: path)
      for match in text.matches(of: /(?:href|src)="([^"]*)"/) {
        let target = String(match.output.1)
        if target.hasPrefix("https://") || target.hasPrefix("data:") || target.hasPrefix("#") {
          continue
        }
        let file = page.deletingLastPathComponent().appending(path: target).standardized
        #expect(FileManager.default.fileExists(atPath: file.path), "\(path): \(target)")
        #expect(file.path.hasPrefix(root.path), "\(path): \(target)")
        count += 1
      }
    }
    #expect(count > 200)
  }

  @Test("every page is well-formed, says its language and loads nothing from outside")
  func wellFormed() throws {
    for (path, text) in try Self.pages(of: Self.site()) {
      // The same page as XML: void elements closed, the doctype and bare attributes taken out.
      let xml = text.replacing("<!DOCTYPE html>", with: "")
        .replacing(/<(meta|link|input)([^>]*)>/) { "<\($0.output.1)\($0.output.2)/>" }
        .replacing(/\ (defer|hidden)(?=[ >])/, with: "")
      #expect(throws: Never.self, "\(path)") { try XMLDocument(xmlString: xml) }
      #expect(text.contains("<html lang=\"en\""))
      #expect(text.contains("default-src 'none'"))
      #expect(!text.contains(/(?:src|href)="(?:https?:)?\/\/(?!x\.example)/), "\(path)")
    }
  }

  @Test("nothing of a hostile article is markup, a link or a command")
  func escaped() throws {
    for (path, text) in try Self.pages(of: Self.site()) {
      #expect(!text.contains("<script>alert") && !text.contains("<svg onload"), "\(path)")
      #expect(!text.contains("href=\"javascript") && !text.contains("<img"), "\(path)")
      #expect(
        !text.contains("onclick=\"") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
      #expect(!text.contains("<b>Sell"), "\(path)")
    }
  }

  @Test("every article that readers may see has a page with its box; no other has")
  func boxes() throws {
    let folder = try Self.site()
    let articles = try folder.files("site/article")
    #expect(articles.count == HostileNews.articles.count - 2)
    for path in articles {
      let text = try folder.text("site/article/" + path)
      #expect(text.contains("<nav class=\"box\" aria-labelledby=\"related\">"))
      #expect(text.contains("<h2 id=\"related\">Related News</h2>"))
      // A reason for each entry, said to those who hear the page too.
      let described = text.matches(of: /aria-describedby="(why-\d+)"/).map { String($0.output.1) }
      for reason in described { #expect(text.contains("id=\"\(reason)\"")) }
    }
    let all = try folder.text("site/index.html") + folder.text("site/assets/stories.js")
    #expect(!all.contains("unseen") && !all.contains("Tarn Dam, later"))
    #expect(try folder.text("site/health.html").contains("2 more are in the archive that"))
  }

  @Test("the same bytes at any number of jobs")
  func deterministic() throws {
    let one = try Self.site(jobs: 1)
    let seven = try Self.site(jobs: 7)
    #expect(try one.files("site") == seven.files("site"))
    for file in try one.files("site") {
      #expect(try one.text("site/\(file)") == seven.text("site/\(file)"))
    }
  }
}

@Suite struct ArchiveHealthTests {
  @Test("boxes, orphans, hubs and links of a small archive, counted by hand")
  func counted() {
    let day = { (number: Double) in Date(timeIntervalSince1970: number * 86_400) }
    let articles = [20.0, 10, 0].enumerated().map { Article(id: "\($0)", published: day($1)) }
    let health = ArchiveHealth(
      articles: articles,
      targets: [[(1, 0.5), (2, 0.949)], [(2, 0.05)], []], limit: 2)
    #expect(health.full == [0] && health.short == [1] && health.empty == [2])
    #expect(health.orphans == [0])  // nobody suggests the newest
    #expect(health.inbound == [[], [0], [0, 1]])
    #expect(health.mostLinked.map(\.boxes) == [2, 1] && health.hubs.isEmpty)
    #expect(health.oldestLinks.map(\.days) == [-20, -10, -10])
    #expect(health.newestLinks.isEmpty)  // nothing points ahead
    #expect(
      health.scoreCounts[10] == 1 && health.scoreCounts[18] == 1 && health.scoreCounts[1] == 1)
    #expect(health.linkCount == 3)
  }

  @Test("an article in more than four times a full box is a hub")
  func hub() {
    let articles = (0..<12).map { Article(id: "\($0)") }
    let targets = (0..<12).map { $0 == 0 ? [] : [(article: 0, score: Float(0.5))] }
    let health = ArchiveHealth(articles: articles, targets: targets, limit: 2)
    #expect(health.hubs.map(\.article) == [0] && health.hubs.map(\.boxes) == [11])
    #expect(health.hubThreshold == 8)
    #expect(health.orphans.count == 11)
  }
}

@Suite struct SiteFolderTests {
  private func make(_ path: String, putsAside: Bool = false) throws -> String? {
    let site = try SiteFolder(path: path, putsAside: putsAside)
    try site.files.write("new", to: "index.html")
    return try site.commit()
  }

  @Test("an earlier preview is replaced as a whole")
  func replaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/site"
    #expect(try make(path) == nil)
    try folder.write("old", to: "site/article/gone.html")
    #expect(try make(path + "/") == nil)
    #expect(try folder.files() == ["site/.related-news-preview", "site/index.html"])
  }

  @Test("any other folder is refused, and only with permission put aside, whole")
  func refused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/site"
    try folder.write("mine", to: "site/letters/a.txt")
    #expect(throws: OutputError.self) { try make(path) }
    #expect(try folder.files() == ["site/letters/a.txt"])
    #expect(try make(path, putsAside: true) == path + ".1")
    #expect(try folder.text("site.1/letters/a.txt") == "mine")
    #expect(try folder.text("site/index.html") == "new")
    // A preview with something of somebody else in it is not only a preview.
    try folder.write("mine", to: "site/CNAME")
    #expect(throws: OutputError.self) { try make(path) }
    #expect(try make(path, putsAside: true) == path + ".2")
  }

  @Test("a site that is not finished leaves the old one and no trace")
  func unfinished() throws {
    let folder = try TemporaryFolder()
    _ = try make(folder.path + "/site")
    do {
      let site = try SiteFolder(path: folder.path + "/site", putsAside: false)
      try site.files.write("half", to: "article/a.html")
    }
    #expect(try folder.files() == ["site/.related-news-preview", "site/index.html"])
  }

  @Test(
    "a file, and names that name no folder, are refused", arguments: [".", "..", "/", "", "file"])
  func names(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "file")
    let path = name == "file" ? folder.path + "/file" : name
    #expect(throws: OutputError.self) { _ = try SiteFolder(path: path, putsAside: false) }
    #expect(try folder.text("file") == "mine")
  }
}
