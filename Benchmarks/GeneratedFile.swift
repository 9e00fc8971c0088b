import Foundation
import RelatedNews

/// A generated archive as JSON Lines, for other programs to read.
struct GeneratedFile {
  let options: BenchmarkOptions

  func write() throws {
    guard let count = options.generated, let path = options.output else {
      throw UsageError("generate needs --generate N and --output FILE")
    }
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw UsageError("\(path): cannot be written")
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    let news = GeneratedNews(count: count, distinctTerms: options.distinctTerms)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for range in evenRanges(of: count, pieces: count / 1_000 + 1) {
      let lines = try concurrentMap(count: range.count, jobs: options.jobs) {
        news.article(range.lowerBound + $0)
      }
      .map { article in
        try encoder.encode(["id": article.id, "title": article.title, "body": article.body])
          + Data("\n".utf8)
      }
      try handle.write(contentsOf: Data(lines.joined()))
    }
    try handle.close()
  }
}
