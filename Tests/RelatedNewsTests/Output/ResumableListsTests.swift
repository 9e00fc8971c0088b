import Foundation
import RelatedNews
import Testing

@Suite struct ResumableListsTests {
  private static let moment = Date(timeIntervalSinceReferenceDate: 700_000_000.25)

  private static let lists = (0..<7).map { number in
    RecommendationList(
      id: "a\(number)",
      items: number == 3
        ? [] : [Recommendation(article: Article(id: "b\(number)", title: "Dam"), score: 0.5)])
  }

  private struct Folder {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "resume-\(UUID().uuidString)").path
    var file: String { path + "/lists.out" }
    var temporary: String { path + "/.lists.out.rebuild" }
    var journal: String { path + "/.lists.out.rebuild.log" }

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
    func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(filePath: file)) }
    func write(_ bytes: Data, to file: String) throws { try bytes.write(to: URL(filePath: file)) }

    var names: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
  }

  private func open(
    _ folder: Folder, format: ListFormat = .json, key: String = "k1", moment: Date = moment,
    resumes: Bool = true
  ) throws -> ResumableLists {
    try ResumableLists(
      path: folder.file, format: format, key: key, moment: moment, resumes: resumes)
  }

  /// Writes pieces of two lists from where the run stands, at most `pieces` of them.
  private func work(_ output: inout ResumableLists, pieces: Int = .max) throws {
    var done = 0
    while output.listCount < Self.lists.count, done < pieces {
      try output.append(Array(Self.lists[output.listCount...].prefix(2)))
      done += 1
    }
  }

  @Test("an interrupted run goes on and ends in the same bytes", arguments: ListFormat.allCases)
  func goesOn(format: ListFormat) throws {
    let expected = Data(format.formatter.document(Self.lists).utf8)
    for pieces in 0...4 {
      let folder = try Folder()
      defer { folder.remove() }
      do {
        var first = try open(folder, format: format, resumes: false)
        try work(&first, pieces: pieces)
      }
      #expect(!folder.names.contains("lists.out"))
      var second = try open(folder, format: format, moment: Date())
      #expect(second.listCount == min(7, pieces * 2))
      #expect((second.remark == nil) == (pieces > 0))
      #expect((second.moment == Self.moment) == (pieces > 0))
      try work(&second)
      #expect(second.emptyCount == 1)
      try second.finish()
      #expect(try folder.bytes(folder.file) == expected)
      #expect(folder.names == ["lists.out"])
    }
  }

  @Test("cut or flipped anywhere, what is left of a run never leads to other bytes")
  func damaged() throws {
    let expected = Data(ListFormat.json.formatter.document(Self.lists).utf8)
    let folder = try Folder()
    defer { folder.remove() }
    do {
      var first = try open(folder, resumes: false)
      try work(&first, pieces: 3)
    }
    let data = try folder.bytes(folder.temporary)
    let log = try folder.bytes(folder.journal)
    func check(_ damage: String) throws {
      var again = try open(folder)
      try work(&again)
      try again.finish()
      #expect(try folder.bytes(folder.file) == expected, "\(damage)")
      #expect(folder.names == ["lists.out"])
    }
    for length in 0..<data.count {
      try folder.write(data.prefix(length), to: folder.temporary)
      try folder.write(log, to: folder.journal)
      try check("data cut at \(length)")
    }
    for length in 0..<log.count {
      try folder.write(data, to: folder.temporary)
      try folder.write(log.prefix(length), to: folder.journal)
      try check("log cut at \(length)")
    }
    for index in data.indices {
      var flipped = data
      flipped[index] ^= 0x10
      try folder.write(flipped, to: folder.temporary)
      try folder.write(log, to: folder.journal)
      try check("byte \(index) flipped")
    }
    for index in log.indices {
      var flipped = log
      flipped[index] ^= 0x03
      try folder.write(data, to: folder.temporary)
      try folder.write(flipped, to: folder.journal)
      try check("byte \(index) of the log flipped")
    }
  }

  @Test("a run of something else is not gone on with, and that is said")
  func foreign() throws {
    let folder = try Folder()
    defer { folder.remove() }
    do {
      var first = try open(folder, key: "another", resumes: false)
      try work(&first, pieces: 2)
    }
    let second = try open(folder)
    #expect(second.listCount == 0)
    #expect(second.remark?.contains("another archive, other options") == true)
    let message = #expect(throws: OutputError.self) { _ = try open(folder) }
    #expect(message?.description.contains("another rebuild is writing it") == true)
    #expect(second.moment == Self.moment)
  }

  @Test("without --resume a run begins anew; the old file stays until the new one is whole")
  func anew() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try folder.write(Data("old".utf8), to: folder.file)
    do {
      var first = try open(folder, resumes: false)
      try work(&first, pieces: 2)
    }
    #expect(try folder.bytes(folder.file) == Data("old".utf8))
    var second = try open(folder, resumes: false)
    #expect(second.listCount == 0 && second.remark == nil)
    try work(&second)
    try second.finish()
    #expect(
      try folder.bytes(folder.file) == Data(ListFormat.json.formatter.document(Self.lists).utf8))
  }

  @Test("the key tells archives, options and formats apart, and nothing else")
  func key() {
    let articles = RandomNews(seed: 3).articles(20)
    var options = RecommendationOptions()
    func key(_ articles: [Article], format: ListFormat = .json, version: String = "1") -> String {
      Rebuild.key(
        of: Archive.build(articles), options: options, format: format, version: version)
    }
    let first = key(articles)
    #expect(key(articles) == first)
    #expect(key(articles, format: .csv) != first)
    #expect(key(articles, version: "2") != first)
    #expect(key(Array(articles.reversed())) != first)
    var other = articles
    other[4].title += "!"
    #expect(key(other) != first)
    options.limit = 6
    #expect(key(articles) != first)
  }
}
