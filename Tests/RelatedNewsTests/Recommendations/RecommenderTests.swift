import Foundation
import RelatedNews
import Testing

@Suite struct RecommenderTests {
  static let day = Date(timeIntervalSince1970: 1_720_000_000)

  static func article(_ id: String, _ text: String, days: Double = 0) -> Article {
    Article(
      id: id, title: text, body: text, published: day.addingTimeInterval(days * 86_400),
      language: "en")
  }

  static let flood = [
    article("opener", "river flood old town water wall", days: 0),
    article("later", "river flood wall mobile aluminium", days: 30),
    article("mayor", "mayor election debate flood", days: 60),
    article("cheese", "cheese cave label dairy", days: 10),
  ]

  private func lists(
    _ articles: [Article], jobs: Int = 1, _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) -> [RecommendationList] {
    var options = RecommendationOptions()
    options.minimumScore = 0
    options.now = Self.day.addingTimeInterval(365 * 86_400)
    change(&options)
    let archive = Archive.build(articles, jobs: jobs)
    return Recommender(archive: archive, options: options, jobs: jobs).lists(jobs: jobs)
  }

  private func ids(_ list: RecommendationList) -> [String] { list.items.map(\.article.id) }

  @Test("an article is never recommended to itself, and nothing that shares no term is listed")
  func neverItself() {
    let all = lists(Self.flood)
    #expect(all.map(\.id) == Self.flood.map(\.id))
    // The wall and the flood; the flood alone; cheese shares nothing.
    #expect(ids(all[0]) == ["later", "mayor"])
    #expect(all[3].items.isEmpty)
    for list in all { #expect(!ids(list).contains(list.id)) }
  }

  @Test("the same lists at any number of jobs, alone or with all others")
  func onePath() {
    let articles = RandomNews(seed: 11).articles(80)
    let one = lists(articles, jobs: 1)
    #expect(lists(articles, jobs: 7) == one)
    var options = RecommendationOptions()
    options.minimumScore = 0
    options.now = Self.day.addingTimeInterval(365 * 86_400)
    let recommender = Recommender(archive: Archive.build(articles), options: options)
    #expect(articles.map(recommender.list(for:)) == one)
  }

  @Test("lists do not depend on the order of the input")
  func inputOrder() {
    let articles = RandomNews(seed: 5).articles(50)
    let forward = Dictionary(uniqueKeysWithValues: lists(articles).map { ($0.id, $0) })
    let backward = Dictionary(
      uniqueKeysWithValues: lists(articles.reversed()).map { ($0.id, $0) })
    #expect(forward == backward)
  }

  @Test("what must not be published never appears")
  func notPublished() {
    var articles = Self.flood
    articles[1].status = .withdrawn
    #expect(ids(lists(articles)[0]) == ["mayor"])
    articles[1].status = .published
    articles[1].embargoedUntil = .distantFuture
    #expect(ids(lists(articles)[0]) == ["mayor"])
    articles[1].embargoedUntil = Self.day
    articles[1].expires = Self.day.addingTimeInterval(86_400)
    #expect(ids(lists(articles)[0]) == ["mayor"])
  }

  @Test("only older, exclusions and sections are obeyed")
  func eligibility() {
    #expect(ids(lists(Self.flood) { $0.eligibility.onlyOlder = true }[1]) == ["opener"])
    #expect(ids(lists(Self.flood) { $0.eligibility.excludedIDs = ["later"] }[0]) == ["mayor"])
    var articles = Self.flood
    articles[2].section = "Politics"
    #expect(ids(lists(articles) { $0.eligibility.sections = ["politics"] }[0]) == ["mayor"])
    #expect(ids(lists(Self.flood) { $0.eligibility.daysAfter = 40 }[0]) == ["later"])
  }

  static let copyText = (0..<40).map { "word\($0) " }.joined() + "spillway dam reservoir"

  @Test("copies of the source are left out, copies of each other are one entry, newest first")
  func copies() {
    let articles = [
      Self.article("source", "spillway dam reservoir inquiry word1 word2", days: 3),
      Self.article("wire", Self.copyText, days: 0),
      Article(
        id: "reprint", title: "Another headline altogether",
        body: String(Self.copyText.dropLast(40)), published: Self.day.addingTimeInterval(86_400),
        language: "en"),
    ]
    let all = lists(articles)
    #expect(ids(all[0]) == ["reprint"])
    #expect(all[0].items[0].versions == ["reprint", "wire"])
    #expect(!ids(all[1]).contains("reprint"))
    #expect(ids(lists(articles) { $0.nearDuplicate = nil }[0]).count == 2)
  }

  @Test("equal scores rank newer first, then by the bytes of the id")
  func ties() {
    let articles = [
      Self.article("source", "river flood", days: 0),
      Self.article("b", "flood dam", days: -1), Self.article("a", "flood dam", days: -1),
      Self.article("c", "flood dam", days: -1),
    ]
    #expect(ids(lists(articles)[0]) == ["a", "b", "c"])
  }

  @Test(
    "contributions and deduction add up to the relatedness, and that times recency to the score")
  func explanationAddsUp() {
    let articles = RandomNews(seed: 8).articles(60)
    var options = RecommendationOptions()
    options.minimumScore = 0
    options.now = Self.day
    let archive = Archive.build(articles)
    let recommender = Recommender(archive: archive, options: options)
    var checked = 0
    for list in recommender.lists() {
      for item in list.items {
        let pair = (archive.number(of: list.id) ?? 0, archive.number(of: item.article.id) ?? 0)
        let why = recommender.explanation(of: pair.1, for: pair.0)
        let sum = why.contributions.reduce(why.others.value) { $0 + $1.value } + why.hubDeduction
        #expect(abs(sum - why.relatedness) < 1e-6)
        #expect(abs(why.relatedness * why.recencyFactor - Double(item.score)) < 1e-6)
        checked += 1
      }
    }
    #expect(checked > 100)
  }

  @Test("explain says why an article is not listed")
  func whyNot() {
    let archive = Archive.build(Self.flood)
    var options = RecommendationOptions()
    options.now = Self.day
    options.eligibility.excludedIDs = ["mayor"]
    let recommender = Recommender(archive: archive, options: options)
    func placement(_ target: String) -> Explanation.Placement {
      recommender.explanation(
        of: archive.number(of: target) ?? 0, for: archive.number(of: "opener") ?? 0
      ).placement
    }
    #expect(placement("opener") == .sameArticle)
    #expect(placement("mayor") == .refused(.excluded))
    #expect(placement("cheese") == .nothingShared)
    #expect(placement("later") == .listed(rank: 1))
  }

  @Test("an editor's pins, bans and never-together overrule the scores")
  func rules() throws {
    let rules = try EditorialRules(
      parsing: """
        # the editor's words
        pin opener cheese
        ban opener later
        never-together opener mayor  # one or the other
        """, named: "editors.txt")
    let all = lists(Self.flood) { $0.rules = rules }
    #expect(ids(all[0]) == ["cheese", "mayor"])
    #expect(ids(all[1]) == ["opener"])
    #expect(rules.qrels == "opener 0 cheese 3\nopener 0 later 0\n")
    #expect(throws: ReadingError.self) { try EditorialRules(parsing: "pin a", named: "x") }
  }

  @Test("short lists are filled up only when asked, and it is said")
  func fallback() {
    var articles = Self.flood
    for i in articles.indices { articles[i].section = "local" }
    let filled = lists(articles) { $0.minimumResults = 2 }[3]
    #expect(ids(filled) == ["mayor", "later"])  // newest first
    #expect(filled.items.allSatisfy { $0.fallback == "same section, newest" && $0.score == 0 })
  }

  @Test("an archive of one article has one empty list; none has none")
  func tiny() {
    #expect(lists([Self.flood[0]]).map(\.items.count) == [0])
    #expect(lists([]).isEmpty)
  }

  @Test("recency is Elasticsearch's: at offset + scale the decay")
  func recency() {
    let later = Self.day.addingTimeInterval(110 * 86_400)
    for shape in [Recency.Shape.exp, .linear, .gauss] {
      let recency = Recency(
        shape: shape, scale: 100, offset: 10, decay: 0.5, floor: 0, newerWeight: 1)
      #expect(abs(recency.factor(source: later, target: Self.day) - 0.5) < 1e-6)
      #expect(recency.factor(source: later, target: later.addingTimeInterval(-86_400 * 9)) == 1)
    }
  }

  @Test("one striking word in common is not a story in common")
  func oneSharedWord() {
    let archive = Archive.build(RandomNews(seed: 12).articles(300))
    let recommender = Recommender(archive: archive)
    #expect(recommender.floor > 0)
    let stranger = Article(id: "stranger", title: "t3w5q", body: "alpha beta gamma t3w5q delta")
    #expect(archive.index.nearest(to: archive.queryVector(of: stranger), limit: 1).count == 1)
    #expect(recommender.list(for: stranger).items.isEmpty)
    // The same word in the company of its story's others is a story.
    let follower = Article(id: "follower", title: "t3w5q t3w2q", body: "t3w1q t3w7q t3w9q t3w4q")
    #expect(!recommender.list(for: follower).items.isEmpty)
  }
}

extension Archive {
  fileprivate func queryVector(of article: Article) -> SparseVector {
    vectorizer.vectors(of: Analyzer.analyze(article, knownTo: analysis), side: .query)[0]
  }
}
