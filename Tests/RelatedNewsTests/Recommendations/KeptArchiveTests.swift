import Foundation
import Testing

@testable import RelatedNews

@Suite struct KeptArchiveTests {
  static let articles = RandomNews(seed: 31).articles(160)

  private static func options(
    _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) -> RecommendationOptions {
    var options = RecommendationOptions()
    options.now = Date(timeIntervalSince1970: 1_760_000_000)
    change(&options)
    return options
  }

  @Test("an archive that is kept makes the lists of one that is not, all or few")
  func sameLists() {
    let plain = Archive.build(Self.articles)
    let kept = Archive.build(Self.articles, isKept: true, jobs: 2)
    for options in [
      Self.options(), Self.options { $0.nearDuplicate = nil },
      Self.options { $0.ranking.neighbors = 7 }, Self.options { $0.explains = true },
      Self.options { $0.minimumScore = 0.05 },
    ] {
      let expected = Recommender(archive: plain, options: options).lists()
      let recommender = Recommender(archive: kept, options: options)
      #expect(recommender.lists() == expected)
      let few = Array(kept.inputOrder.prefix(20))
      #expect(recommender.lists(of: few) == Array(expected.prefix(20)))
      #expect(Self.articles.map { recommender.list(for: $0).id } == expected.map(\.id))
    }
  }

  @Test("the neighbourhood and candidates found together are those found one by one")
  func foundTogether() {
    let archive = Archive.build(Self.articles)
    let kept = archive.withNeighborhood(limit: 7, jobs: 2)
    #expect(kept.neighborhood == Neighborhood(of: archive, limit: 7, jobs: 1))
    #expect(
      kept.candidates == CandidateLists(of: archive.articles, index: archive.index, jobs: 1))
    #expect(kept.floor == archive.calibratedFloor(jobs: 1))
  }

  @Test("the lists of all articles are those of each, whatever is asked")
  func allAtOnce() throws {
    let archive = Archive.build(Self.articles)
    let (first, second) = (Self.articles[3].id, Self.articles[8].id)
    let rules = try EditorialRules(
      parsing: "ban \(first) \(second)\nban \(second) \(first)", named: "rules")
    for options in [
      Self.options { $0.ranking.neighbors = 40 }, Self.options { $0.ranking.neighbors = 0 },
      Self.options { $0.ranking.candidates = 5 }, Self.options { $0.eligibility.onlyOlder = true },
      Self.options { $0.rules = rules }, Self.options { $0.recency.shape = .none },
    ] {
      let recommender = Recommender(archive: archive, options: options)
      let lists = recommender.lists(jobs: 2)
      #expect(lists == archive.inputOrder.map { recommender.list(for: archive.articles[$0]) })
    }
  }

  @Test("a weighting that differs between queries and articles makes the same lists, all or few")
  func asymmetric() throws {
    let vectors = VectorOptions(weighting: try #require(Weighting("rgc.ltc")))
    let kept = Archive.build(Self.articles, vectors: vectors, isKept: true, jobs: 1)
    let expected = Recommender(
      archive: Archive.build(Self.articles, vectors: vectors), options: Self.options()
    ).lists()
    let recommender = Recommender(archive: kept, options: Self.options())
    #expect(recommender.lists() == expected)
    #expect(recommender.lists(of: Array(kept.inputOrder.prefix(9))) == Array(expected.prefix(9)))
  }

  @Test("the words behind the terms: canonical, counted, each beside its term, at any jobs")
  func words() throws {
    let archive = Archive.build(Self.articles, isKept: true, jobs: 1)
    let analysis = archive.analysis
    let words = try #require(analysis.words)
    var counts = [Int](repeating: 0, count: words.count)
    var settledCounts = counts
    let newest = Self.articles.count - SettledArticles.count(of: Self.articles.count)
    let settledStart = analysis.sequences.termRange(ofArticle: newest).lowerBound
    for (position, word) in analysis.wordIDs.enumerated() {
      counts[Int(word)] += 1
      if position >= settledStart { settledCounts[Int(word)] += 1 }
      #expect(words.terms[Int(word)] == analysis.sequences.terms[position])
    }
    #expect(counts == words.occurrences.map(\.all) && counts != settledCounts)
    #expect(settledCounts == words.occurrences.map { Int($0.settled) })
    for word in 0..<words.count {
      let term = AnalysisOptions().term(
        for: words.surfaces[word], in: words.languages[word])
      #expect(term == analysis.vocabulary.term(Int(words.terms[word])))
    }
    for word in words.terms.indices.dropFirst() {
      let (a, b) = (words.surfaces.bytes(word - 1), words.surfaces.bytes(word))
      #expect(
        words.terms[word - 1] < words.terms[word]
          || a.lexicographicallyPrecedes(b)
          || a.elementsEqual(b)
            && words.languages[word - 1].rawValue < words.languages[word].rawValue
      )
    }
    let other = Archive.build(Self.articles, isKept: true, jobs: 5)
    #expect(other.analysis.words == words && other.analysis.wordIDs == analysis.wordIDs)
    #expect(other.neighborhood == archive.neighborhood && other.floor == archive.floor)
    #expect(Archive.build(Self.articles).analysis.words == nil)
  }
}
