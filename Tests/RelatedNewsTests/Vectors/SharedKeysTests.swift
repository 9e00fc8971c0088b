import Testing

@testable import RelatedNews

@Suite struct SharedKeysTests {
  @Test("counts equal those of a dictionary of sets", arguments: [1, 2, 7])
  func plainTwin(jobs: Int) {
    var random = SeededNumbers(seed: 5)
    let articles = (0..<300).map { _ in
      (0..<Int.random(in: 0...80, using: &random)).map { _ in
        let key = UInt64.random(in: 0..<4_000, using: &random)
        return key % 3 == 0 ? key << 40 : key
      }
    }
    var owners: [UInt64: Set<Int>] = [:]
    for (article, keys) in articles.enumerated() {
      for key in keys { owners[key, default: []].insert(article) }
    }
    for minimum in [1, 2, 4] {
      let expected = owners.filter { $0.value.count >= minimum }.map { ($0.key, $0.value.count) }
        .sorted { $0.0 < $1.0 }
      let found = SharedKeys.counted(
        articleCount: articles.count, minimum: minimum, jobs: jobs
      ) { article, body in
        for key in articles[article] { body(key) }
      }
      #expect(found.map(\.key) == expected.map(\.0))
      #expect(found.map(\.count) == expected.map(\.1))
    }
  }
}
