import Foundation
import RelatedNews

/// Seeded articles of invented words with a Zipf-like spread, for tests that compare two ways.
struct RandomNews {
  private var random: SplitMix64
  private static let sections = ["local", "world", "sports"]

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Some are copies of others, some share a date, some have none.
  func articles(_ count: Int) -> [Article] {
    var generator = self
    var result: [Article] = []
    for i in 0..<count {
      if i > 3, generator.below(12) == 0 {
        var copy = result[generator.below(result.count)]
        copy.id = "copy\(i)"
        result.append(copy)
      } else {
        result.append(generator.article(i))
      }
    }
    return result
  }

  private mutating func article(_ i: Int) -> Article {
    let topic = below(8)
    let paragraphs = (0..<1 + below(4)).map { _ in words(12 + below(20), topic: topic) }
    return Article(
      id: "a\(i)", title: words(5, topic: topic), body: paragraphs.joined(separator: "\n\n"),
      published: below(9) == 0
        ? nil : Date(timeIntervalSince1970: 1_700_000_000 + Double(below(40)) * 86_400),
      section: Self.sections[below(3)])
  }

  private mutating func words(_ count: Int, topic: Int) -> String {
    (0..<count).map { _ in
      let rank = Int(pow(400, Double(below(1000)) / 1000))
      return below(3) == 0 ? "t\(topic)w\(below(12))q" : "w\(rank)q"
    }.joined(separator: " ")
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
