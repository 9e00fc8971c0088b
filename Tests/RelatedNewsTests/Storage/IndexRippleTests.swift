import Foundation
import Testing

@testable import RelatedNews

/// The lists that stories change which land on an index file, from parts of it: the difference of two full
/// rebuilds.
@Suite struct IndexRippleTests {
  /// When nobody is under embargo any more.
  static func options(
    _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) -> RecommendationOptions {
    IndexFileTests.options {
      $0.now = IndexFileTests.now.addingTimeInterval(86_400)
      change(&$0)
    }
  }

  static let changes: [(name: String, change: @Sendable (inout RecommendationOptions) -> Void)] = [
    ("defaults", { _ in }),
    ("one", { $0.limit = 1 }),
    (
      "all",
      {
        $0.limit = 30
        $0.minimumScore = 0
        $0.nearDuplicate = nil
      }
    ),
    ("explained", { $0.explains = true }),
    ("diverse", { $0.diversity = 0.4 }),
  ]

  @Test("equal to the difference of two rebuilds, step by step", arguments: changes.indices)
  func steps(setting: Int) throws {
    var options = Self.options(Self.changes[setting].change)
    var random = SplitMix64(seed: 90 + UInt64(setting))
    let pool = IndexLandingTests.articles(640, seed: 90 + UInt64(setting))
    var articles = Array(pool[..<600])
    var waiting = pool[600...]
    var counts = (told: 0, spared: 0, changed: 0, own: 0)
    try IndexFileTests.withFile(Archive.build(articles, isKept: true, jobs: 2)) { path in
      for step in 0..<(IndexDamageTests.isFull ? 40 : 7) {
        let before = articles
        let change = Self.change(
          of: &articles, from: &waiting, landed: max(0, articles.count - 600), step: step,
          random: &random)
        if setting % 2 == 0, let id = change.adding.first?.id, !id.contains(where: \.isWhitespace) {
          options.rules = try EditorialRules(
            parsing: "pin \(before[step].id) \(id)\nnever-together \(id) \(before[580].id)",
            named: "rules")
        }
        let file = try IndexFile(path: path)
        guard
          let landing = try file.landing(change.adding, removing: change.removing)
        else {
          // As many landed as may.
          articles = before
          try IndexFileWriter.write(
            try file.archiveToUpdate().updated(jobs: 2).archive, to: path, toolVersion: "test")
          continue
        }
        let ripple = try IndexRipple(
          from: file, to: landing.file, options: options, most: .max, jobs: 1 + step % 3)
        let expected = RippleTests.plainChanges(from: before, to: articles, options: options)
        if let ripple {
          let found = try ripple.changes(where: ChangedLists.areDifferent)
          RippleTests.expect(found, expected, "step \(step)")
          // In the input order, those that are gone last.
          let ids = articles.map(\.id) + before.map(\.id)
          let ranks = found.compactMap { change in ids.firstIndex(of: change.id) }
          #expect(ranks == ranks.sorted())
          counts.told += 1
          counts.changed += found.count
          counts.own += landing.file.landed.withdrawals.count
          counts.spared += articles.count - ripple.affectedCount
        } else {
          #expect(options.explains, "names of neighbours' terms changed")
        }
        try IndexFileWriter.write(landing.file, to: path)
      }
    }
    #expect(counts.told >= 3 && counts.changed >= 10, "\(counts)")
    #expect(counts.spared > 0, "\(counts)")
    #expect(counts.own > 0, "\(counts)")
  }

  /// Changes stories that landed or the newest that were there before, or adds one, and says how.
  private static func change(
    of articles: inout [Article], from waiting: inout ArraySlice<Article>, landed: Int, step: Int,
    random: inout SplitMix64
  ) -> (adding: [Article], removing: [String]) {
    // Among them the newest that were written whole; in the second step one of these for sure.
    let back = step == 1 ? landed : Int(random.next() % UInt64(max(1, landed) + 4))
    let one = articles.count - 1 - back
    switch landed == 0 ? 7 : step == 1 ? 0 : random.next() % 8 {
    case 0:
      articles[one].body += " corrected w3q NOVELTY\(one - 1)"
      return ([articles[one]], [])
    case 1:
      articles[one].title += " été w9q"
      articles[one].published = articles[598].published?.addingTimeInterval(60)
      return ([articles[one]], [])
    case 2: return ([], [articles.remove(at: one).id])
    case 3:
      let two = Array(waiting.prefix(2))
      waiting = waiting.dropFirst(2)
      let withdrawn = articles.remove(at: one).id
      articles += two
      return (two, [withdrawn])
    case 4:
      // A copy of another one, and a word that is known in small letters.
      var copy = waiting.removeFirst()
      copy.body = articles[one].body + " NOVELTY\(one)"
      articles.append(copy)
      return ([copy], [])
    default:
      articles.append(waiting.removeFirst())
      return (articles.suffix(1), [])
    }
  }

  @Test("what reaches further is not told from parts")
  func refusals() throws {
    let articles = IndexLandingTests.articles(601, seed: 97)
    let archive = Archive.build(Array(articles[..<600]), isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      let file = try IndexFile(path: path)
      let landed = try #require(try file.landing([articles[600]])).file
      func isTold(_ options: RecommendationOptions, most: Int? = .max) throws -> Bool {
        try IndexRipple(from: file, to: landed, options: options, most: most, jobs: 1) != nil
      }
      #expect(try isTold(Self.options()))
      #expect(try !isTold(Self.options(), most: 0))
      // Small archives are read as quickly.
      #expect(try !isTold(Self.options(), most: nil))
      #expect(try !isTold(Self.options { $0.eligibility.onlyOlder = true }))
      #expect(try !isTold(Self.options { $0.eligibility.daysAfter = 3 }))
      #expect(try !isTold(Self.options { $0.eligibility.sections = ["world"] }))
      #expect(try !isTold(Self.options { $0.eligibility.excludedIDs = [articles[3].id] }))
      #expect(try !isTold(Self.options { $0.minimumResults = 3 }))
      #expect(try !isTold(Self.options { $0.recency.shape = .none }))
      #expect(try !isTold(Self.options { $0.ranking.candidates = 20 }))
      #expect(try !isTold(Self.options { $0.ranking.neighbors = 5 }))
      #expect(try !isTold(Self.options { $0.now = IndexFileTests.now }), "some under embargo")
      let banned = try EditorialRules(parsing: "ban a b", named: "rules")
      #expect(try !isTold(Self.options { $0.rules = banned }))
    }
  }

  @Test("in a large archive the last candidates tell which lists are looked at")
  func floorsOfLargeArchive() throws {
    let options = RippleTests.options()
    var news = ChangingNews(seed: 7, start: 3000, isScattered: true)
    var archive = Archive.build(news.articles, isKept: true, jobs: 2)
    for step in 0..<3 {
      try IndexFileTests.withFile(archive) { archive = try IndexFile(path: $0).archive(jobs: 2) }
      #expect(archive.candidates == nil && archive.candidateFloors != nil)
      let old = news.articles
      let change = news.step()
      let update = archive.updated(adding: change.adding, removing: change.removing, jobs: 2)
      let found = Ripple(of: update, options: options, jobs: 2)
        .changes(jobs: 2, where: ChangedLists.areDifferent)
      let expected = RippleTests.plainChanges(from: old, to: news.articles, options: options)
      RippleTests.expect(found, expected, "step \(step)")
      // As made afresh.
      let fresh = Archive.build(news.articles, isKept: true, jobs: 2)
      let candidates = CandidateLists(of: fresh.articles, index: fresh.index, jobs: 2)
      #expect(update.archive.candidateFloors == CandidateFloors(of: candidates))
      archive = update.archive
    }
  }

  @Test("a last candidate that scores otherwise is found by a check")
  func damagedFloor() throws {
    let archive = Archive.build(IndexFileTests.articles(90, seed: 12), isKept: true, jobs: 2)
    #expect(!NearestCode.namesCandidates(of: archive))
    for place in [0, 41, 89] {
      var image = IndexImage(of: archive, toolVersion: "test", jobs: 2)
      image.sections[.floors]?[archive.count + place] ^= 1
      try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
        let problems = IndexFileCheck.problems(at: path)
        #expect(problems.count == 1)
        #expect(problems.first.map { "\($0)".contains("last candidate") } == true)
      }
    }
  }
}
