import Foundation
import Testing

@testable import RelatedNews

/// What an index file does when it is damaged, cut, replaced or made up.
///
/// `RELATED_NEWS_FULL=1` tries every bit and 10,000 mutations instead of a sample.
@Suite struct IndexDamageTests {
  static let isFull = ProcessInfo.processInfo.environment["RELATED_NEWS_FULL"] != nil

  /// A small archive, its file's bytes, and what is asked of it.
  static func small() -> (archive: Archive, bytes: [UInt8], query: Article) {
    let articles = IndexFileTests.articles(14, seed: 31)
    let archive = Archive.build(articles, isKept: true, jobs: 1)
    let image = IndexImage(of: archive, toolVersion: "test", jobs: 1)
    return (archive, IndexFileWriter.bytes(of: image), articles[3])
  }

  static func withFile<Result>(
    _ bytes: [UInt8], _ body: (String) throws -> Result
  ) throws -> Result {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "related-news-\(UUID().uuidString).rnx")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes).write(to: url)
    return try body(url.path)
  }

  /// The list, or nil for an error of the index file.
  static func list(of path: String, for query: Article) -> String? {
    var options = IndexFileTests.options()
    options.minimumScore = 0
    guard let file = try? IndexFile(path: path),
      // The second core reads ahead of the first.
      let list = try? IndexRecommender(file, options: options, jobs: 2).list(for: query)
    else { return nil }
    return IndexFileTests.texts([list])[0]
  }

  @Test("a whole file passes its check")
  func whole() throws {
    let (_, bytes, _) = Self.small()
    try Self.withFile(bytes) { #expect(IndexFileCheck.problems(at: $0) == []) }
    let larger = Archive.build(IndexFileTests.articles(700, seed: 2), isKept: true, jobs: 2)
    try IndexFileTests.withFile(larger) { #expect(IndexFileCheck.problems(at: $0, jobs: 2) == []) }
  }

  @Test("every flipped bit is found by check, and never changes a list silently")
  func bitFlips() throws {
    let (_, bytes, query) = Self.small()
    try Self.withFile(bytes) { path in
      let expected = try #require(Self.list(of: path, for: query))
      let handle = try FileHandle(forUpdating: URL(filePath: path))
      var wrong: [Int] = []
      for bit in stride(from: 0, to: bytes.count * 8, by: Self.isFull ? 1 : 211) {
        let offset = UInt64(bit / 8)
        try handle.seek(toOffset: offset)
        handle.write(Data([bytes[bit / 8] ^ 1 << UInt8(bit % 8)]))
        let list = Self.list(of: path, for: query)
        if list != nil && list != expected { wrong.append(bit) }
        if IndexFileCheck.problems(at: path).isEmpty { wrong.append(bit) }
        try handle.seek(toOffset: offset)
        handle.write(Data([bytes[bit / 8]]))
      }
      #expect(wrong == [])
      #expect(IndexFileCheck.problems(at: path) == [])
    }
  }

  @Test("a file cut at any length, or with something behind its end, says so")
  func truncation() throws {
    let (_, bytes, _) = Self.small()
    try Self.withFile(bytes) { path in
      for length in (0..<bytes.count).reversed() {
        truncate(path, off_t(length))
        let error = #expect(throws: IndexFileError.self) { try IndexFile(path: path) }
        #expect(error?.kind == (length == 0 ? .notAnIndex : .truncated), "\(length)")
      }
    }
    try Self.withFile(bytes + [0]) { path in
      let error = #expect(throws: IndexFileError.self) { try IndexFile(path: path) }
      #expect(error?.kind == .extended)
    }
  }

  /// A larger file; every twentieth place of a smaller one without `RELATED_NEWS_FULL=1`.
  @Test("a larger file cut at each 4 KiB says so, before it is opened and while it is open")
  func truncationOfLarger() throws {
    let articles = IndexFileTests.articles(Self.isFull ? 6_000 : 700, seed: 2)
    let archive = Archive.build(articles, isKept: true, jobs: 2)
    let bytes = IndexFileWriter.bytes(of: IndexImage(of: archive, toolVersion: "test", jobs: 2))
    var options = IndexFileTests.options()
    options.minimumScore = 0
    try Self.withFile(bytes) { path in
      let expected = try #require(Self.list(of: path, for: articles[3]))
      let lengths = Array(stride(from: 0, to: bytes.count, by: 4096)).reversed()
      for (index, length) in lengths.enumerated() where Self.isFull || index % 20 == 0 {
        try Data(bytes).write(to: URL(filePath: path))
        let open = try IndexFile(path: path)
        truncate(path, off_t(length))
        let error = #expect(throws: IndexFileError.self) { try IndexFile(path: path) }
        #expect(error?.kind == (length == 0 ? .notAnIndex : .truncated), "\(length)")
        // Who has it open gets the whole list, or an error: never another list.
        let lists = IndexRecommender(open, options: options, jobs: 2)
        if let list = try? lists.list(for: articles[3]) {
          #expect(IndexFileTests.texts([list])[0] == expected, "\(length)")
        }
        #expect(throws: IndexFileError.self) { try open.archive() }
      }
    }
  }

  @Test("a file cut while it is open is an error, not a crash")
  func truncationWhileOpen() throws {
    let (_, bytes, query) = Self.small()
    try Self.withFile(bytes) { path in
      let file = try IndexFile(path: path)
      truncate(path, off_t(bytes.count / 2))
      let error = #expect(throws: IndexFileError.self) { try file.archive() }
      #expect(error?.kind == .truncated)
      for jobs in [1, 2] {
        #expect(throws: IndexFileError.self) {
          try IndexRecommender(file, jobs: jobs).list(for: query)
        }
      }
    }
  }

  @Test("who has an index open keeps it when another takes its name")
  func replacedWhileOpen() throws {
    let (archive, _, query) = Self.small()
    try IndexFileTests.withFile(archive) { path in
      let file = try IndexFile(path: path)
      let other = Archive.build(IndexFileTests.articles(5, seed: 1), isKept: true, jobs: 1)
      try IndexFileWriter.write(other, to: path, toolVersion: "test")
      #expect(try file.archive().count == archive.count)
      #expect(
        try IndexRecommender(file, options: IndexFileTests.options()).list(for: query)
          == Recommender(archive: try file.archive(), options: IndexFileTests.options())
          .list(for: query))
      #expect(try IndexFile(path: path).count == 5)
    }
  }

  @Test("what is no index, too new or too old says what it is")
  func otherFiles() throws {
    let (_, bytes, _) = Self.small()
    func kind(_ bytes: [UInt8]) throws -> IndexFileError.Kind? {
      try Self.withFile(bytes) { path in
        #expect(throws: IndexFileError.self) { try IndexFile(path: path) }?.kind
      }
    }
    #expect(try kind(Array("{\"id\": 1}".utf8)) == .notAnIndex)
    #expect(try kind([]) == .notAnIndex)
    var changed = bytes
    changed[12] = UInt8(IndexFileHeader.version) + 1
    #expect(try kind(changed) == .tooNew)
    changed = bytes
    changed[8] = UInt8(IndexFileHeader.lowestReader) - 1
    #expect(try kind(changed) == .tooOld)
    #expect(throws: IndexFileError.self) { try IndexFile(path: "/no/such/file") }
    #expect(throws: IndexFileError.self) { try IndexFile(path: "/tmp") }
  }

  @Test("made-up bytes under true checksums never crash")
  func mutations() throws {
    let archive = Archive.build(IndexFileTests.articles(40, seed: 6), isKept: true, jobs: 1)
    let image = IndexImage(of: archive, toolVersion: "test", jobs: 1)
    let query = IndexFileTests.articles(40, seed: 6)[5]
    let added = IndexFileTests.articles(41, seed: 7)[40]
    let sections = IndexSection.allCases.filter { !image[$0].isEmpty }
    var random = SplitMix64(seed: 99)
    var found = 0
    let rounds = Self.isFull ? 10_000 : 300
    for _ in 0..<rounds {
      var mutated = image
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let section = sections[Int(random.next() % UInt64(sections.count))]
        mutated.sections[section] = Self.mutation(of: mutated[section], random: &random)
      }
      try Self.withFile(IndexFileWriter.bytes(of: mutated)) { path in
        _ = Self.list(of: path, for: query)
        if let file = try? IndexFile(path: path) {
          _ = try? IndexRecommender(file, options: IndexFileTests.options { $0.explains = true })
            .explanation(of: query.id, for: "a7")
          if let archive = try? file.archive() {
            _ = Recommender(archive: archive, options: IndexFileTests.options()).lists()
          }
          if let read = try? file.archiveToUpdate() {
            let update = read.updated(adding: [added], removing: ["a3"], localShare: 1, jobs: 1)
            _ = IndexImage(of: update.archive, toolVersion: "test", jobs: 1)
          }
          Self.ripple(of: added, in: file)
        }
        if !IndexFileCheck.problems(at: path).isEmpty { found += 1 }
      }
    }
    // A byte may be exchanged for itself.
    #expect(found >= rounds * 9 / 10, "\(found)")
  }

  @Test(
    "an index whose postings and texts contradict each other is brought up to date without a crash")
  func contradictions() throws {
    var articles = RandomNews(seed: 21).articles(200)
    for i in articles.indices {
      articles[i].title = ""
      articles[i].published = Date(timeIntervalSince1970: 1_700_000_000 + Double(i) * 3600)
    }
    let settled = SettledArticles.count(of: 200)
    let image = IndexImage(
      of: Archive.build(articles, isKept: true, jobs: 2), toolVersion: "test", jobs: 2)
    var random = SplitMix64(seed: 3)
    for round in 0..<8 {
      // The same words and pairs in as many settled articles, but in others.
      var dealt = articles
      for i in 0..<settled { dealt[i].body = articles[(i * 7 + round) % settled].body }
      let other = IndexImage(
        of: Archive.build(dealt, isKept: true, jobs: 2), toolVersion: "test", jobs: 2)
      var mixed = image
      mixed.sections[.sequences] = other[.sequences]
      if round % 2 == 1 { mixed.sections[.floors] = image[.floors].map { _ in .max } }
      try Self.withFile(IndexFileWriter.bytes(of: mixed)) { path in
        #expect(!IndexFileCheck.problems(at: path).isEmpty)
        let read = try IndexFile(path: path).archiveToUpdate()
        let update = read.updated(
          adding: [dealt[3], IndexFileTests.articles(201, seed: 22)[200]],
          removing: [articles[Int(random.next() % 200)].id], localShare: 1, jobs: 2)
        let after = IndexImage(of: update.archive, toolVersion: "test", jobs: 2)
        #expect(after.counts.articles == update.archive.count)
      }
    }
  }

  /// What a story that lands changes, as far as a file lets itself be read.
  static func ripple(of article: Article, in file: IndexFile) {
    guard let landing = try? file.landing([article]) else { return }
    let ripple = try? IndexRipple(
      from: file, to: landing.file, options: IndexRippleTests.options(), most: .max, jobs: 1)
    _ = try? ripple?.changes(where: ChangedLists.areDifferent)
  }

  @Test("a recency whose factors are not from 0 to 1 is refused")
  func recency() throws {
    let archive = Archive.build(IndexFileTests.articles(40, seed: 6), isKept: true, jobs: 1)
    let image = IndexImage(of: archive, toolVersion: "test", jobs: 1)
    func isRead(_ change: (inout Recency) -> Void) throws -> Bool {
      var (image, counts) = (image, image.counts)
      change(&counts.recency)
      image.sections[.counts] = counts.encoded()
      return try Self.withFile(IndexFileWriter.bytes(of: image)) {
        (try? IndexFile(path: $0)) != nil
      }
    }
    #expect(try isRead { $0.offset = 3 })
    #expect(try !isRead { $0.newerWeight = 1e6 })
    #expect(try !isRead { $0.floor = 1.5 })
    #expect(try !isRead { $0.decay = 0 })
    #expect(try !isRead { $0.decay = 1 })
    #expect(try !isRead { $0.scale = 0 })
    #expect(try !isRead { $0.scale = .nan })
    #expect(try !isRead { $0.offset = .infinity })
  }

  private static func mutation(of bytes: [UInt8], random: inout SplitMix64) -> [UInt8] {
    guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: random.next())] }
    var bytes = bytes
    let place = Int(random.next() % UInt64(bytes.count))
    switch random.next() % 6 {
    case 0: bytes[place] ^= 1 << UInt8(random.next() % 8)
    case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 2: bytes.removeSubrange(place...)
    case 3: for i in place..<min(place + 8, bytes.count) { bytes[i] = 0xFF }
    case 4: for i in place..<min(place + 8, bytes.count) { bytes[i] = 0 }
    default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
    }
    return bytes
  }

  @Test("a second writer waits, then says who it waits for")
  func writerLock() throws {
    let (_, bytes, _) = Self.small()
    try Self.withFile(bytes) { path in
      let lock = try WriterLock(for: path)
      let error = #expect(throws: IndexFileError.self) {
        _ = try WriterLock(for: path, patience: 0.05)
      }
      #expect(error?.kind == .locked)
      _ = consume lock
      _ = try WriterLock(for: path, patience: 0)
    }
    // Nothing is made where nothing is.
    _ = try WriterLock(for: "/tmp/related-news-\(UUID().uuidString)")
  }
}

extension IndexFileWriter {
  /// The whole file.
  static func bytes(of image: IndexImage) -> [UInt8] { parts(of: image).flatMap { $0 } }
}
