import Foundation
import RelatedNews

/// A seeded archive of invented news of any size: `GeneratedNews(count: 100_000, distinctTerms: 300)`.
///
/// Article i is a pure function of the seed and i, so any part can be made by any core. What is
/// modelled is what decides how fast an index is: a Zipf–Mandelbrot spread of background words,
/// sections with words of their own, stories that run for a while and are told in words that hardly
/// any other story has, and lengths that spread log-normally as those of real news do.
struct GeneratedNews: Sendable {
  let count: Int
  /// The mean number of distinct terms an article.
  let distinctTerms: Int
  var seed: UInt64 = 1

  private static let sections = 24
  private static let storyWords = 24.0
  /// A story starts every so many articles.
  private static let storySpacing = 20
  /// Grammar is about this share of running English text; the analysis leaves it out.
  private static let grammarShare = 0.4

  /// Heaps' law: the vocabulary grows with the root of the text, more or less.
  var vocabularySize: Int {
    20_000 + Int(30 * pow(Double(count * distinctTerms), 0.55))
  }

  /// The words of article `index` in order, by number, the commonest word being 0.
  func words(of index: Int) -> [UInt32] {
    var random = SplitMix64(seed: seed &* 0x1000_0000 &+ UInt64(index))
    for _ in 0..<4 { _ = random.next() }
    let length = exp(0.45 * random.gaussian() - 0.1)
    let target = max(5, min(Double(distinctTerms) * length, Double(distinctTerms) * 5))
    let tellsStory = random.uniform() < 0.6
    let story = max(0, index / Self.storySpacing - Int(-30 * log(random.uniform())))
    let section = Int(Self.hash(UInt64(story), 7) % UInt64(Self.sections))
    var seen = Set<UInt32>()
    var result: [UInt32] = []
    while Double(seen.count) < target {
      let kind = random.uniform()
      let word =
        if tellsStory && kind < 0.2 {
          storyWord(story, random.uniform())
        } else if kind < 0.45 {
          sectionWord(section, random.uniform())
        } else {
          backgroundWord(random.uniform())
        }
      seen.insert(word)
      result.append(word)
    }
    return result
  }

  /// The density falls like 1 / (rank + 30), by inversion of its sum.
  private func backgroundWord(_ u: Double) -> UInt32 {
    let offset = 30.0
    let size = Double(vocabularySize)
    let rank = offset * (pow(size / offset + 1, u) - 1)
    return UInt32(min(rank, size - 1))
  }

  private func sectionWord(_ section: Int, _ u: Double) -> UInt32 {
    let rank = UInt64(5 * (pow(600, u) - 1))
    let spread = Double(Self.hash(UInt64(section) << 32 | rank, 11) % 10_000) / 10_000
    return backgroundWord(0.2 + 0.6 * spread)
  }

  private func storyWord(_ story: Int, _ u: Double) -> UInt32 {
    let place = UInt64(Self.storyWords * u * u)
    let spread = Double(Self.hash(UInt64(story) << 32 | place, 13) % 1_000_000) / 1_000_000
    return backgroundWord(0.5 + 0.5 * spread)
  }

  private static func hash(_ value: UInt64, _ seed: UInt64) -> UInt64 {
    var random = SplitMix64(seed: value &* 0x2545_f491_4f6c_dd1d ^ seed)
    return random.next()
  }
}

// MARK: As articles, as terms

extension GeneratedNews {
  /// Article `index` as text, with the grammar of English between its words.
  func article(_ index: Int) -> Article {
    var random = SplitMix64(seed: seed &+ 77 &+ UInt64(index))
    let words = words(of: index)
    let title = words.prefix(7).map(Self.spelling).joined(separator: " ")
    var body = ""
    var inSentence = 0
    var sentences = 0
    for word in words.dropFirst(7) {
      if inSentence > 0 { body += " " }
      if random.uniform() < Self.grammarShare / (1 - Self.grammarShare) {
        body += Self.grammar[Int(random.next() % UInt64(Self.grammar.count))] + " "
      }
      body += Self.spelling(word)
      inSentence += 1
      guard inSentence == 12 else { continue }
      sentences += 1
      body += sentences % 3 == 0 ? ".\n\n" : ". "
      inSentence = 0
    }
    let day = Double(index) * 3650 / Double(max(1, count))
    return Article(
      id: "g\(index)", title: title, body: body,
      published: Date(timeIntervalSince1970: 1_300_000_000 + (day * 86_400).rounded()))
  }

  func articles(jobs: Int) -> [Article] {
    let ranges = evenRanges(of: count, pieces: jobs * 8)
    return concurrentMap(count: ranges.count, jobs: jobs) { ranges[$0].map(article) }
      .flatMap { $0 }
  }

  /// The archive as terms, without the detour over text: for vectors of archives whose text would
  /// not fit in memory.
  func analyzed(jobs: Int) -> AnalyzedArchive {
    let ranges = evenRanges(of: count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var terms: [UInt32] = []
      var starts = [0]
      for index in ranges[piece] {
        terms += words(of: index)
        starts.append(terms.count)
      }
      return TermSequences(
        terms: terms, segmentStarts: starts,
        segmentFields: Array(repeating: .body, count: starts.count - 1),
        articleSegments: Array(0..<starts.count))
    }
    let names = FlatStrings((0..<vocabularySize).map { Self.spelling(UInt32($0)) })
    return AnalyzedArchive(
      vocabulary: Vocabulary(terms: names, displayForms: names),
      sequences: TermSequences(joining: parts),
      languages: Array(repeating: .en, count: count), seriesLabels: [],
      options: AnalysisOptions())
  }

  private static let consonants = Array("bdfgklmnprstvz")
  private static let vowels = Array("aiou")
  private static let grammar = [
    "the", "of", "and", "in", "to", "a", "is", "was", "that", "for", "on", "with", "as", "by", "it",
    "from", "at", "are", "which", "were", "has", "have", "been", "not", "their", "his", "but",
  ]

  /// A pronounceable word for every number, short for common ones: a consonant and a vowel a digit.
  private static func spelling(_ word: UInt32) -> String {
    let base = UInt32(consonants.count * vowels.count)
    var rest = word
    var result = ""
    repeat {
      let digit = Int(rest % base)
      result.append(consonants[digit / vowels.count])
      result.append(vowels[digit % vowels.count])
      rest /= base
    } while rest > 0
    return result + "k"
  }
}

extension SplitMix64 {
  /// In 0 ..< 1.
  fileprivate mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A draw from the normal distribution (Box and Muller 1958).
  fileprivate mutating func gaussian() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
