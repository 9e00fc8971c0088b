import Foundation
import RelatedNews
import Testing

/// The three jobs as README shows them, ten lines each, kept compiling and true.
@Suite struct ThreeJobsTests {
  private static let data = SharedData.projectRoot.appending(path: "Data")
  private static let archivePath = data.appending(path: "archive.jsonl").path

  @Test("related stories for a new article")
  func suggest() throws {
    let archivePath = Self.archivePath
    // README: suggest
    let articles = try ArticleReader().read([archivePath]).articles
    let recommender = Recommender(archive: Archive.build(articles, jobs: 4), jobs: 4)
    let new = Article(
      id: "new", title: "Harrow reservoir is full again", body: "The spillway of Harrow Dam …")
    for item in recommender.list(for: new).items {
      print(item.article.title, item.score, item.because)
    }
    // end
    #expect(recommender.list(for: new).items.first?.article.id.hasPrefix("harrow") == true)
  }

  @Test("a list for every article, as they are made")
  func rebuild() async throws {
    let archivePath = Self.archivePath
    var written: [String] = []
    // README: rebuild
    var articles: [Article] = []
    for try await article in ArticleReader().articles(at: [archivePath]) {
      articles.append(article)
    }
    let recommender = Recommender(archive: Archive.build(articles, jobs: 4), jobs: 4)
    let formatter = ListFormat.jsonl.formatter
    for try await list in recommender.rebuild(jobs: 4) {
      written.append(formatter.text(for: list, isFirst: written.isEmpty))
    }
    // end
    #expect(written.count == articles.count)
    #expect(written.joined() == formatter.document(recommender.lists(jobs: 4)))
  }

  @Test("how good the lists are")
  func evaluate() throws {
    let archivePath = Self.archivePath
    let qrelsPath = Self.data.appending(path: "judgments.qrels").path
    // README: evaluate
    let articles = try ArticleReader().read([archivePath]).articles
    var options = RecommendationOptions()
    options.limit = 20
    let recommender = Recommender(
      archive: Archive.build(articles, jobs: 4), options: options, jobs: 4)
    let judgments = try Judgments.read(qrelsPath)
    let run = Run(recommender.lists(jobs: 4))
    // end
    #expect(!judgments.queries.isEmpty)
    _ = run
  }
}
