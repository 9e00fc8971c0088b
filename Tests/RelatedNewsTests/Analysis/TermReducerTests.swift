import Testing

@testable import RelatedNews

/// Words reduced on bytes against the same on strings.
@Suite struct TermReducerTests {
  private static let stems = [
    "the", "The", "and", "flood", "relational", "cities", "dying", "sky", "news", "generously", "y",
    "succeed", "happily", "organizations", "was", "une", "accord", "die", "l", "qu", "lorsqu", "1",
    "3.5", "1,000", "x", "X", "I", "US", "past", "useing", "hopping", "falling", "naïve", "Straße",
  ]
  private static let joints = [
    "", "'", "'s", "s", "’s", ",", "ing", "ed", "ation", "ly", "'un", "1",
  ]

  @Test(
    "both ways agree on any word",
    arguments: [
      AnalysisOptions(), AnalysisOptions(stemmer: .none), AnalysisOptions(stemmer: .light),
      AnalysisOptions(stemmer: .porter2, stopWords: .none),
      AnalysisOptions(stemmer: .none, stopWords: .none),
    ])
  func agreement(options: AnalysisOptions) {
    var reducer = TermReducer(options: options)
    for language in Language.allCases {
      for first in Self.stems {
        for joint in Self.joints {
          for second in ["", "s", "accord", "est"] {
            let word = first + joint + second
            let isTerm = Array(word.utf8).withUnsafeBufferPointer {
              reducer.reduce($0, in: language)
            }
            let found = isTerm ? String(decoding: reducer.term, as: UTF8.self) : nil
            #expect(found == options.term(for: word, in: language), "\(word) in \(language)")
          }
        }
      }
    }
  }

  @Test(
    "a headline's label by bytes is the one by characters",
    arguments: [
      "Explained: what a dam does", "Explained : what", "At 10:30 it broke", "At 10: it broke",
      "a:b",
      "abc:", "abc: ", "Live | the dam", "One - two", "One -two", "One- two", "abc - ", "  a : b",
      "ab|c", "abc|d", "Opinion:\tdam", "Opinion\r\n: dam", "Été: barrage", "Été – barrage",
      "No label here", "", ":", "It’s late: go", "café-bar", "a\r\n: b: c",
      String(repeating: "x", count: 59) + ": y", String(repeating: "x", count: 60) + ": y",
      String(repeating: "x", count: 61) + ": y", "12:3: rest", "a b - c: d", "x y z -: d",
    ])
  func seriesLabel(title: String) {
    let (fast, slow) = (SeriesLabel.split(title), SeriesLabel.splitCharacters(title))
    #expect(fast?.label == slow?.label)
    #expect(fast?.rest == slow?.rest)
  }
}
