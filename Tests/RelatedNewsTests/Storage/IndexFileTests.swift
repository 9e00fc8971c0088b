import Foundation
import Testing

@testable import RelatedNews

@Suite struct IndexFileTests {
  static let now = Date(timeIntervalSince1970: 1_720_000_000)

  static func options(
    _ change: (inout RecommendationOptions) -> Void = { _ in }
  ) -> RecommendationOptions {
    var options = RecommendationOptions()
    options.now = now
    change(&options)
    return options
  }

  /// Random articles with everything that a record can have.
  static func articles(_ count: Int, seed: UInt64) -> [Article] {
    var articles = RandomNews(seed: seed).articles(count)
    for i in articles.indices {
      if i % 5 == 0 { articles[i].url = "https://example.test/\(i)" }
      if i % 7 == 0 { articles[i].source = "Harrow Wire" }
      if i % 11 == 0 { articles[i].updated = now.addingTimeInterval(Double(i) / 8) }
      if i % 13 == 0 { articles[i].keywords = ["w3q", "été \(i)"] }
      if i % 17 == 0 { articles[i].status = .withdrawn }
      if i % 19 == 0 { articles[i].embargoedUntil = now.addingTimeInterval(Double(i - 20)) }
      if i % 23 == 0 { articles[i].language = "en" }
      if i % 29 == 0 { articles[i].id = "é\(i)/\u{1F4F0}" }
      if i % 31 == 0 { articles[i].title = "Briefing: " + articles[i].title }
    }
    return articles
  }

  @Test("several cores read a section at once, and each is handed the file's bytes")
  func sharedReading() throws {
    let archive = Archive.build(Self.articles(1200, seed: 41), isKept: true, jobs: 2)
    try Self.withFile(archive) { path in
      let file = try IndexFile(path: path)
      let bytes = try Data(contentsOf: URL(filePath: path))
      let wrong = concurrentMap(count: 400, jobs: 8) { task in
        var random = SeededNumbers(seed: UInt64(task))
        return IndexSection.allCases.reduce(0) { sum, kind in
          let section = file.section(kind)
          let start = Int.random(in: 0...section.count, using: &random)
          let range = start..<Int.random(in: start...section.count, using: &random)
          let expected = bytes.dropFirst(section.entry.offset + start).prefix(range.count)
          let read = try? section.bytes(range)
          return sum + (read.map { $0.elementsEqual(expected) } == true ? 0 : 1)
        }
      }
      #expect(wrong.reduce(0, +) == 0)
      #expect(IndexSection.allCases.contains { file.section($0).entry.blockCount > 4 })
    }
  }

  @Test("sections have room for their bytes and some behind them", arguments: [0, 1, 9])
  func sectionMemory(scale: Int) throws {
    // With 0 nothing is in large pages, with 1 the last of them holds other sections too.
    let entries = IndexSection.allCases.enumerated().map { index, section in
      IndexFileHeader.Entry(
        section: section, offset: 0, length: index * (7 + scale * 8192), tableChecksum: 0)
    }
    let memory = try #require(SectionMemory(of: entries))
    let rooms = entries.map { entry in
      UnsafeMutableRawBufferPointer(
        start: memory.room(for: entry.section).base, count: entry.length + SectionBytes.slack)
    }
    #expect(rooms.allSatisfy { $0.allSatisfy { $0 == 0 } })
    for (index, room) in rooms.enumerated() {
      room.initializeMemory(as: UInt8.self, repeating: UInt8(index + 1))
    }
    for (index, room) in rooms.enumerated() {
      #expect(room.allSatisfy { $0 == index + 1 })
      #expect(UInt(bitPattern: room.baseAddress) % 64 == 0)
    }
    withExtendedLifetime(memory) {}
  }

  @Test("a section as long as files can be has so many blocks")
  func longSection() {
    let entry = IndexFileHeader.Entry(
      section: .records, offset: 0, length: .max, tableChecksum: 0)
    #expect(entry.blockCount == 1 << 51)
    #expect(
      IndexFileHeader.Entry(
        section: .records, offset: 0, length: 4096, tableChecksum: 0
      ).blockCount == 1)
  }

  static func withFile<Result>(
    _ archive: Archive, _ body: (String) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "related-news-\(UUID().uuidString).rnx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try IndexFileWriter.write(archive, to: path, toolVersion: "test", jobs: 2)
    return try body(path)
  }

  @Test("an archive comes back as it was, but for the texts", arguments: [0, 1, 2, 9, 300])
  func roundTrip(count: Int) throws {
    let articles = Self.articles(count, seed: 4)
    let archive = Archive.build(articles, isKept: true, jobs: 2)
    try Self.withFile(archive) { path in
      let read = try IndexFile(path: path).archive(jobs: 2)
      #expect(read.articles == archive.articles.map { Self.withoutText($0) })
      #expect(read.inputOrder == archive.inputOrder)
      #expect(read.analysis.sequences == archive.analysis.sequences)
      #expect(read.analysis.vocabulary == archive.analysis.vocabulary)
      #expect(read.analysis.words == archive.analysis.words)
      #expect(read.analysis.wordIDs == archive.analysis.wordIDs)
      #expect(read.analysis.languages == archive.analysis.languages)
      #expect(read.analysis.seriesLabels == archive.analysis.seriesLabels)
      #expect(
        read.vectorizer.features.documentFrequencies
          == archive.vectorizer.features.documentFrequencies)
      #expect(read.index.articles == archive.index.articles)
      Self.expectPostings(of: read)
      try Self.expectSequences(of: try IndexFile(path: path), equal: archive.analysis)
      #expect(read.neighborhood == archive.neighborhood)
      #expect(read.floor == archive.floor)
      #expect(
        read.candidates == (NearestCode.namesCandidates(of: archive) ? archive.candidates : nil))
    }
  }

  /// What was read or brought up to date by feature is what counting and transposing make.
  static func expectPostings(of archive: Archive, _ step: Int = 0) {
    #expect(
      archive.counted
        == FeaturePostings(
          of: archive.analysis.sequences, vectorizer: archive.vectorizer, jobs: 2),
      "step \(step)")
    let plain = Postings(of: archive.index.articles)
    #expect(archive.index.postings.starts == plain.starts, "step \(step)")
    #expect(archive.index.postings.articles == plain.articles, "step \(step)")
    #expect(archive.index.postings.weights == plain.weights, "step \(step)")
    var phrases = Phrases()
    var found: [UInt32] = []
    for article in 0..<archive.count {
      phrases.append(
        article, of: archive.analysis.sequences, vectorizer: archive.vectorizer, found: &found)
    }
    #expect(archive.phrases == phrases, "step \(step)")
  }

  /// The plain twin of `SequenceReader` asks a lexicon piece by piece.
  static func expectSequences(of file: IndexFile, equal analysis: AnalyzedArchive) throws {
    var lexicon = try Lexicon(of: file)
    var buffer = SequenceBuffer()
    let table = try file.pieces(.sequences, of: file.count, size: SequenceCode.group)
    for start in stride(from: 0, to: file.count, by: SequenceCode.group) {
      let count = min(SequenceCode.group, file.count - start)
      try SequenceCode.append(
        try table.blob(start / SequenceCode.group), count: count, wanted: 0..<count,
        lexicon: &lexicon, to: &buffer)
    }
    #expect(buffer.words.map(\.term) == analysis.sequences.terms)
    #expect(buffer.words.map(\.number) == analysis.wordIDs)
    for (place, word) in buffer.words.enumerated() {
      let row = try lexicon.row(ofTerm: Int(word.term))
      #expect(Int(word.documentFrequency) == row.documentFrequency)
      #expect(Int(word.settledFrequency) == row.settledFrequency)
      guard word.pair != SequenceBuffer.noPair else { continue }
      let first = try lexicon.row(ofTerm: Int(buffer.words[place - 1].term))
      let pair = try lexicon.row(ofPair: Int(word.pair))
      #expect(first.pairStart..<first.pairStart + first.pairCount ~= Int(word.pair))
      #expect(pair.second == Int(word.term))
      #expect(pair.settledFrequency == Int(word.settledPairFrequency))
    }
    #expect(buffer.segmentStarts == analysis.sequences.segmentStarts)
    #expect(buffer.articleSegments == analysis.sequences.articleSegments)
    try expectRows(of: file)
  }

  /// A lexicon remembers what it has read as it stands there.
  private static func expectRows(of file: IndexFile) throws {
    var plain = try Lexicon(of: file)
    var kept = plain
    for term in stride(from: 0, to: file.counts.terms, by: 3) { _ = try kept.row(ofTerm: term) }
    for pair in stride(from: 0, to: file.counts.pairs, by: 3) {
      _ = try kept.secondAndFrequency(ofPair: pair)
    }
    for term in 0..<file.counts.terms {
      let row = try plain.row(ofTerm: term)
      #expect(try kept.row(ofTerm: term) == row)
    }
    for pair in 0..<file.counts.pairs {
      let row = try plain.row(ofPair: pair)
      #expect(try kept.secondAndFrequency(ofPair: pair) == (row.second, row.settledFrequency))
    }
  }

  /// The bytes of its file.
  static func bytes(of archive: Archive, jobs: Int) -> [UInt8] {
    IndexFileWriter.bytes(of: IndexImage(of: archive, toolVersion: "", jobs: jobs))
  }

  static func withoutText(_ article: Article) -> Article {
    var article = article
    article.body = ""
    return article
  }

  @Test("candidates are kept where articles are long, and come back with their scores")
  func candidates() throws {
    var articles = Self.articles(90, seed: 12)
    for i in articles.indices {
      articles[i].body += "\n\n" + articles[(i * 7 + 1) % 90].body + articles[(i * 5 + 2) % 90].body
      articles[i].body += articles[(i * 3 + 4) % 90].body
    }
    let archive = Archive.build(articles, isKept: true, jobs: 2)
    #expect(NearestCode.namesCandidates(of: archive))
    try Self.withFile(archive) { path in
      let read = try IndexFile(path: path).archive()
      #expect(read.candidates == archive.candidates)
      #expect(read.neighborhood == archive.neighborhood)
      #expect(IndexFileCheck.problems(at: path) == [])
      let lazy = IndexRecommender(try IndexFile(path: path), options: Self.options())
      let whole = Recommender(archive: archive, options: Self.options())
      for query in Self.queries(of: articles) {
        #expect(
          Self.texts([try lazy.list(for: query)]) == Self.texts([whole.list(for: query)]))
      }
    }
    // A floor is its list's.
    for byte in [0, archive.count] {
      var image = IndexImage(of: archive, toolVersion: "test", jobs: 2)
      image.sections[.floors]?[byte] ^= 1
      try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
        let error = #expect(throws: IndexFileError.self) { try IndexFile(path: path).archive() }
        #expect(String(describing: error).contains("floors"))
        #expect(IndexFileCheck.problems(at: path).count == 1)
      }
    }
    // A candidate that must not be listed is none.
    let mostNamed = try #require(archive.candidates).lists.entries(of: 0)[0]
    var withheld = articles
    let place = try #require(archive.inputOrder.firstIndex(of: Int(mostNamed)))
    withheld[place].status = .cancelled
    var image = IndexImage(
      of: Archive.build(withheld, isKept: true, jobs: 2), toolVersion: "test", jobs: 2)
    image.sections[.neighbors] = IndexImage(of: archive, toolVersion: "", jobs: 2)[.neighbors]
    try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
      let error = #expect(throws: IndexFileError.self) { try IndexFile(path: path).archive() }
      #expect(String(describing: error).contains("shares nothing with it"))
    }
  }

  @Test("an index brought up to date is, byte for byte, the one built afresh")
  func updates() throws {
    var random = SplitMix64(seed: 41)
    var pool = Self.articles(220, seed: 33)
    // Of two versions the one updated later would stay: here the new one always does.
    for i in pool.indices { pool[i].updated = nil }
    var articles = Array(pool[..<60])
    var archive = Archive.build(articles, isKept: true, jobs: 1)
    let steps = IndexDamageTests.isFull ? 1_000 : 40
    for step in 0..<steps {
      let added = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        var article = pool[Int(random.next() % UInt64(pool.count))]
        if random.next() % 3 == 0 { article.body += " again w\(random.next() % 40)q" }
        return article
      }
      let removed = random.next() % 2 == 0 ? articles.randomElement(using: &random)?.id : nil
      try Self.withFile(archive) { path in
        let file = try IndexFile(path: path)
        // With and without the scores of neighbours.
        archive = try (step % 3 == 0 ? file.archive() : file.archiveToUpdate())
          .updated(adding: added, removing: removed.map { [$0] } ?? [], jobs: 1).archive
      }
      if archive.counted != nil { Self.expectPostings(of: archive, step) }
      articles = archive.inputOrder.map { number in
        let id = archive.articles[number].id
        return added.last { $0.id == id } ?? articles.first { $0.id == id } ?? Article(id: id)
      }
      guard step % 8 == 7 || step == steps - 1 else { continue }
      let fresh = Archive.build(articles, isKept: true, jobs: 1)
      #expect(
        Self.bytes(of: archive, jobs: 1)
          == Self.bytes(of: fresh, jobs: 1),
        "step \(step)")
      // The plain twin keeps nothing: it makes every list from the articles.
      let plain = Recommender(archive: Archive.build(articles), options: Self.options())
      try Self.withFile(archive) { path in
        let file = try IndexFile(path: path)
        let read = Recommender(archive: try file.archive(), options: Self.options())
        #expect(Self.texts(read.lists()) == Self.texts(plain.lists()), "step \(step)")
        let lazy = IndexRecommender(file, options: Self.options())
        for query in [pool[step % pool.count], articles[step % articles.count]] {
          #expect(
            Self.texts([try lazy.list(for: query)]) == Self.texts([plain.list(for: query)]),
            "step \(step), \(query.id)")
        }
      }
    }
  }

  @Test("an update that reads no scores keeps neighbours and candidates as a fresh index has them")
  func unscoredUpdates() throws {
    let pool = Self.articles(150, seed: 14)
    var articles = pool.indices.map { i in
      var article = pool[i]
      for step in [7, 5, 3] { article.body += "\n\n" + pool[(i * step + 1) % 150].body }
      article.published = Date(timeIntervalSince1970: 1_700_000_000 + Double(i) * 3600)
      return article
    }
    var waiting = articles[120...]
    articles.removeLast(30)
    var archive = Archive.build(articles, isKept: true, jobs: 2)
    var unreached = 0
    for step in 0..<24 {
      var added = [waiting.removeFirst()]
      var removed: [String] = []
      if step % 4 == 2 { removed = [articles.remove(at: step * 3).id] }
      if step % 6 == 5 {
        // Nobody comes.
        waiting.insert(added.removeFirst(), at: waiting.startIndex)
        removed = [articles.remove(at: articles.count - 2).id]
      }
      if step % 4 == 3 {
        articles[step * 2].body += " again and again"
        added.append(articles[step * 2])
      }
      if let new = added.first, !articles.contains(where: { $0.id == new.id }) {
        articles.append(new)
      }
      try Self.withFile(archive) { path in
        let read = try IndexFile(path: path).archiveToUpdate(jobs: 2)
        #expect(read.neighborhood == nil && read.kept?.candidates != nil)
        let update = read.updated(
          adding: added, removing: removed, localShare: 1, jobs: 1 + step % 2)
        unreached += update.isNeighborhoodChanged.count { !$0 }
        archive = update.archive
      }
      let fresh = Archive.build(articles, isKept: true, jobs: 2)
      #expect(
        Self.bytes(of: archive, jobs: 1)
          == Self.bytes(of: fresh, jobs: 1),
        "step \(step)")
    }
    #expect(unreached > 300, "\(unreached)")
  }

  @Test("the code of a floor is a lower bound, by a 32nd at most")
  func floorCode() {
    for score in stride(from: Float(0.0001), to: 1.2, by: 0.00037) {
      let floor = FloorCode.floor(FloorCode.code(score))
      #expect(floor <= score)
      if score >= 1 / 256, score < 0.98 { #expect(floor > score * 0.968) }
    }
    #expect(FloorCode.floor(0) == 0 && FloorCode.code(.infinity) == 255)
    let lists = NeighborLists(
      rows: [
        [Neighbor(article: 1, score: 0.5), Neighbor(article: 2, score: 0.25)],
        [Neighbor(article: 0, score: 0.5)],
      ], limit: 2)
    #expect(FloorCode.floor(FloorCode.code(of: lists, row: 0)) == 0.25)
    #expect(FloorCode.code(of: lists, row: 1) == 0, "whoever comes enters")
  }

  @Test(
    "the articles of a pair stand where a search finds them among those of its rarer term",
    arguments: [VectorOptions(), VectorOptions(minimumDocumentFrequency: .count(9))])
  func pairPlaces(options: VectorOptions) {
    let archive = Archive.build(Self.articles(300, seed: 8), vectors: options, jobs: 1)
    let features = archive.vectorizer.features
    let postings = FeaturePostings(
      of: archive.analysis.sequences, vectorizer: archive.vectorizer, jobs: 1)
    let rows = features.featureOfTerm.map { feature in
      var row = TermRow()
      if feature != FeatureSpace.none {
        row.documentFrequency = postings.starts[Int(feature) + 1] - postings.starts[Int(feature)]
      }
      return row
    }
    // Also where the vectors leave something out.
    let less = SparseMatrix(rows: [], termCount: 0)
    for vectors in [archive.index.articles, less] {
      let places = PairPlaces(
        of: postings, features: features, vectors: vectors, rows: rows, jobs: 2)
      for (pair, key) in (features.levels.first?.keptKeys ?? []).enumerated() {
        let (first, second) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
        let range = postings.range(of: features.termOfFeature.count + pair)
        let base: Int? =
          switch PairBase.of(rows[first], rows[second]) {
          case .allArticles: nil
          case .first: first
          case .second: second
          }
        let all = base.map {
          postings.articles[postings.range(of: Int(features.featureOfTerm[$0]))]
        }
        let expected = postings.articles[range].map { article in
          all.map { Int32(($0.firstIndex(of: article) ?? -1) - $0.startIndex) } ?? article
        }
        #expect(Array(places.all[places.range(of: range)]) == expected)
      }
    }
  }

  @Test("vectors are the same by article and by feature, on any number of cores")
  func vectorsOfPostings() throws {
    let archive = Archive.build(Self.articles(300, seed: 9), jobs: 2)
    let postings = FeaturePostings(
      of: archive.analysis.sequences, vectorizer: archive.vectorizer, jobs: 2)
    let weights = try #require(postings.weights(by: archive.vectorizer, jobs: 2))
    for jobs in [1, 2, 3, 7, 400] {
      #expect(postings.matrix(of: weights, jobs: jobs) == archive.index.articles)
    }
    let nothing = FeaturePostings(starts: [0, 0], articles: [], counts: [], scales: [])
    #expect(nothing.matrix(of: [], jobs: 2) == SparseMatrix(rows: [], termCount: 1))
  }

  @Test("terms that are not in order are found, on one core or between two", arguments: [1, 64])
  func termsOutOfOrder(jobs: Int) throws {
    let archive = Archive.build(Self.articles(300, seed: 10), isKept: true, jobs: 2)
    let terms = archive.analysis.vocabulary.terms
    let size = TextGroup.size
    #expect(terms.count > 3 * size)
    var image = IndexImage(of: archive, toolVersion: "test", jobs: 2)
    image.sections[.terms] = BlobTable.encoded(
      BlobPieces.made(of: terms.count, size: size, jobs: 1) { range, pieces, _ in
        // The first two pieces swapped: each is in order.
        let start = range.lowerBound < 2 * size ? size - range.lowerBound : range.lowerBound
        terms.withBytes(of: start..<start + range.count) {
          TextGroup.append($0, to: &pieces.bytes)
        }
      })
    try IndexDamageTests.withFile(IndexFileWriter.bytes(of: image)) { path in
      let error = #expect(throws: IndexFileError.self) {
        try IndexFile(path: path).archive(jobs: jobs)
      }
      #expect(String(describing: error).contains("does not follow the term before"))
    }
  }

  @Test(
    "an index that changes here and there is the one built afresh, to the byte and by feature",
    arguments: [(90, false), (600, true)])
  func scatteredUpdates(start: Int, isScattered: Bool) throws {
    var news = ChangingNews(seed: 77, start: start, isScattered: isScattered)
    var archive = Archive.build(news.articles, isKept: true, jobs: 2)
    var localSteps = 0
    for step in 0..<16 {
      let change = news.step()
      try Self.withFile(archive) { path in
        archive = try IndexFile(path: path).archive(jobs: 1 + step % 2).updated(
          adding: change.adding, removing: change.removing, localShare: 1, jobs: 1 + step % 3
        ).archive
      }
      if archive.counted != nil {
        Self.expectPostings(of: archive, step)
        localSteps += 1
      }
      let fresh = Archive.build(news.articles, isKept: true, jobs: 2)
      #expect(
        Self.bytes(of: archive, jobs: 2)
          == Self.bytes(of: fresh, jobs: 1),
        "step \(step)")
    }
    // Otherwise this test would prove nothing about the short way.
    #expect(localSteps > 8, "\(localSteps)")
  }

  /// `RELATED_NEWS_FULL=1`: ten thousand. Through memory; `updates` goes through a file each step.
  @Test("single additions leave a file as good as one build: the same bytes")
  func singleAdditions() {
    let count = IndexDamageTests.isFull ? 10_000 : 150
    var articles = Self.articles(count, seed: 51)
    for i in articles.indices { articles[i].updated = nil }
    var archive = Archive.build([], isKept: true, jobs: 2)
    for article in articles { archive = archive.updated(adding: [article], jobs: 2).archive }
    let fresh = Archive.build(articles, isKept: true, jobs: 2)
    #expect(
      Self.bytes(of: archive, jobs: 2)
        == Self.bytes(of: fresh, jobs: 2))
  }

  @Test("the bytes do not depend on the number of jobs, nor on a way through a file")
  func sameBytes() throws {
    let articles = Self.articles(120, seed: 8)
    let one = Archive.build(articles, isKept: true, jobs: 1)
    let bytes = IndexFileWriter.bytes(of: IndexImage(of: one, toolVersion: "test", jobs: 1))
    let many = Archive.build(articles, isKept: true, jobs: 5)
    #expect(
      IndexFileWriter.bytes(of: IndexImage(of: many, toolVersion: "test", jobs: 3)) == bytes)
    try Self.withFile(one) { path in
      let read = try IndexFile(path: path).archive()
      #expect(
        IndexFileWriter.bytes(of: IndexImage(of: read, toolVersion: "test", jobs: 1)) == bytes)
    }
  }

  static let settings: [(String, VectorOptions)] = [
    ("defaults", VectorOptions()),
    ("single words", VectorOptions(maximumNgram: 1)),
    ("long n-grams", VectorOptions(maximumNgram: 3)),
    ("pairs only", VectorOptions(minimumNgram: 2)),
    (
      "bounds",
      VectorOptions(minimumDocumentFrequency: .count(2), maximumDocumentFrequency: .share(0.2))
    ),
    ("two sides", VectorOptions(weighting: Weighting("ltc.nsn") ?? .standard)),
    ("augmented", VectorOptions(weighting: Weighting("atc") ?? .standard)),
    ("not normalised", VectorOptions(weighting: Weighting("nsn") ?? .standard)),
    ("no title", VectorOptions(titleWeight: 0)),
    ("odd weights", VectorOptions(titleWeight: 2.7, splitsSharedRuns: false)),
  ]

  @Test("lists from a file equal those from memory, with any settings", arguments: settings)
  func listsOfSettings(name: String, vectors: VectorOptions) throws {
    let articles = Self.articles(160, seed: 15)
    let archive = Archive.build(articles, vectors: vectors, isKept: true, jobs: 2)
    let queries = Self.queries(of: articles)
    try Self.withFile(archive) { path in
      let file = try IndexFile(path: path)
      #expect(file.vectorOptions == vectors)
      let whole = Recommender(
        archive: Archive.build(articles, vectors: vectors), options: Self.options())
      let read = Recommender(archive: try file.archive(), options: Self.options())
      #expect(Self.texts(read.lists()) == Self.texts(whole.lists()))
      let lazy = IndexRecommender(file, options: Self.options())
      guard lazy.isLazy else { return }
      for query in queries {
        #expect(
          Self.texts([try lazy.list(for: query)]) == Self.texts([whole.list(for: query)]),
          "\(name), \(query.id)")
      }
    }
  }

  static let optionSets: [(String, RecommendationOptions)] = [
    ("defaults", options()),
    ("explained", options { $0.explains = true }),
    ("only older", options { $0.eligibility.onlyOlder = true }),
    (
      "days",
      options {
        $0.eligibility.daysBefore = 9
        $0.eligibility.daysAfter = 3
      }
    ),
    ("section", options { $0.eligibility.sections = ["LOCAL"] }),
    ("source", options { $0.eligibility.sources = ["harrow wire"] }),
    ("language", options { $0.eligibility.languages = ["en"] }),
    ("excluded", options { $0.eligibility.excludedIDs = ["a1", "a2", "é29/\u{1F4F0}", "none"] }),
    (
      "full boxes",
      options {
        $0.minimumResults = 7
        $0.limit = 7
        $0.minimumScore = 0.5
      }
    ),
    (
      "diverse",
      options {
        $0.diversity = 0.4
        $0.limit = 12
      }
    ),
    ("unfolded", options { $0.nearDuplicate = nil }),
    ("linear", options { $0.recency = Recency(shape: .linear, scale: 5, offset: 1, floor: 0) }),
    (
      "many",
      options {
        $0.limit = 40
        $0.ranking.candidates = 80
        $0.minimumScore = 0
      }
    ),
    ("few neighbours", options { $0.ranking.neighbors = 4 }),
    ("later", options { $0.now = now.addingTimeInterval(-10) }),
    (
      "rules",
      options {
        if let rules = try? EditorialRules(
          parsing: "pin a5 a9\npin q3 a40\nban a7 a8\nban q1 a3\nban q1 a4\nnever-together a1 a2",
          named: "test")
        {
          $0.rules = rules
        }
      }
    ),
  ]

  @Test(
    "lists from parts of a file equal those from memory, with any options", arguments: optionSets)
  func listsOfOptions(name: String, options: RecommendationOptions) throws {
    for seed in [21, 22] as [UInt64] {
      let articles = Self.articles(200, seed: seed)
      let archive = Archive.build(articles, isKept: true, jobs: 2)
      try Self.withFile(archive) { path in
        let whole = Recommender(archive: archive, options: options)
        let lazy = IndexRecommender(
          try IndexFile(path: path), options: options, jobs: seed == 21 ? 1 : 3)
        #expect(lazy.isLazy)
        for query in Self.queries(of: articles) {
          #expect(
            Self.texts([try lazy.list(for: query)]) == Self.texts([whole.list(for: query)]),
            "\(name), \(query.id), seed \(seed)")
        }
        for (a, b) in [(0, 1), (5, 9), (7, 8), (3, 3), (40, 100), (150, 20), (17, 60)] {
          let explanation = try lazy.explanation(of: articles[b].id, for: articles[a].id)
          let source = try #require(archive.number(of: articles[a].id))
          let target = try #require(archive.number(of: articles[b].id))
          #expect(explanation?.text() == whole.explanation(of: target, for: source).text())
        }
      }
    }
  }

  @Test("a list is the same where the neighbours of candidates far behind are not read")
  func leftOutCandidates() throws {
    var random = SplitMix64(seed: 31)
    let words = (0..<60).map { "flood\($0)q" }
    // Near to each other, and no copies; the others share three common words with them.
    let stories = (0..<9).map { number in
      let own = words.shuffled(using: &random).prefix(40) + ["w2q", "w3q", "w5q"]
      return Article(id: "story\(number)", title: "w1q", body: own.joined(separator: " "))
    }
    let query = stories[8]
    let archive = Archive.build(
      RandomNews(seed: 31).articles(200) + stories[..<8], isKept: true, jobs: 2)
    try Self.withFile(archive) { path in
      let file = try IndexFile(path: path)
      var lexicon = try Lexicon(of: file)
      let text = try QueryText(of: query, in: file, lexicon: &lexicon)
      let space = try LocalSpace(
        of: SequenceBuffer(), query: text, file: file, lexicon: &lexicon, namesAll: false)
      let vector = space.vectorizer.vectors(of: try #require(space.query), side: .query)[0]
      let contenders = try IndexSearch(
        file, columns: try file.columns(), options: Self.options(), now: Self.now, jobs: 1
      ).contenders(for: query, number: nil, vector: vector, space: space, lexicon: &lexicon)
      #expect(contenders.unlikely.count > 15)
      for explains in [false, true] {
        let options = Self.options { $0.explains = explains }
        let whole = Recommender(archive: archive, options: options)
        let list = try IndexRecommender(file, options: options, jobs: 2).list(for: query)
        #expect(list.items.count == options.limit)
        #expect(Self.texts([list]) == Self.texts([whole.list(for: query)]))
        let short = whole.list(for: whole.source(query), leavingOut: contenders.unlikely)
        #expect(short == whole.list(for: query), "what was left out was left out to the end")
      }
    }
  }

  /// Articles of the archive as they are, some with another text, and some from outside.
  static func queries(of articles: [Article]) -> [Article] {
    var queries = stride(from: 0, to: articles.count, by: 9).map { articles[$0] }
    for (i, other) in RandomNews(seed: 77).articles(6).enumerated() {
      var query = other
      query.id = "q\(i)"
      query.section = i % 2 == 0 ? "local" : "world"
      queries.append(query)
      query.id = articles[i * 3].id
      queries.append(query)
    }
    queries.append(Article(id: "unknown", title: "zzz", body: "qqqq"))
    queries.append(Article(id: "empty"))
    return queries
  }

  static func texts(_ lists: [RecommendationList]) -> [String] {
    let formatter = ListFormat.jsonl.formatter
    return lists.map { formatter.text(for: $0, isFirst: true) }
  }
}
