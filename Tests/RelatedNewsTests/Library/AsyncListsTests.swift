import Foundation
import RelatedNews
import Testing

/// The library from many tasks at once, as a server uses it.
@Suite struct AsyncListsTests {
  private static let articles = (0..<90).map { number in
    Article(
      id: "a\(number)", title: "Story \(number % 9) goes on",
      body: "Word\(number % 9) thing\(number % 7) place\(number % 5) said on day \(number).",
      published: Date(timeIntervalSince1970: Double(number) * 86_400))
  }
  private static let recommender = Recommender(
    archive: Archive.build(articles),
    options: {
      var options = RecommendationOptions()
      options.minimumScore = 0.01
      return options
    }())

  @Test("the lists of an archive come in input order, the same as at once", arguments: [1, 3])
  func rebuild(jobs: Int) async throws {
    var lists: [RecommendationList] = []
    for try await list in Self.recommender.rebuild(jobs: jobs) { lists.append(list) }
    #expect(lists == Self.recommender.lists())
    #expect(lists.map(\.id) == Self.articles.map(\.id))
    #expect(lists.contains { !$0.items.isEmpty })
  }

  @Test("an archive of nothing has no lists")
  func empty() async throws {
    let recommender = Recommender(archive: Archive.build([]))
    for try await _ in recommender.rebuild() { Issue.record("a list of nothing") }
  }

  @Test("a list for each article of a sequence, one answered before the next is asked for")
  func suggestions() async throws {
    let (articles, input) = AsyncStream.makeStream(of: Article.self)
    var answers = Self.recommender.lists(for: articles).makeAsyncIterator()
    for article in Self.articles.prefix(5) {
      input.yield(article)
      let list = try await answers.next()
      #expect(list == Self.recommender.list(for: article))
    }
    input.finish()
    #expect(try await answers.next() == nil)
  }

  @Test("an error of the sequence is passed on")
  func failing() async throws {
    struct Broken: Error {}
    let articles = AsyncThrowingStream<Article, any Error> { $0.finish(throwing: Broken()) }
    await #expect(throws: Broken.self) {
      for try await _ in Self.recommender.lists(for: articles) {}
    }
  }

  @Test("many tasks that ask one recommender at once get the same lists")
  func manyTasks() async throws {
    let expected = Self.recommender.lists()
    let recommender = Self.recommender
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<24 {
        group.addTask {
          if task % 6 == 0 {
            var lists: [RecommendationList] = []
            for try await list in recommender.rebuild(jobs: 2) { lists.append(list) }
            #expect(lists == expected)
          } else {
            for step in Self.articles.indices {
              let position = (step * 7 + task) % Self.articles.count
              #expect(recommender.list(for: Self.articles[position]) == expected[position])
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("a cancelled task gets an error, not an end that looks like the whole")
  func cancelled() async throws {
    let recommender = Self.recommender
    let task = Task {
      var count = 0
      for try await _ in recommender.rebuild() {
        count += 1
        if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return count
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }
}
