import Foundation
import Testing

@testable import RelatedNews

@Suite struct RippleTests {
  static func options(
    _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) -> RecommendationOptions {
    var options = RecommendationOptions()
    options.now = Date(timeIntervalSince1970: 1_760_000_000)
    change(&options)
    return options
  }

  static let settings: [RecommendationOptions] = [
    options(), options { $0.minimumScore = 0 }, options { $0.eligibility.onlyOlder = true },
    options {
      $0.minimumResults = 5
      $0.eligibility.sections = ["world", "local"]
    },
    options {
      $0.explains = true
      $0.diversity = 0.3
    },
    options {
      $0.nearDuplicate = nil
      $0.minimumScore = 0.02
      $0.ranking.candidates = 12
      $0.recency.shape = .none
    },
  ]

  /// The plain twin: two full rebuilds of archives built afresh, compared line by line.
  static func plainChanges(
    from old: [Article], to new: [Article], options: RecommendationOptions
  ) -> [String: ListChange] {
    func lists(_ articles: [Article]) -> [Data: RecommendationList] {
      let lists = Recommender(archive: Archive.build(articles), options: options).lists()
      return Dictionary(uniqueKeysWithValues: lists.map { (Data($0.id.utf8), $0) })
    }
    let (before, now) = (lists(old), lists(new))
    var changes: [String: ListChange] = [:]
    for id in Set(before.keys).union(now.keys) {
      if let a = before[id], let b = now[id], JSONText.list(a) == JSONText.list(b) { continue }
      changes[id.base64EncodedString()] = ListChange(before: before[id], now: now[id])
    }
    return changes
  }

  /// The same changes, each once, in whatever order.
  static func expect(
    _ changes: [ListChange], _ expected: [String: ListChange], _ comment: Comment
  ) {
    func key(_ change: ListChange) -> String { Data(change.id.utf8).base64EncodedString() }
    #expect(changes.count == expected.count, comment)
    #expect(Set(changes.map(key)) == Set(expected.keys), comment)
    for change in changes {
      #expect(expected[key(change)].map(ChangedLists.line) == ChangedLists.line(change), comment)
    }
  }

  @Test(
    "the lists that an update changed are the difference of two full rebuilds",
    arguments: settings.indices, [false, true])
  func equalsTwoRebuilds(setting: Int, isScattered: Bool) throws {
    var options = Self.settings[setting]
    var news = ChangingNews(
      seed: UInt64(40 + setting), start: isScattered ? 200 : 90, isScattered: isScattered)
    var archive = Archive.build(news.articles, isKept: true, jobs: 2)
    // With candidates from the start, or as from a file, which keeps none of short articles.
    if isScattered && setting % 2 == 0 {
      try IndexFileTests.withFile(archive) { archive = try IndexFile(path: $0).archive() }
      #expect(archive.candidates == nil)
    } else {
      #expect(archive.candidates != nil)
    }
    var spared = 0
    let steps = isScattered ? 12 : 20
    for step in 0..<steps {
      let old = news.articles
      let change = news.step()
      if setting == 1, let id = change.adding.first?.id, !id.contains(where: \.isWhitespace) {
        options.rules = try EditorialRules(
          parsing: "pin \(old[step].id) \(id)\nban \(old[step + 1].id) \(id)", named: "rules")
      }
      let update = archive.updated(
        adding: change.adding, removing: change.removing, localShare: 1, jobs: 2)
      let ripple = Ripple(of: update, options: options, jobs: 2)
      spared += update.archive.count - ripple.affected.count
      let changes = ripple.changes(jobs: 1 + step % 3, where: ChangedLists.areDifferent)
      let expected = Self.plainChanges(from: old, to: news.articles, options: options)
      Self.expect(changes, expected, "step \(step)")
      for gone in changes where gone.now == nil {
        // A removed id is in no list.
        #expect(update.archive.number(of: gone.id) == nil)
      }
      archive = update.archive
    }
    // Otherwise every list was looked at, and this proves little.
    if isScattered, [0, 1, 3, 4, 5].contains(setting) {
      #expect(spared > archive.count * steps / 3, "\(spared)")
    }
  }

  @Test("a line says what entered, what left and the list now")
  func line() {
    func list(_ ids: String...) -> RecommendationList {
      RecommendationList(
        id: "a", items: ids.map { Recommendation(article: Article(id: $0), score: 0.5) })
    }
    let change = ListChange(before: list("b", "c"), now: list("d", "b"))
    #expect(
      ChangedLists.line(change)
        == "{\"id\":\"a\",\"entered\":[{\"rank\":1,\"id\":\"d\"}],\"left\":[{\"rank\":2,\"id\":\"c\"}],"
        + "\"related\":[{\"rank\":1,\"id\":\"d\",\"score\":0.5,\"title\":\"\"},"
        + "{\"rank\":2,\"id\":\"b\",\"score\":0.5,\"title\":\"\"}]}\n")
    #expect(
      ChangedLists.line(ListChange(before: list("b"), now: nil))
        == "{\"id\":\"a\",\"removed\":true,\"entered\":[],\"left\":[{\"rank\":1,\"id\":\"b\"}]}\n")
  }
}
