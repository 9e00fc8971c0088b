import Foundation
import RelatedNews
import Testing

@Suite struct Porter2Tests {
  @Test(
    "stems as the algorithm's definition says",
    arguments: [
      ("relational", "relat"), ("generously", "generous"), ("dying", "die"), ("news", "news"),
      ("skies", "sky"), ("hopping", "hop"), ("hoping", "hope"), ("agreed", "agre"),
      ("flies", "fli"), ("succeeding", "succeed"), ("inning", "inning"), ("playing", "play"),
      ("a", "a"), ("été", "été"),
    ])
  func definition(word: String, stem: String) {
    #expect(Porter2.stem(word) == stem)
  }

  @Test(
    "agrees with every line of Snowball's vocabulary",
    .enabled(if: SharedData.has("snowball-english"), SharedData.why))
  func wholeVocabulary() throws {
    func lines(_ name: String) throws -> [Substring] {
      try String(contentsOf: SharedData.url("snowball-english/\(name)"), encoding: .utf8)
        .split(separator: "\n")
    }
    let words = try lines("voc.txt")
    let stems = try lines("output.txt")
    #expect(words.count == stems.count && words.count > 40_000)
    for (word, stem) in zip(words, stems) where Porter2.stem(String(word)) != stem {
      Issue.record("\(word): \(Porter2.stem(String(word))), expected \(stem)")
    }
  }
}
