import Testing

@testable import RelatedNews

@Suite struct InvertedIndexTests {
  /// Archives that differ in what could go wrong: sizes around block borders, ties, empty rows.
  static let archives: [RandomArchive] = [
    RandomArchive(articles: 0, terms: 5, longest: 3, seed: 1),
    RandomArchive(articles: 1, terms: 5, longest: 3, seed: 2),
    RandomArchive(articles: 2, terms: 1, longest: 1, seed: 3),
    RandomArchive(articles: 60, terms: 8, longest: 6, coarse: true, seed: 4),
    RandomArchive(articles: 300, terms: 40, longest: 12, duplicates: 0.6, coarse: true, seed: 5),
    RandomArchive(articles: 700, terms: 3000, longest: 60, seed: 6),
    RandomArchive(articles: 1500, terms: 400, longest: 80, duplicates: 0.02, seed: 7),
  ]

  static func plainLists(
    _ articles: SparseMatrix, limit: Int, minScore: Float = 0,
    weightedBy pairWeight: (Int, Int) -> Float = { _, _ in 1 }
  ) -> [[Neighbor]] {
    (0..<articles.rowCount).map { source in
      plainNeighbors(of: articles[source], among: articles, limit: limit, minScore: minScore) {
        $0 == source ? 0 : pairWeight(source, $0)
      }
    }
  }

  @Test("lists of a whole archive equal the plain twin's", arguments: archives, [1, 10, 2000])
  func wholeArchive(archive: RandomArchive, limit: Int) {
    let articles = archive.matrix()
    let index = InvertedIndex(articles: articles, jobs: 2)
    let expected = NeighborLists(rows: Self.plainLists(articles, limit: limit), limit: limit)
    for jobs in [1, 2, 7] {
      #expect(Self.firstDifference(index.nearestOfAll(limit: limit, jobs: jobs), expected) == nil)
    }
  }

  @Test("pair weights that differ by direction are exact", arguments: archives)
  func pairWeights(archive: RandomArchive) {
    let articles = archive.matrix()
    let index = InvertedIndex(articles: articles, jobs: 1)
    let weight: @Sendable (Int, Int) -> Float = { source, target in
      if target > source + 200 || (source &* 31 &+ target) % 5 == 0 { return 0 }
      return 1 / Float(1 + (source &* 7 &+ target &* 3) % 4)
    }
    let expected = Self.plainLists(articles, limit: 7, minScore: 0.1, weightedBy: weight)
    for jobs in [1, 2, 7] {
      let lists = index.nearestOfAll(limit: 7, minScore: 0.1, jobs: jobs, weightedBy: weight)
      #expect(Self.firstDifference(lists, NeighborLists(rows: expected, limit: 7)) == nil)
    }
  }

  @Test("one query equals the plain twin's answer", arguments: archives)
  func oneQuery(archive: RandomArchive) {
    let articles = archive.matrix()
    let index = InvertedIndex(articles: articles, jobs: 1)
    var stranger = archive
    stranger.seed += 100
    stranger.articles = 40
    stranger.terms = archive.terms * 2  // half of its terms are unknown to the archive
    let queries = stranger.matrix()
    for row in 0..<queries.rowCount {
      let found = index.nearest(to: queries[row], limit: 9, minScore: 0.05) {
        $0 % 3 == row % 3 ? 0 : 0.5
      }
      let expected = plainNeighbors(of: queries[row], among: articles, limit: 9, minScore: 0.05) {
        $0 % 3 == row % 3 ? 0 : 0.5
      }
      #expect(found == expected)
    }
    let rows = (0..<queries.rowCount).map {
      plainNeighbors(of: queries[$0], among: articles, limit: 9) { _ in 1 }
    }
    let lists = index.nearest(ofEach: queries, limit: 9, jobs: 2)
    #expect(Self.firstDifference(lists, NeighborLists(rows: rows, limit: 9)) == nil)
  }

  @Test("some rows are a part of all rows", arguments: archives)
  func someRows(archive: RandomArchive) {
    let articles = archive.matrix()
    let index = InvertedIndex(articles: articles, jobs: 1)
    let all = index.nearestOfAll(limit: 10, jobs: 2)
    let rows = Array(stride(from: articles.rowCount - 1, to: -1, by: -3))
    let some = index.nearest(ofArticles: rows, limit: 10, jobs: 2)
    let expected = NeighborLists(rows: rows.map { all[$0] }, limit: 10)
    #expect(Self.firstDifference(some, expected) == nil)
    let each = index.nearest(ofEach: articles, excludesSameRow: true, limit: 10, jobs: 2)
    #expect(Self.firstDifference(each, all) == nil)
  }

  @Test("rows that are chosen by bounds have the lists of all rows", arguments: archives)
  func chosenRows(archive: RandomArchive) {
    let index = InvertedIndex(articles: archive.matrix(), jobs: 1)
    let weight: @Sendable (Int, Int) -> Float = { $0 < $1 ? 1 : 0.7 }
    let all = index.nearestOfAll(limit: 10, jobs: 1, weightedBy: weight)
    let (some, isKnown) = index.nearestOfAll(limit: 10, jobs: 2, weightedBy: weight) { bounded in
      let entries = all[bounded.row]
      #expect(Set(entries.map { Int32($0.article) }).isSubset(of: bounded.articles))
      #expect(bounded.least <= entries.last?.score ?? 0)
      return bounded.row % 3 == 0
    }
    for row in 0..<all.rowCount {
      #expect(row % 3 != 0 || isKnown[row])
      #expect(some[row] == (isKnown[row] ? all[row] : []))
    }
  }

  /// The first row that differs, so that a failure does not print two archives.
  static func firstDifference(_ lists: NeighborLists, _ expected: NeighborLists) -> String? {
    guard lists.rowCount == expected.rowCount else { return "\(lists.rowCount) rows" }
    guard lists != expected,
      let row = (0..<lists.rowCount).first(where: { lists[$0] != expected[$0] })
    else { return lists == expected ? nil : "limits differ" }
    return "row \(row): \(lists[row]) instead of \(expected[row])"
  }

  @Test("a list of no places is empty")
  func noPlaces() {
    let index = InvertedIndex(articles: Self.archives[3].matrix(), jobs: 1)
    #expect(index.nearest(to: index.articles[0], limit: 0).isEmpty)
    #expect(index.nearestOfAll(limit: 0, jobs: 1)[0].isEmpty)
  }

  @Test(
    "the scores of few changed rows and of many are the dot products",
    arguments: [0, 1, 24, 25, 60])
  func changedRowScores(count: Int) {
    let vectors = Archive.build(RandomNews(seed: 51).articles(90), jobs: 1).index.articles
    let changed = (0..<count).map { $0 * 90 / max(count, 1) }
    let scores = ChangedRowScores(
      of: changed, in: InvertedIndex(articles: vectors, jobs: 1), jobs: 2)
    #expect(scores.areKnown == (count <= 24))
    var sums = scores.makeSums()
    for row in 0..<vectors.rowCount {
      scores.sum(row, into: &sums)
      #expect(sums.map { Float($0) } == changed.map { vectors[row].dot(vectors[$0]) })
    }
  }
}
