import Testing

@testable import RelatedNews

/// The lists of some articles made by blocks, against a search for each of them.
@Suite struct SomeListsTests {
  private static let faded: ListSearch.PairWeight = { source, target in
    (source &* 31 &+ target) % 5 == 0 ? 0 : 1 / Float(1 + (source &* 7 &+ target &* 3) % 4)
  }

  @Test(
    "some articles of archives of any size, in any order and more than once",
    arguments: [1, 64, 65, 700, 2049, 4600], [0, 1, 3, 40, 1000])
  func some(articles: Int, ofThousand: Int) throws {
    var random = SplitMix64(seed: UInt64(articles * 7 + ofThousand))
    let matrix = RandomArchive(
      articles: articles, terms: 700, longest: 40, duplicates: 0.1, seed: 21
    ).matrix()
    let index = InvertedIndex(articles: matrix, jobs: 2)
    let sources = (0..<articles).filter { _ in random.next() % 1000 < ofThousand }
    for search in [
      ListSearch(limit: 10), ListSearch(limit: 30, minScore: 0.1, pairWeight: Self.faded),
    ] {
      for jobs in [1, 3] {
        let rebuild = try #require(ArchiveRebuild(index, search, of: sources))
        let rows = rebuild.rows(jobs: jobs).first
        for article in 0..<articles {
          let isSource = sources.contains(article)
          #expect(rows[article] == (isSource ? index.nearest(of: article, by: search) : nil))
        }
      }
    }
  }

  @Test("so many that they are made by blocks")
  func many() {
    let matrix = RandomArchive(articles: 1500, terms: 500, longest: 40, seed: 22).matrix()
    let index = InvertedIndex(articles: matrix, jobs: 2)
    var sources = Array(stride(from: 1499, through: 0, by: -4))
    sources += [7, 7, 0, 1499]
    #expect(sources.count >= ArchiveRebuild.fewestSources(of: 1500))
    let search = ListSearch(limit: 12, pairWeight: Self.faded)
    let lists = index.nearest(ofArticles: sources, limit: 12, jobs: 2, weightedBy: Self.faded)
    for (row, source) in sources.enumerated() {
      #expect(lists[row] == index.nearest(of: source, by: search))
    }
  }
}
