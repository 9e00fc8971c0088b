import Foundation
import Testing

@testable import RelatedNews

/// Formats as the tool's users meet them: named on the command line, judged by what comes out.
@Suite struct ReadingToolTests {
  private static let tool: URL? = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let release = SharedData.projectRoot.appending(path: ".build/release")
    return [folder, release].map { $0.appending(path: "related-news") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  private func run(
    _ arguments: [String]
  ) throws -> (status: Int32, output: String, remarks: String) {
    let process = Process()
    try #require(Self.tool != nil)
    process.executableURL = Self.tool
    process.arguments = arguments
    let output = Pipe()
    let remarks = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data().write(to: remarks)
    defer { try? FileManager.default.removeItem(at: remarks) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: remarks)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, try String(contentsOf: remarks, encoding: .utf8))
  }

  @Test("every fixture goes through the tool: a list for each article, or one line and status 1")
  func roundTrip() throws {
    for name in Fixtures.names {
      let path = Fixtures.folder.appending(path: name).path
      let expected = try? ArticleReader().read([path])
      let result = try run(["rebuild", path, "--format", "jsonl"])
      guard let expected, !expected.articles.isEmpty else {
        #expect(result.status == 1, "\(name)")
        #expect(result.remarks.contains("no article could be read"), "\(name)")
        continue
      }
      #expect(result.status == 0, "\(name): \(result.remarks)")
      let ids = try result.output.split(separator: "\n").map { line in
        try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["id"]
          as? String
      }
      #expect(ids == expected.articles.map(\.id), "\(name)")
    }
  }

  @Test("a mixed folder is read as a whole, and the report counts it by format")
  func mixedFolder() throws {
    let feeds = SharedData.projectRoot.appending(path: "Data/feeds").path
    let result = try run(["rebuild", feeds, "--report"])
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 8)
    for word in ["RSS", "NewsML-G2", "Markdown", "schema.org", "CSV", "embargoedUntil"] {
      #expect(result.remarks.contains(word))
    }
  }

  @Test("later news in any format finds its story in the archive")
  func suggestions() throws {
    let data = SharedData.projectRoot.appending(path: "Data")
    let files = ["kessel-valley-post.rss", "estra-wire.newsml.xml", "okafor-dike.html"].map {
      data.appending(path: "feeds/\($0)").path
    }
    let archive = data.appending(path: "archive.jsonl").path
    let result = try run(["suggest", archive] + files + ["--format", "trec", "--limit", "1"])
    #expect(result.status == 0)
    let pairs = result.output.split(separator: "\n").map { $0.split(separator: " ") }
      .map { "\($0[0]) \($0[2].prefix(5))" }
    #expect(
      pairs == [
        "kesselpost-wolf-first-winter wolf-",  // the fences on Tannberg
        "kesselpost-harrow-first-water harro",  // the rebuilt spillway
        "urn:newsml:estrawire.example:20251209:halder-trial halde",  // Pell of Halder Savings
        "urn:newsml:estrawire.example:20251209:measles measl",
        "okafor-dike varnh",  // the rehearsal of the mobile wall
      ])
  }

  @Test("columns that are not there are wrong, in one line")
  func columns() throws {
    let table = Fixtures.folder.appending(path: "table.csv").path
    let wrong = try run(["rebuild", table, "--columns", "title=kop"])
    #expect(wrong.status == 1 && wrong.remarks.contains("no column \"kop\""))
    let usage = try run(["rebuild", table, "--columns", "headline"])
    #expect(usage.status == 2 && usage.remarks.contains("expected field=column"))
    let right = try run(["rebuild", table, "--columns", "title=text,body=headline", "--quiet"])
    #expect(right.status == 0 && right.remarks.isEmpty)
  }

  @Test("strict reading ends with the first record left out")
  func strict() throws {
    let path = Fixtures.folder.appending(path: "rss-odd.xml").path
    let result = try run(["rebuild", path, "--strict"])
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.remarks.contains("rss-odd.xml:5: has no end tag"))
  }
}
