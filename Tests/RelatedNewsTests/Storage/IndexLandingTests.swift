import Foundation
import Testing

@testable import RelatedNews

/// Stories that land beside what an index file says of its own articles: the same lists and the same
/// archive as if all were built afresh.
@Suite struct IndexLandingTests {
  /// Random articles, an hour apart, each with a word of its own and one of the article before.
  static func articles(_ count: Int, seed: UInt64) -> [Article] {
    var articles = IndexFileTests.articles(count, seed: seed)
    for i in articles.indices {
      articles[i].id = "\(articles[i].id)-\(i)"
      articles[i].updated = nil
      articles[i].published = Date(timeIntervalSince1970: 1_700_000_000 + Double(i) * 3600)
      articles[i].body += " Novelties\(i)s of novelty\(i) beside novelty\(i - 1) and Été\(i % 5)"
      if i % 6 == 0 { articles[i].title = "Briefing \(i / 12): " + articles[i].title }
    }
    return articles
  }

  /// The file of `articles`, with those after the first `count` landed on it one by one.
  static func landed(
    _ articles: [Article], on count: Int, vectors: VectorOptions = VectorOptions()
  ) throws -> IndexFile? {
    let archive = Archive.build(
      Array(articles[..<count]), vectors: vectors, isKept: true, jobs: 2)
    return try IndexFileTests.withFile(archive) { path in
      for article in articles[count...] {
        guard let landing = try IndexFile(path: path).landing([article]) else { return nil }
        try IndexFileWriter.write(landing.file, to: path)
      }
      // Open beyond the life of its name.
      return try IndexFile(path: path)
    }
  }

  @Test(
    "lists and explanations with stories that landed are those of an archive built afresh",
    arguments: IndexFileTests.optionSets)
  func listsOfOptions(name: String, options: RecommendationOptions) throws {
    let articles = Self.articles(608, seed: 23)
    let file = try #require(try Self.landed(Array(articles[..<607]), on: 600))
    #expect(file.landed.articles.count == 7 && file.count == 607)
    let whole = Recommender(
      archive: Archive.build(Array(articles[..<607]), jobs: 2), options: options, jobs: 2)
    let queries =
      IndexFileTests.queries(of: Array(articles[..<60])) + Array(articles[596...])
    for jobs in [1, 3] {
      let lazy = IndexRecommender(file, options: options, jobs: jobs)
      for query in queries {
        #expect(
          IndexFileTests.texts([try lazy.list(for: query)])
            == IndexFileTests.texts([whole.list(for: query)]), "\(name), \(query.id)")
      }
    }
    let lazy = IndexRecommender(file, options: options)
    for (a, b) in [(606, 605), (601, 3), (3, 601), (600, 606), (7, 8), (599, 600), (606, 606)] {
      let explanation = try lazy.explanation(of: articles[b].id, for: articles[a].id)
      let source = try #require(whole.archive.number(of: articles[a].id))
      let target = try #require(whole.archive.number(of: articles[b].id))
      #expect(explanation?.text() == whole.explanation(of: target, for: source).text())
    }
  }

  static let settings: [(name: String, vectors: VectorOptions, lands: Bool)] = [
    ("words", VectorOptions(maximumNgram: 1), true),
    ("all pairs", VectorOptions(minimumNgramFrequency: 1), true),
    ("common pairs", VectorOptions(minimumNgramFrequency: 5), true),
    ("whole runs", VectorOptions(splitsSharedRuns: false), true),
    ("not normalised", VectorOptions(weighting: Weighting("rgn") ?? .standard), true),
    ("two sides", VectorOptions(weighting: Weighting("nnc.rgc") ?? .standard), true),
    ("log average", VectorOptions(weighting: Weighting("rgc.Lgc") ?? .standard), true),
    ("exact idf", VectorOptions(weighting: Weighting("ltc") ?? .standard), false),
    ("a share", VectorOptions(minimumDocumentFrequency: .share(0.01)), false),
    ("a count", VectorOptions(minimumDocumentFrequency: .count(2)), false),
    ("no common words", VectorOptions(maximumDocumentFrequency: .share(0.5)), false),
  ]

  @Test("stories land with any settings that let others stay as they are", arguments: settings)
  func listsOfSettings(name: String, vectors: VectorOptions, lands: Bool) throws {
    let articles = Self.articles(606, seed: 24)
    let file = try Self.landed(articles, on: 600, vectors: vectors)
    #expect((file != nil) == lands, "\(name)")
    guard let file else { return }
    let whole = Recommender(
      archive: Archive.build(articles, vectors: vectors, jobs: 2), options: IndexFileTests.options()
    )
    let lazy = IndexRecommender(file, options: IndexFileTests.options())
    for query in IndexFileTests.queries(of: Array(articles[540...])) {
      #expect(
        IndexFileTests.texts([try lazy.list(for: query)])
          == IndexFileTests.texts([whole.list(for: query)]), "\(name), \(query.id)")
    }
  }

  @Test(
    "landing, correcting, withdrawing and writing whole, step by step", arguments: [31, 32, 33])
  func steps(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pool = Self.articles(700, seed: seed)
    var articles = Array(pool[..<600])
    var waiting = pool[600...]
    var counts = (landed: 0, whole: 0, withdrawn: 0, lost: 0)
    let archive = Archive.build(articles, isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      for step in 0..<(IndexDamageTests.isFull ? 90 : 24) {
        let (adding, removing) = Self.change(
          of: &articles, from: &waiting, random: &random, step: step)
        let file = try IndexFile(path: path)
        if let landing = try file.landing(adding, removing: removing) {
          counts.landed += 1
          let landed = landing.file.landed
          counts.withdrawn = max(counts.withdrawn, landed.withdrawals.count)
          counts.lost += landed.withdrawals.reduce(0) { $0 + $1.lostTerms.count }
          try IndexFileWriter.write(landing.file, to: path)
        } else {
          counts.whole += 1
          let read = try step % 2 == 0 ? file.archive() : file.archiveToUpdate()
          try IndexFileWriter.write(
            read.updated(adding: adding, removing: removing, jobs: 2).archive, to: path,
            toolVersion: "test")
        }
        let now = try IndexFile(path: path)
        #expect(IndexFileCheck.problems(at: path, jobs: 2) == [], "step \(step)")
        let fresh = Archive.build(articles, isKept: true, jobs: 2)
        for read in [try now.archive(jobs: 2), try now.archiveToUpdate(jobs: 2)] {
          let isSame =
            IndexFileTests.bytes(of: read, jobs: 2) == IndexFileTests.bytes(of: fresh, jobs: 2)
          #expect(isSame, "step \(step)")
          #expect(!read.articles.contains { !$0.body.isEmpty })
        }
        let whole = Recommender(archive: fresh, options: IndexFileTests.options())
        let lazy = IndexRecommender(now, options: IndexFileTests.options(), jobs: 2)
        for query in [pool[699], pool[Int(random.next() % 600)]] + articles.suffix(4) {
          #expect(
            IndexFileTests.texts([try lazy.list(for: query)])
              == IndexFileTests.texts([whole.list(for: query)]), "step \(step), \(query.id)")
        }
      }
    }
    #expect(counts.landed >= 8 && counts.whole >= 4, "\(counts)")
    #expect(counts.withdrawn >= 2 && counts.lost > 0, "\(counts)")
  }

  /// Changes the articles as an editor does and says how.
  private static func change(
    of articles: inout [Article], from waiting: inout ArraySlice<Article>,
    random: inout SplitMix64, step: Int
  ) -> (adding: [Article], removing: [String]) {
    // First two that were written whole are corrected.
    let back = step < 2 ? 3 + step : Int(random.next() % 7)
    let recent = articles.count - 1 - back
    switch step < 2 ? 0 : random.next() % 14 {
    case 0, 10, 12:
      articles[recent].body += " corrected w3q novelty\(recent)"
      return ([articles[recent]], [])
    case 1:
      return ([], [articles.remove(at: recent).id, "nobody"])
    case 13:
      // Once more, as if it were new.
      let again = articles.remove(at: recent)
      articles.append(again)
      return ([again], [again.id])
    case 2, 11:
      // A correction and a withdrawal of old ones.
      let withdrawn = articles.remove(at: Int(random.next() % 500)).id
      let corrected = Int(random.next() % 500)
      articles[corrected].title += " w9q"
      return ([articles[corrected]], [withdrawn])
    case 3:
      // Late, but newer than what is settled.
      var late = waiting.removeFirst()
      late.published = articles[recent].published?.addingTimeInterval(-1800)
      articles.append(late)
      return ([late], [])
    case 4:
      let two = Array(waiting.prefix(2))
      waiting = waiting.dropFirst(2)
      articles += two
      return (two, [])
    case 5:
      var old = waiting.removeFirst()
      old.published = step % 2 == 0 ? nil : Date(timeIntervalSince1970: 1_700_000_100)
      articles.append(old)
      return ([old], [])
    default:
      articles.append(waiting.removeFirst())
      return (articles.suffix(1), [])
    }
  }

  /// `RELATED_NEWS_FULL=1`: from 500 to 10,000.
  @Test("single additions through a file leave it as good as one build")
  func singleAdditions() throws {
    let articles = Self.articles(IndexDamageTests.isFull ? 10_000 : 560, seed: 71)
    let archive = Archive.build(Array(articles[..<500]), isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      var most = 0
      for article in articles[500...] {
        let file = try IndexFile(path: path)
        if let landing = try file.landing([article]) {
          try IndexFileWriter.write(landing.file, to: path)
          most = max(most, landing.file.landed.changes.count)
        } else {
          try IndexFileWriter.write(
            try file.archiveToUpdate(jobs: 2).updated(adding: [article], jobs: 2).archive,
            to: path, toolVersion: "")
        }
      }
      // So few stand beside the others.
      #expect(most >= 7 && most <= max(8, articles.count / 256))
      #expect(IndexFileCheck.problems(at: path, jobs: 2) == [])
      let file = try IndexFile(path: path)
      try IndexFileWriter.write(try file.archiveToUpdate(jobs: 2), to: path, toolVersion: "")
      let fresh = Archive.build(articles, isKept: true, jobs: 2)
      let isSame =
        try Data(contentsOf: URL(filePath: path)) == Data(IndexFileTests.bytes(of: fresh, jobs: 2))
      #expect(isSame)
    }
  }

  @Test("stories that land together or one by one give the same bytes")
  func batches() throws {
    let articles = Self.articles(606, seed: 41)
    let one = try #require(try Self.landed(articles, on: 600))
    let archive = Archive.build(Array(articles[..<600]), isKept: true, jobs: 1)
    try IndexFileTests.withFile(archive) { path in
      let file = try IndexFile(path: path)
      let together = try #require(try file.landing(Array(articles[600...])))
      #expect(together.file.landed.encoded() == one.landed.encoded())
      #expect(one.landed.articles.contains { !$0.newTerms.isEmpty })
      #expect(one.landed.articles.contains { !$0.displayedWords.isEmpty })
      #expect(
        one.landed.articles.allSatisfy {
          !$0.listing.isEmpty && !$0.nearness.neighbors.isEmpty
        })
      // Not of articles that it learns from.
      var corrected = articles[5]
      corrected.body += " corrected"
      #expect(try file.landing([corrected]) == nil)
      #expect(try file.landing([], removing: [articles[5].id]) == nil)
      var old = articles[603]
      old.published = articles[300].published
      #expect(try file.landing([old]) == nil)
      let many = Self.articles(640, seed: 42)[600...].map { article in
        var article = article
        article.id += "x"
        return article
      }
      #expect(try file.landing(Array(many)) == nil)
    }
  }

  @Test("a story that is corrected or withdrawn after it landed leaves nothing behind")
  func corrections() throws {
    let articles = Self.articles(606, seed: 51)
    let file = try #require(try Self.landed(articles, on: 600))
    let withdrawn = try #require(
      try file.landing([], removing: [articles[602].id, articles[604].id, "nobody"]))
    #expect(withdrawn.remarks.count == 1)
    let others = articles[..<602] + [articles[603], articles[605]]
    let expected = try #require(try Self.landed(Array(others), on: 600))
    #expect(withdrawn.file.landed.encoded() == expected.landed.encoded())
    #expect(try withdrawn.file.number(of: articles[602].id) == nil)
    var older = articles[603]
    older.updated = Date(timeIntervalSince1970: 1)
    let corrected = try #require(try file.landing([older]))
    #expect(corrected.remarks.map(\.kind) == [.replaced])
    #expect(corrected.file.count == file.count)
    // Another spelling of the same letters is another headline.
    var spelled = articles[604]
    spelled.title = "Cafe\u{301} " + spelled.title
    let first = try #require(try file.landing([spelled])).file
    spelled.title = "Caf\u{e9}" + spelled.title.dropFirst(4)
    let second = try #require(try first.landing([spelled])).file
    let title = try #require(second.landed.articles.first { $0.article.id == spelled.id }).article
    #expect(Array(title.title.utf8) == Array(spelled.title.utf8))
    let again = try #require(try corrected.file.landing([articles[603]]))
    #expect(again.remarks.map(\.kind) == [.skipped], "a version without a date is no later one")
    #expect(again.file.landed.encoded() == corrected.file.landed.encoded())
  }

  @Test(
    "of articles that were written whole the newest are corrected and withdrawn beside the others")
  func ownArticles() throws {
    var articles = Self.articles(604, seed: 52)
    // A name that two have, and one that one has.
    articles[597].body += " Quernstone quernstones"
    articles[599].body += " quernstones thistledown"
    let archive = Archive.build(Array(articles[..<600]), isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      let file = try #require(try IndexFile(path: path).landing(Array(articles[600...]))).file
      #expect(try file.articles(having: "quernston") == [0, 2])
      let withdrawn = try #require(
        try file.landing([], removing: [articles[597].id, articles[599].id]))
      #expect(withdrawn.remarks.isEmpty)
      #expect(withdrawn.file.count == 602)
      #expect(try withdrawn.file.number(of: articles[599].id) == nil)
      #expect(try withdrawn.file.articles(having: "quernston") == [])
      let lost = withdrawn.file.landed.withdrawals.flatMap(\.lostTerms)
      var lexicon = try Lexicon(of: file)
      let texts = try lost.map {
        String(decoding: try lexicon.text(ofTerm: Int($0)), as: UTF8.self)
      }
      #expect(texts.contains("quernston") && texts.contains("thistledown"))
      lexicon = try Lexicon(of: withdrawn.file)
      #expect(try lexicon.term("quernston") == nil)
      // Where one still has the other word, that is what readers know it by.
      let one = try #require(try file.landing([], removing: [articles[597].id])).file
      lexicon = try Lexicon(of: file)
      let term = try #require(try lexicon.term("quernston"))
      let formBefore = try lexicon.displayForm(ofTerm: term)
      lexicon = try Lexicon(of: one)
      let form = try lexicon.displayForm(ofTerm: term)
      #expect(formBefore != form)
      #expect(one.landed.withdrawals[0].displayedWords.map(\.term) == [UInt32(term)])
      let left = Array(articles[..<597] + articles[598...])
      let fresh = Archive.build(left, isKept: true, jobs: 2)
      let isSame =
        IndexFileTests.bytes(of: try one.archive(), jobs: 2)
        == IndexFileTests.bytes(of: fresh, jobs: 2)
      #expect(isSame)
      let freshTerm = try #require(fresh.analysis.vocabulary.id(of: "quernston"))
      #expect(fresh.analysis.vocabulary.displayForm(freshTerm) == form)
      // It comes back with a story, as a new one.
      var again = articles[599]
      again.id = "again"
      let back = try #require(try withdrawn.file.landing([again])).file
      #expect(back.landed.newTerms.map(\.text).contains("quernston"))
      #expect(try back.articles(having: "quernston") == [604])
      // A correction, and its correction, stand where the article stood.
      var corrected = articles[596]
      corrected.body += " Quernstone"
      corrected.updated = Date(timeIntervalSince1970: 1_800_000_000)
      let once = try #require(try file.landing([corrected]))
      #expect(once.remarks.map(\.kind) == [.replaced] && once.file.count == 604)
      #expect(
        try once.file.inputRanks(of: try once.file.numbers(of: [Data(corrected.id.utf8)])) == [596])
      corrected.body += " thistledown"
      let twice = try #require(try once.file.landing([corrected])).file
      let straight = try #require(try file.landing([corrected])).file
      #expect(twice.landed.encoded() == straight.landed.encoded())
      #expect(twice.landed.withdrawals.count == 1)
      corrected.updated = nil
      #expect(try twice.landing([corrected])?.remarks.map(\.kind) == [.skipped])
      let gone = try #require(try twice.landing([], removing: [corrected.id])).file
      let never = try #require(try file.landing([], removing: [corrected.id])).file
      #expect(gone.landed.articles.count == 4 && gone.count == 603)
      #expect(
        IndexFileTests.bytes(of: try gone.archive(), jobs: 2)
          == IndexFileTests.bytes(of: try never.archive(), jobs: 2))
    }
  }

  @Test("a feed that brings what is there already changes nothing")
  func feedAgain() throws {
    let articles = Self.articles(605, seed: 53)
    let archive = Archive.build(Array(articles[..<600]), isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      let file = try IndexFile(path: path)
      // Of any age.
      let same = try #require(try file.landing([articles[3], articles[300]] + articles[590..<600]))
      #expect(same.file.landed.isEmpty && same.remarks.count == 12)
      let feed = try #require(try file.landing(Array(articles[590...]), jobs: 2)).file
      let new = try #require(try file.landing(Array(articles[600...]))).file
      #expect(feed.landed.encoded() == new.landed.encoded())
      let changes: [@Sendable (inout Article) -> Void] = [
        { $0.title += "!" }, { $0.url = "https://example.org/new" }, { $0.section = "other" },
        { $0.body += " corrected" }, { $0.keywords.append("more") }, { $0.language = "de" },
        { $0.updated = Date() },
        { $0.body = $0.body.replacing(" ", with: " hers ", maxReplacements: 1) },
        { $0.body = $0.body.replacing(" ", with: "\n\n", maxReplacements: 1) },
        { $0.published? += 1 }, { $0.status = .published }, { $0.title = $0.title.uppercased() },
      ]
      let old = IndexFileTests.bytes(of: archive, jobs: 2)
      var alike: [Int] = []
      for (place, change) in changes.enumerated() {
        var article = articles[595]
        change(&article)
        let landing = try #require(try file.landing([article]))
        var others = Array(articles[..<600])
        others[595] = article
        let fresh = IndexFileTests.bytes(of: Archive.build(others, isKept: true, jobs: 2), jobs: 2)
        let isFresh = IndexFileTests.bytes(of: try landing.file.archive(), jobs: 2) == fresh
        #expect(isFresh, "change \(place)")
        let isSame = fresh == old
        #expect(landing.file.landed.isEmpty == isSame, "change \(place)")
        if isSame { alike.append(place) }
      }
      #expect(alike == [7])
    }
  }

  @Test("stories that claim to be others are refused, or found by the check")
  func identities() throws {
    let articles = Self.articles(604, seed: 54)
    var corrected = articles[598]
    corrected.body += " corrected novelty"
    let archive = Archive.build(Array(articles[..<600]), isKept: true, jobs: 2)
    var image = IndexImage(of: archive, toolVersion: "test", jobs: 2)
    let file = try IndexFileTests.withFile(archive) { path in
      let added = try #require(
        try IndexFile(path: path).landing(articles[600..<603] + [corrected]))
      return try #require(
        try added.file.landing([], removing: [articles[599].id])
      ).file
    }
    /// Of one of the stories, as the file has them; nil where it cannot be made.
    var list: String?
    /// What the check says where the stories are others; nil where the file is not even opened.
    func problems(_ change: (inout [LandedChange]) -> Void) throws -> [IndexFileError]? {
      var changes = file.landed.changes
      change(&changes)
      image.sections[.landed] = changes.flatMap { change in
        var bytes: [UInt8] = []
        let own = change.encoded()
        bytes.appendVarint(UInt64(own.count))
        return bytes + own
      }
      return try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
        list = IndexDamageTests.list(of: path, for: file.landed.articles[0].article)
        return (try? IndexFile(path: path)).map { _ in IndexFileCheck.problems(at: path) }
      }
    }
    #expect(file.landed.changes.count == 6)
    let correction = try #require(file.landed.articles.firstIndex { $0.replaced != nil })
    let stories = file.landed.changes.indices.filter {
      if case .story = file.landed.changes[$0] { true } else { false }
    }
    #expect(try problems { _ in }?.isEmpty == true && list != nil)
    /// Makes a story another article's.
    func rename(_ place: Int, to id: String, in changes: inout [LandedChange]) {
      let story = file.landed.articles[place]
      var article = story.article
      article.id = id
      changes[stories[place]] = .story(story.with(article, replaced: story.replaced))
    }
    #expect(try problems { rename(0, to: articles[3].id, in: &$0) }?.isEmpty == false)
    #expect(try problems { rename(correction, to: "another", in: &$0) }?.isEmpty == false)
    #expect(try problems { rename(0, to: articles[601].id, in: &$0) } == nil)
    let twice = try problems {
      let story = file.landed.articles[0]
      $0.append(.story(story.with(articles[603], replaced: 5)))
    }
    #expect(twice == nil, "article 5 is not withdrawn")
    let same = try problems {
      let story = file.landed.articles[correction]
      $0.append(.story(story.with(articles[603], replaced: story.replaced)))
    }
    #expect(same == nil, "two stories take one place")
    let many = try problems {
      for place in $0.indices {
        guard case .withdrawal(var withdrawal) = $0[place] else { continue }
        withdrawal.left = (0..<300).map { ($0, Nearness()) }
        $0[place] = .withdrawal(withdrawal)
      }
    }
    #expect(many == nil)
    // A pair between two other words of the story.
    let moved = try problems {
      var story = file.landed.articles[0]
      let pairs = story.text.pairs.indices.filter {
        story.text.pairs[$0] != SequenceBuffer.noPair
      }
      let free = story.text.pairs.indices.last { story.text.pairs[$0] == SequenceBuffer.noPair }
      story.text.pairs[free ?? 0] = story.text.pairs[pairs[0]]
      $0[stories[0]] = .story(story)
    }
    #expect(moved?.isEmpty == false && list == nil)
  }

  @Test("made-up bytes of changes that landed never crash")
  func mutations() throws {
    let articles = Self.articles(260, seed: 61)
    var corrected = articles[254]
    corrected.body += " corrected novelty"
    let landed = try #require(try Self.landed(Array(articles[..<258]), on: 256))
    let file = try #require(
      try landed.landing([corrected], removing: [articles[255].id])?.file.landing([articles[258]])
    ).file
    let whole = IndexImage(
      of: Archive.build(Array(articles[..<256]), isKept: true, jobs: 1), toolVersion: "test",
      jobs: 1)
    let bytes = file.landed.encoded()
    #expect(file.landed.articles.count == 4 && file.landed.withdrawals.count == 2)
    let rounds = IndexDamageTests.isFull ? 10_000 : 400
    var random = SplitMix64(seed: 5)
    let bits = (0..<rounds).map { _ in Int(random.next() % UInt64(bytes.count * 8)) }
    let pieces = evenRanges(of: rounds, pieces: 8)
    let results = try concurrentTryMap(count: pieces.count, jobs: 2) { piece throws(any Error) in
      var (found, checked, opened) = (0, 0, 0)
      for bit in bits[pieces[piece]] {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        var image = whole
        image.sections[.landed] = changed
        try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
          for query in [articles[258], articles[259], articles[3]] {
            _ = IndexDamageTests.list(of: path, for: query)
          }
          guard let file = try? IndexFile(path: path) else { return }
          opened += 1
          _ = try? IndexRecommender(file, options: IndexFileTests.options { $0.explains = true })
            .explanation(of: articles[258].id, for: articles[7].id)
          IndexDamageTests.ripple(of: articles[259], in: file)
          if opened % 6 == 0, let archive = try? file.archive() {
            _ = Recommender(archive: archive, options: IndexFileTests.options()).lists()
          }
          if opened % 3 == 0 {
            checked += 1
            if !IndexFileCheck.problems(at: path).isEmpty { found += 1 }
          }
        }
      }
      return (found: found, checked: checked)
    }
    let found = results.reduce(0) { $0 + $1.found }
    let checked = results.reduce(0) { $0 + $1.checked }
    // A letter may be exchanged for its capital, an address for another.
    #expect(checked > rounds / 20 && found >= checked * 3 / 4, "\(found) of \(checked)")
  }
}

extension LandedArticle {
  /// The same of another article.
  fileprivate func with(_ article: Article, replaced: Int?) -> LandedArticle {
    var story = LandedArticle(
      article: article, language: language, replaced: replaced, place: place, newTerms: newTerms,
      displayedWords: displayedWords)
    (story.text, story.features, story.counts) = (text, features, counts)
    (story.scale, story.nearness, story.listing) = (scale, nearness, listing)
    return story
  }
}
