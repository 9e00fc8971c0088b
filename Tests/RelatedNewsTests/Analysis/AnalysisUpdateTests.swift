import Foundation
import Testing

@testable import RelatedNews

/// What an archive learns from its settled articles alone, and what an update of it changes.
@Suite struct AnalysisUpdateTests {
  /// Many stories an hour apart, the newest first, and before them others.
  private static func articles(_ count: Int, newest: [(title: String, body: String)]) -> [Article] {
    (0..<count).map { number in
      let isNewest = number < newest.count
      return Article(
        id: "a\(number)", title: isNewest ? newest[number].title : "story \(number)",
        body: isNewest ? newest[number].body : "the dam of valley w\(number)q",
        published: Date(timeIntervalSince1970: 1_700_000_000 - Double(number) * 3600),
        language: "en")
    }
  }

  private static func analysis(of articles: [Article]) -> AnalyzedArchive {
    Analyzer().analyze(articles, keepsWords: true, jobs: 2)
  }

  /// The word by which readers know a term.
  private static func displayed(_ term: String, in archive: AnalyzedArchive) -> String? {
    archive.vocabulary.id(of: term).map(archive.vocabulary.displayForm)
  }

  private static func titleTerms(of article: Int, in archive: AnalyzedArchive) -> [String] {
    archive.sequences.titlePlaces(of: article).map {
      archive.vocabulary.term(Int(archive.sequences.terms[$0]))
    }
  }

  /// Brings an analysis up to date as `Archive` does, and holds it to one made afresh.
  private static func updated(
    _ before: AnalyzedArchive, of old: [Article], to new: [Article]
  ) -> AnalysisUpdate {
    let origins = new.map { article in
      old.firstIndex { $0 == article }.map(ArticleOrigin.kept) ?? .new
    }
    let update = before.updated(from: old, to: new, origins: origins, jobs: 2)
    expectEqual(update.analysis, analysis(of: new), "\(old.count) to \(new.count)")
    expectChanges(of: update, from: before, origins: origins, articles: new)
    return update
  }

  @Test("a label that only the newest share, or one of the others with them, is none")
  func labels() {
    // Of 300 articles four are not settled.
    let newest = ["Diary: a", "Diary: b", "Diary: c", "Diary: d"].map { (title: $0, body: "") }
    var articles = Self.articles(300, newest: newest)
    for settled in [[], [4], [4, 299]] {
      for number in settled { articles[number].title = "Diary: of a settled article" }
      let analysis = Self.analysis(of: articles)
      let isShared = settled.count > 1
      #expect(analysis.seriesLabels == (isShared ? ["diary"] : []))
      // It is taken off the headlines of the newest too.
      #expect(Self.titleTerms(of: 0, in: analysis).contains("diari") == !isShared)
    }
  }

  @Test("a word is displayed as the settled articles spell it, however the newest do")
  func displayForms() {
    let body = "FLOODS FLOODS FLOODS Zebra apples Apples apples"
    var articles = Self.articles(300, newest: Array(repeating: (title: "", body: body), count: 4))
    #expect(Self.displayed("flood", in: Self.analysis(of: articles)) == "FLOODS")
    // Of what no settled article has the first by bytes.
    #expect(Self.displayed("appl", in: Self.analysis(of: articles)) == "Apples")
    articles[4].body = "flooding apples"
    let analysis = Self.analysis(of: articles)
    #expect(Self.displayed("flood", in: analysis) == "flooding")
    #expect(Self.displayed("appl", in: analysis) == "apples")
    // A word of which only the newest tell exists all the same.
    #expect(Self.displayed("zebra", in: analysis) == "Zebra")
  }

  @Test("of articles that become settled is learned, of those that cease to be it is forgotten")
  func settledRangeMoves() {
    let lands = Self.articles(1, newest: [("Diary: lands", "flooding FLOODS FLOODS FLOODS")])[0]
    let newest = [
      ("story", "hills"), ("Diary: one", "FLOODS FLOODS"), ("Diary: two", "FLOODS FLOODS"),
    ].map { (title: $0.0, body: $0.1) }
    var few = Self.articles(131, newest: newest)
    for number in few.indices { few[number].published?.addTimeInterval(-3600) }
    few[50].body = "floods floods floods"
    var more = [lands] + few
    more[0].id = "lands"
    // With 132 articles two more are settled: those that say Diary and FLOODS.
    #expect((few.count - SettledArticles.count(of: 131), more.count) == (3, 132))
    #expect(more.count - SettledArticles.count(of: 132) == 2)
    let before = Self.analysis(of: few)
    #expect(before.seriesLabels.isEmpty)
    #expect(Self.displayed("flood", in: before) == "floods")

    let grown = Self.updated(before, of: few, to: more)
    #expect(grown.analysis.seriesLabels == ["diary"])
    #expect(grown.rereadArticles == [2, 3])
    #expect(Self.displayed("flood", in: grown.analysis) == "FLOODS")
    let flood = grown.analysis.vocabulary.id(of: "flood")
    #expect(flood.map(grown.renamedTerms.contains) == true)

    let shrunk = Self.updated(grown.analysis, of: more, to: few)
    #expect(shrunk.analysis.seriesLabels.isEmpty)
    #expect(shrunk.rereadArticles == [1, 2])
    #expect(Self.displayed("flood", in: shrunk.analysis) == "floods")
    #expect(!shrunk.renamedTerms.isEmpty)
  }

  @Test("a story that lands changes no other's label or words; one from long ago unsettles a story")
  func landing() {
    // 126 of 127 articles are settled, and of 128.
    let newest = [("Diary: one", "FLOODS"), ("Diary: two", "FLOODS FLOODS")].map {
      (title: $0.0, body: $0.1)
    }
    var few = Self.articles(127, newest: newest)
    few[3].title = "Diary: three"
    few[4].body = "floods"
    let before = Self.analysis(of: few)
    #expect(before.seriesLabels == ["diary"])
    #expect(Self.displayed("flood", in: before) == "FLOODS")
    var lands = few[0]
    lands.id = "lands"
    lands.title = "Letters: flooding"
    lands.body = "flooding floods floods floods floods"
    lands.published?.addTimeInterval(7200)

    let landed = Self.updated(before, of: few, to: [lands] + few)
    #expect(landed.analysis.seriesLabels == ["diary"])
    #expect(landed.rereadArticles.isEmpty && landed.renamedTerms.isEmpty)
    #expect(Self.displayed("flood", in: landed.analysis) == "FLOODS")

    lands.published = .distantPast
    let late = Self.updated(before, of: few, to: few + [lands])
    #expect(late.analysis.seriesLabels.isEmpty)
    #expect(late.rereadArticles == [0, 1, 3])
    #expect(Self.displayed("flood", in: late.analysis) == "floods")
  }

  @Test("an analysis brought up to date equals one made afresh, step by step", arguments: 0..<4)
  func updates(seed: Int) {
    // The settled range moves while the number of articles crosses 64, 128 and 256.
    let start = [58, 118, 122, 250][seed]
    var news = ChangingNews(seed: UInt64(70 + seed), start: start)
    func sorted() -> [Article] {
      Archive.articleOrder(of: news.articles).map { Self.marked(news.articles[$0]) }
    }
    var old = sorted()
    var before = Self.analysis(of: old)
    var (renamed, reread) = (0, 0)
    for _ in 0..<60 {
      _ = news.step()
      let new = sorted()
      let update = Self.updated(before, of: old, to: new)
      renamed += update.renamedTerms.count
      reread += update.rereadArticles.count
      (before, old) = (update.analysis, new)
    }
    // Otherwise this proves little.
    #expect(renamed > 20 && reread > 20, "\(renamed) \(reread)")
  }

  /// The article with a column that few others have, half of them in capitals: so every step gives
  /// or takes a label, and a word its name.
  private static func marked(_ article: Article) -> Article {
    var article = article
    let number = article.body.utf8.reduce(0) { $0 + Int($1) } % 80
    article.title = "Desk \(number): " + article.title
    if number.isMultiple(of: 2) { article.body = article.body.uppercased() }
    return article
  }

  /// Every array of two analyses, and both against counting in dictionaries.
  private static func expectEqual(
    _ found: AnalyzedArchive, _ fresh: AnalyzedArchive, _ step: String
  ) {
    #expect(found.vocabulary == fresh.vocabulary, "\(step)")
    #expect(found.sequences == fresh.sequences, "\(step)")
    #expect(found.languages == fresh.languages, "\(step)")
    #expect(found.seriesLabels == fresh.seriesLabels, "\(step)")
    #expect(found.words == fresh.words, "\(step)")
    #expect(found.wordIDs == fresh.wordIDs, "\(step)")
    #expect(
      (0..<fresh.vocabulary.count).map { form($0, in: fresh) } == plainForms(of: fresh),
      "\(step)")
  }

  /// By bytes, as two spellings of an é are equal strings.
  private static func form(_ term: Int, in archive: AnalyzedArchive) -> [UInt8] {
    Array(archive.vocabulary.displayForms.bytes(term))
  }

  /// The commonest word of each term in the articles of the highest numbers.
  private static func plainForms(of archive: AnalyzedArchive) -> [[UInt8]] {
    guard let words = archive.words else { return [] }
    let articleCount = archive.sequences.articleCount
    var counts: [Int: Int] = [:]
    for article in articleCount - SettledArticles.count(of: articleCount)..<articleCount {
      for word in archive.wordIDs[archive.sequences.termRange(ofArticle: article)] {
        counts[Int(word), default: 0] += 1
      }
    }
    let ofTerms = Dictionary(grouping: 0..<words.count) { Int(words.terms[$0]) }
    return (0..<archive.vocabulary.count).map { term in
      let best = ofTerms[term]?.min { a, b in
        let (x, y) = (counts[a] ?? 0, counts[b] ?? 0)
        let (first, second) = (words.surfaces.bytes(a), words.surfaces.bytes(b))
        return x == y ? first.lexicographicallyPrecedes(second) : x > y
      }
      return best.map { Array(VocabularyBuilder.displayedBytes(of: words.surfaces.bytes($0))) }
        ?? []
    }
  }

  /// Renamed are the terms whose form is another, read again the headlines that lose another label.
  private static func expectChanges(
    of update: AnalysisUpdate, from before: AnalyzedArchive, origins: [ArticleOrigin],
    articles: [Article]
  ) {
    let now = update.analysis
    let renamed = update.newTerms.enumerated().filter { old, new in
      new != SurfaceTable.none
        && form(old, in: before) != form(Int(new), in: now)
    }
    #expect(update.renamedTerms == renamed.map { Int($0.element) })
    let reread = articles.indices.filter { number in
      let title = articles[number].title
      return origins[number] != .new
        && SeriesLabel.removed(from: title, ifIn: before.seriesLabels)
          != SeriesLabel.removed(from: title, ifIn: now.seriesLabels)
    }
    #expect(update.rereadArticles == reread)
    #expect(now.seriesLabels == plainLabels(of: articles))
  }

  private static func plainLabels(of articles: [Article]) -> Set<String> {
    var counts: [String: Int] = [:]
    for article in articles.suffix(SettledArticles.count(of: articles.count)) {
      if let label = SeriesLabel.splitCharacters(article.title)?.label {
        counts[label, default: 0] += 1
      }
    }
    return Set(counts.filter { $0.value > 1 }.keys)
  }
}
