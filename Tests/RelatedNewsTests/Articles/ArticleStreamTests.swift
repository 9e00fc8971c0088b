import Foundation
import Testing

@testable import RelatedNews

@Suite struct ArticleStreamTests {
  @Test("a folder of every format streams the records that reading it collects")
  func sameRecords() async throws {
    let reader = ArticleReader()
    let paths = ["rss.xml", "atom.xml", "own-array.json", "table.csv", "hugo.md", "page.html"].map {
      Fixtures.folder.appending(path: $0).path
    }
    var streamed: [String] = []
    for try await article in reader.articles(at: paths) { streamed.append(Fixtures.text(article)) }
    let collected = try reader.read(paths).articles
    #expect(streamed == collected.map(Fixtures.text))
  }

  @Test("remarks come along; strict reading ends with the first record left out")
  func remarks() async throws {
    let path = Fixtures.folder.appending(path: "own.jsonl").path
    let places = Places()
    var count = 0
    for try await _ in ArticleReader().articles(at: [path], onRemark: { places.add($0.place) }) {
      count += 1
    }
    #expect(count == 4)
    #expect(places.all.contains(path + ":4"))
    await #expect(throws: ReadingError.self) {
      for try await _ in ArticleReader(isStrict: true).articles(at: [path]) {}
    }
  }

  @Test("many tasks may iterate one stream; each reads it whole")
  func manyTasks() async throws {
    let stream = ArticleReader().articles(at: [Fixtures.folder.appending(path: "rss.xml").path])
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try await stream.reduce(0) { count, _ in count + 1 } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 2, count: 8))
  }

  @Test("a cancelled task stops reading")
  func cancelled() async throws {
    let path = Fixtures.folder.appending(path: "rss.xml").path
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      for try await _ in ArticleReader().articles(at: [path]) {}
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// A class: a closure that may be called from any task adds to it.
  private final class Places: @unchecked Sendable {
    private let lock = NSLock()
    private var places: [String] = []

    func add(_ place: String) { lock.withLock { places.append(place) } }
    var all: [String] { lock.withLock { places } }
  }
}
