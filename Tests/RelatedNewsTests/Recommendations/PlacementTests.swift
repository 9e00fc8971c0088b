import Foundation
import RelatedNews
import Testing

/// "Why is X not in the list?": every answer, each checked against the list itself.
@Suite struct PlacementTests {
  private static func day(_ number: Double) -> Date {
    Date(timeIntervalSince1970: 1_700_000_000 + number * 86_400)
  }
  private static let now = day(1_000)
  private static let dam = "The spillway of Tarn Dam cracked and the water board closed the gates."

  /// A running story of eight steps, copies, and everything that must not be published.
  private static let articles: [Article] = {
    var articles = (0..<8).map { step in
      Article(
        id: "step-\(step)", title: "Tarn Dam, step \(step)",
        body: "\(dam) Crew \(step) with pump \(step * 3) came to gallery \(step * 7).",
        published: day(Double(step)), source: "Echo", section: "local", language: "en")
    }
    let long = (1...9).map {
      "Sentence \($0) of the wire copy about the Tarn Dam spillway goes on."
    }
    .joined(separator: " ")
    articles.append(Article(id: "wire", title: "Dam wire", body: long, published: day(3)))
    articles.append(Article(id: "wire-copy", title: "Reprint", body: long, published: day(4)))
    articles.append(Article(id: "wire-old", title: "Wire again", body: long, published: day(2)))
    articles.append(Article(id: "choir", title: "Choir", body: "Singers rehearse carols nightly."))
    articles.append(Article(id: "undated", title: "Tarn Dam undated", body: dam, section: "local"))
    for (id, status) in [("draft", Article.Status.draft), ("withdrawn", .withdrawn)] {
      articles.append(
        Article(id: id, title: "Tarn Dam \(id)", body: dam, published: day(3), status: status))
    }
    articles.append(
      Article(
        id: "embargoed", title: "Tarn Dam", body: dam, published: day(3), embargoedUntil: day(2_000)
      ))
    articles.append(
      Article(id: "expired", title: "Tarn Dam", body: dam, published: day(3), expires: day(500)))
    return articles
  }()
  private static let archive = Archive.build(articles)

  /// Where `target` stands for `source`; the list is asked too.
  private func placement(
    _ target: String, for source: String = "step-4",
    _ change: (inout RecommendationOptions) throws -> Void = { _ in }
  ) throws -> Explanation.Placement {
    var options = RecommendationOptions()
    options.limit = 20
    options.minimumScore = 0.001
    options.now = Self.now
    options.nearDuplicate = nil
    try change(&options)
    let recommender = Recommender(archive: Self.archive, options: options)
    let numbers = try [target, source].map { try #require(Self.archive.number(of: $0)) }
    let placement = recommender.explanation(of: numbers[0], for: numbers[1]).placement
    let ids = recommender.lists(of: [numbers[1]])[0].items.map(\.article.id)
    switch placement {
    case .listed(let rank), .pinned(let rank), .filler(let rank): #expect(ids[rank - 1] == target)
    default: #expect(!ids.contains(target), "\(placement)")
    }
    return placement
  }

  @Test("what must not be published says why")
  func unpublished() throws {
    #expect(try placement("draft") == .refused(.status(.draft)))
    #expect(try placement("withdrawn") == .refused(.status(.withdrawn)))
    #expect(try placement("embargoed") == .refused(.embargoed))
    #expect(try placement("expired") == .refused(.expired))
    #expect(try placement("step-4") == .sameArticle)
  }

  @Test("every filter says that it was it")
  func filters() throws {
    #expect(try placement("step-5") { $0.eligibility.onlyOlder = true } == .refused(.newer))
    #expect(try placement("undated") { $0.eligibility.onlyOlder = true } == .refused(.undated))
    #expect(try placement("step-0") { $0.eligibility.daysBefore = 2 } == .refused(.tooOld))
    #expect(try placement("step-7") { $0.eligibility.daysAfter = 2 } == .refused(.tooNew))
    #expect(try placement("step-3") { $0.eligibility.sections = ["world"] } == .refused(.section))
    #expect(try placement("step-3") { $0.eligibility.sources = ["Wire"] } == .refused(.source))
    #expect(try placement("step-3") { $0.eligibility.languages = ["de"] } == .refused(.language))
    #expect(
      try placement("step-3") { $0.eligibility.excludedIDs = ["step-3"] } == .refused(.excluded))
  }

  @Test("an editor's words are told apart from scores")
  func editor() throws {
    let rules = { (text: String) in try EditorialRules(parsing: text, named: "pins") }
    #expect(
      try placement("step-3") { $0.rules = try rules("ban step-4 step-3") } == .refused(.banned))
    #expect(try placement("choir") { $0.rules = try rules("pin step-4 choir") } == .pinned(rank: 1))
    // A pin overrules a filter, as the list does.
    let pinned = try placement("step-7") {
      $0.rules = try rules("pin step-4 step-7")
      $0.eligibility.onlyOlder = true
    }
    #expect(pinned == .pinned(rank: 1))
    let apart = try placement("step-3") {
      $0.rules = try rules("pin step-4 choir\nnever-together choir step-3")
    }
    #expect(apart == .keptApart(from: "choir"))
    let displaced = try placement("step-3") {
      $0.limit = 1
      $0.rules = try rules("pin step-4 choir")
      $0.eligibility.excludedIDs = Self.articles.map(\.id).filter {
        $0 != "step-3" && $0 != "choir"
      }
    }
    #expect(displaced == .displaced(rank: 1))
  }

  @Test("copies say whose copy they are")
  func copies() throws {
    #expect(try placement("wire-old", for: "wire") { $0.nearDuplicate = 0.9 } == .copyOfSource)
    #expect(try placement("wire-old") { $0.nearDuplicate = 0.9 } == .foldedInto("wire-copy"))
  }

  @Test("scores, floors and limits are said with their numbers")
  func scores() throws {
    #expect(try placement("choir") == .nothingShared)
    #expect(try placement("step-3") { $0.minimumScore = 5 } == .belowMinimum(5))
    guard case .listed(let rank) = try placement("step-0"), rank > 1 else {
      Issue.record("step-0 is expected further down")
      return
    }
    #expect(try placement("step-0") { $0.limit = 1 } == .beyondLimit(rank: rank))
    let few = try placement("step-0") {
      $0.limit = 1
      $0.ranking.candidates = 1
    }
    #expect(few == .notAmongCandidates(1))
    let filler = try placement("step-3") {
      $0.minimumScore = 5
      $0.minimumResults = 20
    }
    guard case .filler = filler else {
      Issue.record("\(filler)")
      return
    }
  }
}
