import Foundation

@testable import RelatedNews

/// Small files of every format, written after the specifications: places, people and outlets are
/// invented. For each format there is a normal one, an odd one and a broken one.
enum Fixtures {
  static let folder = SharedData.projectRoot.appending(path: "Tests/RelatedNewsTests/Fixtures")

  /// The names of all of them, by bytes.
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  static func read(_ name: String, jobs: Int = 1) throws -> ArticleCollection {
    try ArticleReader().read(try bytes(name), named: name, jobs: jobs)
  }

  /// Everything that was read from `name` as text, to compare with what was recorded.
  static func transcript(_ name: String) -> String {
    do {
      let collection = try read(name)
      return (collection.articles.map(text) + collection.remarks.map { "! \($0.kind): \($0)" })
        .joined(separator: "\n\n") + "\n"
    } catch {
      return "error: \(error)\n"
    }
  }

  static func text(_ article: Article) -> String {
    var lines = ["id: \(article.id)", "title: \(article.title)"]
    func add(_ name: String, _ value: String?) {
      if let value { lines.append("\(name): \(value)") }
    }
    add("published", article.published?.formatted(.iso8601))
    add("updated", article.updated?.formatted(.iso8601))
    add("source", article.source)
    add("section", article.section)
    add("keywords", article.keywords.isEmpty ? nil : article.keywords.joined(separator: " | "))
    add("url", article.url)
    add("language", article.language)
    add("status", article.status == .published ? nil : article.status.rawValue)
    add("embargoed until", article.embargoedUntil?.formatted(.iso8601))
    add("expires", article.expires?.formatted(.iso8601))
    return
      (lines
      + article.body.split(separator: "\n", omittingEmptySubsequences: false).map {
        "> " + $0
      }).joined(separator: "\n")
  }
}
