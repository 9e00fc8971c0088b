import Foundation
import RelatedNews
import Testing

/// What the README promises, measured again. A change that costs quality fails here.
@Suite struct QualityTests {
  private func nDCG(
    _ articles: URL, _ qrels: URL, _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) throws -> Double {
    var options = RecommendationOptions()
    options.limit = 20
    options.now = Date(timeIntervalSince1970: 1_790_000_000)
    change(&options)
    let archive = Archive.build(
      try ArticleReader().read([articles.path], jobs: 2).articles, jobs: 2)
    let judgments = try Judgments.read(qrels.path)
    let lists = Recommender(archive: archive, options: options, jobs: 2)
      .lists(of: judgments.queries.compactMap(archive.number(of:)), jobs: 2)
    return Evaluation(of: Run(lists), judgedBy: judgments).means[7]
  }

  @Test("Data: nDCG@10 at least .90")
  func ownData() throws {
    let data = SharedData.projectRoot.appending(path: "Data")
    let score = try nDCG(
      data.appending(path: "archive.jsonl"), data.appending(path: "judgments.qrels"))
    #expect(score >= 0.90)
  }

  @Test(
    "digitalgov: text alone at least .40, with dates at least .47",
    .enabled(if: SharedData.has("digitalgov"), SharedData.why))
  func digitalgov() throws {
    let articles = SharedData.url("digitalgov/articles.jsonl")
    let qrels = SharedData.url("digitalgov/qrels.txt")
    #expect(try nDCG(articles, qrels) { $0.recency.shape = .none } >= 0.40)
    #expect(try nDCG(articles, qrels) >= 0.47)
  }

  @Test(
    "lee50: Pearson's r with human ratings at least .65",
    .enabled(if: SharedData.has("lee50"), SharedData.why))
  func lee50() throws {
    let archive = Archive.build(
      try ArticleReader().read([SharedData.url("lee50/articles.jsonl").path]).articles, jobs: 2)
    let recommender = Recommender(archive: archive)
    let scored = try RatedPairs.read(SharedData.url("lee50/pairs.tsv").path).pairs.map { pair in
      (
        recommender.relatedness(
          archive.number(of: pair.first) ?? 0, archive.number(of: pair.second) ?? 0), pair.rating
      )
    }
    #expect(PairAgreement(scored: scored).pearson >= 0.65)
  }
}
