import Foundation
import Testing

@testable import RelatedNews

@Suite struct ArchiveUpdateTests {
  /// Whether two archives are equal in every array.
  static func differences(_ a: Archive, _ b: Archive) -> [String] {
    var found: [String] = []
    func compare(_ name: String, _ isEqual: Bool) { if !isEqual { found.append(name) } }
    compare("articles", a.articles.map(\.id) == b.articles.map(\.id))
    compare("titles", a.articles.map(\.title) == b.articles.map(\.title))
    compare("input order", a.inputOrder == b.inputOrder)
    compare("vocabulary", a.analysis.vocabulary == b.analysis.vocabulary)
    compare("words", a.analysis.words == b.analysis.words)
    compare("word ids", a.analysis.wordIDs == b.analysis.wordIDs)
    compare("sequences", a.analysis.sequences == b.analysis.sequences)
    compare("languages", a.analysis.languages == b.analysis.languages)
    compare(
      "labels",
      a.analysis.seriesLabels.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        == b.analysis.seriesLabels.map { Array($0.utf8) }.sorted {
          $0.lexicographicallyPrecedes($1)
        })
    let (f, g) = (a.vectorizer.features, b.vectorizer.features)
    compare(
      "features",
      f.count == g.count && (0..<f.count).allSatisfy { f.terms(of: $0) == g.terms(of: $0) })
    compare("document frequencies", f.documentFrequencies == g.documentFrequencies)
    compare("settled frequencies", f.settledFrequencies == g.settledFrequencies)
    let runs = [a, b].map { $0.vectorizer.sharedRuns?.entries ?? [] }
    compare("runs", runs[0].map(\.hash) == runs[1].map(\.hash))
    compare("run counts", runs[0].map(\.count) == runs[1].map(\.count))
    compare("vectors", a.index.articles == b.index.articles)
    compare("queries", a.queries == b.queries)
    compare("neighbours", a.neighborhood?.lists == b.neighborhood?.lists)
    compare("norms", a.neighborhood?.norms == b.neighborhood?.norms)
    compare("candidates", a.candidates == b.candidates)
    compare("floor", a.floor == b.floor)
    return found
  }

  /// Settings that take different paths.
  static let vectorOptions: [VectorOptions] = [
    VectorOptions(), VectorOptions(maximumNgram: 1), VectorOptions(maximumNgram: 3),
    VectorOptions(weighting: Weighting("rgc.ngc") ?? .standard, minimumNgramFrequency: 3),
    VectorOptions(weighting: Weighting("lnc.ltc") ?? .standard),
    VectorOptions(weighting: Weighting("Lgn") ?? .standard),
    VectorOptions(weighting: Weighting("lsn") ?? .standard, splitsSharedRuns: false),
    VectorOptions(minimumDocumentFrequency: .count(2), maximumDocumentFrequency: .share(0.5)),
  ]

  @Test(
    "a story that lands changes no other's vector, though it shares new pairs of words with some")
  func landing() throws {
    var articles = ChangingNews(seed: 17, start: 300, isScattered: true).articles
    for index in articles.indices {
      articles[index].published = Date(timeIntervalSince1970: 1_700_000_000 + Double(index) * 3600)
    }
    let archive = Archive.build(articles, isKept: true, jobs: 2)
    var story = articles[40]
    story.id = "lands"
    story.title = "storm closes the pass"
    story.body =
      articles[40].body + "\n\n"
      + articles[200].body.split(separator: " ").reversed()
      .joined(separator: " ")
    story.published = Date(timeIntervalSince1970: 1_800_000_000)
    let update = archive.updated(adding: [story], jobs: 2)
    let new = try #require(update.archive.number(of: "lands"))
    #expect(update.isChanged.indices.filter { update.isChanged[$0] } == [new])
    let features = try #require(update.newFeatures)
    for number in 0..<archive.count {
      let now = try #require(update.numbersNow[number])
      let (before, after) = (archive.index.articles[number], update.archive.index.articles[now])
      let kept = before.termIDs.map { features[Int($0)] }
      #expect(kept.allSatisfy { $0 != FeatureSpace.none })
      #expect(kept == after.termIDs && before.weights == after.weights)
    }
    let fresh = Archive.build(articles + [story], isKept: true, jobs: 2)
    #expect(Self.differences(update.archive, fresh).isEmpty)
    #expect(update.archive.floor == archive.floor)
  }

  @Test(
    "an updated archive equals one built afresh, step by step", arguments: vectorOptions.indices)
  func equalsFreshBuild(setting: Int) {
    let options = Self.vectorOptions[setting]
    var news = ChangingNews(seed: UInt64(100 + setting), start: 70)
    var archive = Archive.build(news.articles, vectors: options, isKept: true, jobs: 2)
    var localSteps = 0
    for step in 0..<40 {
      let change = news.step()
      let update = archive.updated(
        adding: change.adding, removing: change.removing, localShare: step % 4 == 0 ? 0.25 : 1,
        jobs: 1 + step % 3)
      let fresh = Archive.build(news.articles, vectors: options, isKept: true, jobs: 2)
      let differences = Self.differences(update.archive, fresh)
      #expect(differences.isEmpty, "step \(step): \(differences)")
      guard differences.isEmpty else { return }
      if update.isChanged.contains(false) { localSteps += 1 }
      archive = update.archive
    }
    // Otherwise this test would prove nothing about the short way.
    if [0, 1, 3].contains(setting) { #expect(localSteps > 20) }
  }

  @Test(
    "so it does while articles become settled and cease to be", arguments: [124, 250],
    [false, true])
  func settledRangeMoves(start: Int, isScattered: Bool) {
    var news = ChangingNews(seed: UInt64(start), start: start, isScattered: isScattered)
    var archive = Archive.build(news.articles, isKept: true, jobs: 2)
    var settledCounts: Set<Int> = []
    for step in 0..<24 {
      let change = news.step()
      let update = archive.updated(
        adding: change.adding, removing: change.removing, localShare: 1, jobs: 1 + step % 3)
      let fresh = Archive.build(news.articles, isKept: true, jobs: 2)
      let differences = Self.differences(update.archive, fresh)
      #expect(differences.isEmpty, "step \(step): \(differences)")
      guard differences.isEmpty else { return }
      settledCounts.insert(SettledArticles.count(of: update.archive.count))
      archive = update.archive
    }
    #expect(settledCounts.count > 2)
  }
}
