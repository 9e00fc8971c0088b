import Foundation
import RelatedNews
import Testing

/// A preview as a browser meets it: headless Chromium, opened from the disk.
///
/// `Tests/install-chromium` installs it from Debian; without it these tests skip, saying so.
@Suite(.serialized, .enabled(if: Chromium.path != nil, "no chromium here: Tests/install-chromium"))
struct ChromiumTests {
  @Test("pages load without a word on the console, script running, boxes in place")
  func pages() throws {
    let folder = try PreviewTests.site()
    for page in ["index.html", "health.html", "article/dam-3.html", "article/~choir-2.html"] {
      let result = try Chromium.open(folder.url.appending(path: "site/" + page))
      #expect(result.console.isEmpty, "\(page): \(result.console)")
      #expect(result.document.contains("</footer>"), "\(page)")
      if page.hasPrefix("article/") { #expect(result.document.contains("class=\"box\"")) }
    }
  }

  @Test("hostile articles are shown and do nothing")
  func hostile() throws {
    let folder = try PreviewTests.site()
    for article in [HostileNews.formula, HostileNews.breaker, HostileNews.link] {
      let page = "site/article/\(FileName.path(for: article.id)).html"
      let result = try Chromium.open(folder.url.appending(path: page))
      #expect(result.console.isEmpty, "\(result.console)")
      #expect(result.document.contains("&lt;script&gt;alert("))
    }
  }

  @Test("the filter box is there with a script, and finds stories of all pages")
  func filter() throws {
    let folder = try PreviewTests.site()
    let plain = try folder.text("site/index.html")
    #expect(plain.contains("role=\"search\" hidden"), "without a script there is no dead box")
    var page = try #require(
      URLComponents(
        url: folder.url.appending(path: "site/index.html"), resolvingAgainstBaseURL: false))
    page.fragment = "filter=CHOÏR night"
    let result = try Chromium.open(try #require(page.url))
    #expect(!result.document.contains("role=\"search\" hidden"))
    #expect(result.document.contains("6 stories</output>"), "accents and case make no difference")
    #expect(result.console.isEmpty)
  }

  @Test("the test itself sees an error on the console")
  func seesErrors() throws {
    let folder = try TemporaryFolder()
    try folder.write("<!DOCTYPE html><script>null.x</script>", to: "bad.html")
    #expect(try !Chromium.open(folder.url.appending(path: "bad.html")).console.isEmpty)
  }
}

/// Headless Chromium, one page a process.
enum Chromium {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first(where: FileManager.default.isExecutableFile)

  /// The document after its scripts have run, and what was said on the console.
  static func open(_ page: URL) throws -> (document: String, console: [String]) {
    let profile = try TemporaryFolder()
    let output = profile.url.appending(path: "document")
    let log = profile.url.appending(path: "log")
    try profile.write("", to: "document")
    try profile.write("", to: "log")
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
      "--user-data-dir=\(profile.path)/profile", "--virtual-time-budget=5000", "--dump-dom",
      page.absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: log)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let said = try profile.text("log").split(separator: "\n").filter { $0.contains(":CONSOLE:") }
    return (try profile.text("document"), said.map(String.init))
  }
}
