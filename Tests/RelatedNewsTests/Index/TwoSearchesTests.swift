import Testing

@testable import RelatedNews

/// Lists of two searches made in one pass, against those of each search alone and the plain twin.
@Suite struct TwoSearchesTests {
  /// Differs by direction and keeps some off the list.
  private static let faded: ListSearch.PairWeight = { source, target in
    if target > source + 200 || (source &* 31 &+ target) % 5 == 0 { return 0 }
    return 1 / Float(1 + (source &* 7 &+ target &* 3) % 4)
  }
  private static let halved: ListSearch.PairWeight = { $0 < $1 ? 1 : 0.5 }
  private static let nobody: ListSearch.PairWeight = { _, _ in 0 }

  @Test(
    "limits may be alike, differ either way, or be 0", arguments: InvertedIndexTests.archives,
    [(10, 30), (30, 10), (1, 200), (5, 5), (0, 7), (7, 0)])
  func limits(archive: RandomArchive, limits: (first: Int, second: Int)) {
    expectEqualLists(
      archive.matrix(), ListSearch(limit: limits.first),
      ListSearch(limit: limits.second, pairWeight: Self.faded))
  }

  @Test("either search may have weights of pairs and a least score")
  func searches() {
    let articles = RandomArchive(
      articles: 700, terms: 400, longest: 60, duplicates: 0.2, seed: 61
    ).matrix()
    let searches = [
      ListSearch(limit: 10), ListSearch(limit: 4, minScore: 0.3),
      ListSearch(limit: 12, pairWeight: Self.faded),
      ListSearch(limit: 25, minScore: 0.1, pairWeight: Self.halved),
      ListSearch(limit: 8, pairWeight: Self.nobody),
    ]
    for first in searches {
      for second in searches { expectEqualLists(articles, first, second) }
    }
  }

  @Test(
    "sizes around the borders of tiles, groups and blocks",
    arguments: [63, 64, 65, 255, 257, 511, 513, 1089, 2047, 2048, 2049, 2561])
  func borders(articles: Int) {
    let archive = RandomArchive(articles: articles, terms: 900, longest: 40, seed: 11)
    expectEqualLists(
      archive.matrix(), ListSearch(limit: 10), ListSearch(limit: 30, pairWeight: Self.halved))
  }

  @Test("most articles are copies of each other, so that both lists of many are settled")
  func copies() {
    let articles = RandomArchive(
      articles: 1100, terms: 60, longest: 20, duplicates: 0.97, coarse: true, seed: 12
    ).matrix()
    for (first, second) in [(3, 40), (40, 3)] {
      expectEqualLists(
        articles, ListSearch(limit: first), ListSearch(limit: second, pairWeight: Self.faded))
    }
  }

  @Test("hundreds of the same article, among which only numbers decide")
  func sameArticles() {
    let same = SparseVector(termIDs: [0, 3, 7], weights: [0.6, 0.5, 0.6])
    let other = SparseVector(termIDs: [3, 5], weights: [0.8, 0.6])
    let rows = (0..<600).map { $0 % 10 == 0 ? other : same }
    expectEqualLists(
      SparseMatrix(rows: rows, termCount: 8), ListSearch(limit: 10),
      ListSearch(limit: 30, pairWeight: Self.halved))
  }

  @Test("weights that 16 bits cannot hold, and none at all", arguments: [0, Float.infinity])
  func unbounded(weight: Float) {
    let rows = (0..<70).map { row in
      SparseVector(
        termIDs: [UInt32(row % 3), 5], weights: [weight, weight == 0 ? 0 : Float(row) / 70])
    }
    expectEqualLists(
      SparseMatrix(rows: rows, termCount: 6), ListSearch(limit: 10),
      ListSearch(limit: 30, pairWeight: Self.halved))
  }

  private func expectEqualLists(
    _ articles: SparseMatrix, _ first: ListSearch, _ second: ListSearch,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let index = InvertedIndex(articles: articles, jobs: 1)
    let expected = (plainLists(articles, by: first), plainLists(articles, by: second))
    #expect(
      InvertedIndexTests.firstDifference(singleLists(index, by: first), expected.0) == nil,
      sourceLocation: sourceLocation)
    #expect(
      InvertedIndexTests.firstDifference(singleLists(index, by: second), expected.1) == nil,
      sourceLocation: sourceLocation)
    for jobs in 1...4 {
      let lists = index.nearestOfAll(by: first, beside: second, jobs: jobs)
      #expect(
        InvertedIndexTests.firstDifference(lists.first, expected.0) == nil,
        sourceLocation: sourceLocation)
      #expect(
        InvertedIndexTests.firstDifference(lists.second, expected.1) == nil,
        sourceLocation: sourceLocation)
    }
  }

  private func plainLists(_ articles: SparseMatrix, by search: ListSearch) -> NeighborLists {
    NeighborLists(
      rows: InvertedIndexTests.plainLists(
        articles, limit: search.limit, minScore: search.minScore, weightedBy: search.weight),
      limit: search.limit)
  }

  private func singleLists(_ index: InvertedIndex, by search: ListSearch) -> NeighborLists {
    index.nearestOfAll(
      limit: search.limit, minScore: search.minScore, jobs: 2, weightedBy: search.pairWeight)
  }
}
