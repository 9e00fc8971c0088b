/// An archive as the bytes of its sections: the same bytes for the same articles in the same order
/// with the same settings, however the archive came about.
struct IndexImage: Sendable {
  var sections: [IndexSection: [UInt8]] = [:]
  let settings: IndexSettings
  private var counts = IndexCounts()

  /// - Precondition: the archive keeps its words (`Archive.build(isKept: true)`).
  /// - Complexity: O(terms of all articles).
  init(of archive: Archive, toolVersion: String, jobs: Int) {
    settings = IndexSettings(
      analysis: archive.analysis.options, vectors: archive.vectorizer.options)
    sections[.settings] = settings.encoded(toolVersion: toolVersion)
    addArticles(of: archive)
    addOrders(of: archive)
    addNeighbors(of: archive)
    addWords(of: archive, jobs: jobs)
    counts.floor = archive.floor ?? archive.calibratedFloor(jobs: jobs)
    sections[.counts] = counts.encoded()
  }

  subscript(section: IndexSection) -> [UInt8] { sections[section] ?? [] }
}

// MARK: Articles

extension IndexImage {
  private mutating func addArticles(of archive: Archive) {
    counts.articles = archive.count
    var codes: [ArticleClass: Int] = [:]
    var classes: [ArticleClass] = []
    let articleCodes = zip(archive.articles, archive.analysis.languages).map { article, language in
      let key = ArticleClass(of: article, analyzedLanguage: language)
      if let code = codes[key] { return code }
      codes[key] = classes.count
      classes.append(key)
      return classes.count - 1
    }
    counts.classes = classes.count
    sections[.classes] = classes.flatMap { $0.encoded() }
    sections[.classCodes] = Self.column(articleCodes, width: byteWidth(below: classes.count))
    sections[.dates] = DateColumn.encoded(archive.articles.map(\.published))
    var labels: [UInt8] = []
    for label in archive.analysis.seriesLabels.sorted(by: Self.byBytes) { labels.appendText(label) }
    sections[.labels] = labels
  }

  private mutating func addOrders(of archive: Archive) {
    let width = byteWidth(below: archive.count)
    sections[.inputOrder] = Self.column(archive.inputOrder, width: width)
    let byID = archive.articles.indices.sorted {
      Self.byBytes(archive.articles[$0].id, archive.articles[$1].id)
    }
    sections[.idOrder] = Self.column(byID, width: width)
  }

  private mutating func addNeighbors(of archive: Archive) {
    guard let neighborhood = archive.neighborhood else { return }
    counts.neighbors = neighborhood.limit
    let candidates = NearestCode.keepsCandidates(archive) ? archive.candidates : nil
    if let candidates {
      counts.candidates = candidates.lists.limit
      counts.recency = candidates.recency
    }
    var bits = BitWriter()
    sections[.neighbors] = Self.pieces(
      of: archive.articles.indices.map { article in
        NearestCode.encoded(
          neighbors: neighborhood.lists[article].map(\.article),
          candidates: candidates.map { $0.lists[article].map(\.article) },
          universe: archive.count, to: &bits)
      }, size: NearestCode.group)
    var norms: [UInt8] = []
    for norm in neighborhood.norms { norms.append64(norm.bitPattern) }
    sections[.norms] = norms
  }

  private static func byBytes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Numbers of equal width.
  private static func column(_ numbers: [Int], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * width)
    for number in numbers { bytes.append(UInt64(number), width: width) }
    return bytes
  }

  /// Entries of different length, `size` to a piece, each after its length.
  private static func pieces(of entries: [[UInt8]], size: Int) -> [UInt8] {
    BlobTable.encoded(
      stride(from: 0, to: entries.count, by: size).map { start in
        var piece: [UInt8] = []
        for entry in entries[start..<min(start + size, entries.count)] {
          piece.appendVarint(UInt64(entry.count))
          piece += entry
        }
        return piece
      })
  }
}

// MARK: Words

extension IndexImage {
  private mutating func addWords(of archive: Archive, jobs: Int) {
    let analysis = archive.analysis
    guard let words = analysis.words else {
      preconditionFailure("an archive that is kept keeps its words")
    }
    counts.terms = analysis.vocabulary.count
    counts.words = words.count
    sections[.terms] = Self.texts(analysis.vocabulary.terms)
    addRecords(of: archive, words: words)
    var bits = BitWriter()
    for word in 0..<words.count {
      bits.write(word == 0 || words.terms[word] != words.terms[word - 1] ? 1 : 0, bits: 1)
    }
    sections[.wordStarts] = bits.take()
    var rows = Self.rows(of: words, termCount: counts.terms)
    if settings.hasPostings { addPostings(of: archive, to: &rows, jobs: jobs) }
    sections[.termInfo] = Self.groups(rows.count, size: TermRow.group, bits: &bits) { range, bits in
      TermRow.encoded(rows[range], to: &bits)
    }
    sections[.words] = Self.words(words, rows: rows, terms: analysis.vocabulary.terms)
    addSequences(of: archive, words: words, rows: rows, jobs: jobs)
  }

  private mutating func addRecords(of archive: Archive, words: WordTable) {
    var bits = BitWriter()
    let records = archive.articles.enumerated().map { number, article in
      let title = TitleCode.encoded(
        article.title.utf8,
        words: archive.analysis.titlePlaces(of: number).map {
          words.surfaces.bytes(Int(archive.analysis.wordIDs[$0]))
        }, to: &bits)
      return ArticleRecord(of: article).encoded(title: title)
    }
    sections[.records] = Self.pieces(of: records, size: ArticleRecord.group)
  }

  private static func rows(of words: WordTable, termCount: Int) -> [TermRow] {
    var rows = [TermRow](repeating: TermRow(), count: termCount)
    var start = 0
    for term in 0..<termCount {
      var end = start
      var displayed = start
      while end < words.count, Int(words.terms[end]) == term {
        // The first of equally common ones, as their order is that of their bytes.
        if words.occurrences[end] > words.occurrences[displayed] { displayed = end }
        end += 1
      }
      rows[term].wordStart = start
      rows[term].wordCount = end - start
      rows[term].displayed = displayed - start
      start = end
    }
    return rows
  }

  private mutating func addSequences(
    of archive: Archive, words: WordTable, rows: [TermRow], jobs: Int
  ) {
    let frequent = words.occurrences.indices.sorted {
      words.occurrences[$0] == words.occurrences[$1]
        ? $0 < $1 : words.occurrences[$0] > words.occurrences[$1]
    }.prefix(WordCode.frequentCount)
    counts.frequentWords = frequent.count
    sections[.frequentWords] = Self.column(
      Array(frequent), width: byteWidth(below: words.count))
    var ranks = [Int?](repeating: nil, count: words.count)
    for (rank, word) in frequent.enumerated() { ranks[word] = rank }
    let writer = SequenceWriter(
      analysis: archive.analysis, rows: rows, ranks: ranks,
      features: settings.hasPostings ? archive.vectorizer.features : nil,
      sharedRuns: archive.vectorizer.sharedRuns)
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    let encoded = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var bits = BitWriter()
      return ranges[piece].map { writer.encoded($0, to: &bits) }
    }.flatMap { $0 }
    sections[.sequences] = Self.pieces(of: encoded, size: SequenceCode.group)
    let runs = archive.vectorizer.sharedRuns?.entries ?? []
    counts.runs = runs.count
    sections[.runs] = runs.flatMap { run in
      var bytes: [UInt8] = []
      bytes.append64(run.hash)
      bytes.append32(run.count)
      return bytes
    }
  }

  private static func texts(_ texts: FlatStrings) -> [UInt8] {
    BlobTable.encoded(
      stride(from: 0, to: texts.count, by: TextGroup.size).map { start in
        TextGroup.encoded(
          (start..<min(start + TextGroup.size, texts.count)).map { texts.bytes($0) })
      })
  }

  private static func words(_ words: WordTable, rows: [TermRow], terms: FlatStrings) -> [UInt8] {
    BlobTable.encoded(
      stride(from: 0, to: terms.count, by: TextGroup.size).map { start in
        let range = start..<min(start + TextGroup.size, terms.count)
        let first = rows[range.lowerBound].wordStart
        let last = rows[range.upperBound - 1]
        return WordGroup.encoded(
          terms: range.map { terms.bytes($0) },
          words: range.map { term in
            (rows[term].wordStart..<rows[term].wordStart + rows[term].wordCount)
              .map { words.surfaces.bytes($0) }
          }, languages: words.languages[first..<last.wordStart + last.wordCount])
      })
  }

  private static func groups(
    _ count: Int, size: Int, bits: inout BitWriter,
    _ encoded: (Range<Int>, inout BitWriter) -> [UInt8]
  ) -> [UInt8] {
    BlobTable.encoded(
      stride(from: 0, to: count, by: size).map { encoded($0..<min($0 + size, count), &bits) })
  }
}

// MARK: Postings

extension IndexImage {
  private mutating func addPostings(of archive: Archive, to rows: inout [TermRow], jobs: Int) {
    let counted = ArticleCounts(of: archive, jobs: jobs)
    var scales: [UInt8] = []
    for scale in counted.scales { scales.append64(scale.bitPattern) }
    sections[.scales] = scales
    let features = archive.vectorizer.features
    let postings = counted.postings(featureCount: features.count)
    sections[.termPostings] = Self.termPostings(
      postings, features: features, articleCount: archive.count, rows: &rows)
    addPairs(postings, features: features, articleCount: archive.count, rows: &rows)
  }

  private static func termPostings(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int, rows: inout [TermRow]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits = BitWriter()
    for term in rows.indices {
      rows[term].postingsStart = bytes.count
      let feature = features.featureOfTerm[term]
      guard feature != FeatureSpace.none else { continue }
      let range = postings.range(of: Int(feature))
      PostingsCode.write(
        postings.articles[range], counts: postings.counts[range], count: range.count,
        universe: articleCount, to: &bits)
      let list = bits.take()
      rows[term].documentFrequency = range.count
      rows[term].postingsLength = list.count
      bytes += list
    }
    return bytes
  }

  /// The articles of a pair are written as places among those of its rarer term.
  private mutating func addPairs(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int, rows: inout [TermRow]
  ) {
    let keys = features.levels.first?.keptKeys ?? []
    counts.pairs = keys.count
    var pairs: [PairRow] = []
    var startsTerm: [Bool] = []
    var bytes: [UInt8] = []
    var bits = BitWriter()
    for (pair, key) in keys.enumerated() {
      let first = Int(key >> 32)
      let second = Int(key & 0xFFFF_FFFF)
      if rows[first].pairCount == 0 { rows[first].pairStart = pair }
      startsTerm.append(rows[first].pairCount == 0)
      rows[first].pairCount += 1
      let range = postings.range(of: features.levelStarts[1] + pair)
      let base = PairBase.of(rows[first], rows[second])
      let places =
        switch base {
        case .allArticles: Array(postings.articles[range])
        case .first: Self.places(of: range, within: first, postings, features)
        case .second: Self.places(of: range, within: second, postings, features)
        }
      let universe = base.size(rows[first], rows[second], articleCount: articleCount)
      PostingsCode.write(
        places, counts: postings.counts[range], count: range.count, universe: universe, to: &bits)
      let list = bits.take()
      pairs.append(
        PairRow(
          second: second, documentFrequency: range.count, postingsStart: bytes.count,
          postingsLength: list.count))
      bytes += list
    }
    // Terms without pairs: their place is where the next pair starts.
    var next = keys.count
    for term in rows.indices.reversed() {
      if rows[term].pairCount == 0 {
        rows[term].pairStart = next
      } else {
        next = rows[term].pairStart
      }
    }
    sections[.pairPostings] = bytes
    let termCount = rows.count
    let fewest = settings.fewestOfPair
    sections[.pairInfo] = Self.groups(pairs.count, size: PairRow.group, bits: &bits) {
      range, bits in
      PairRow.encoded(
        pairs[range], startsTerm: startsTerm[range], termCount: termCount, fewest: fewest,
        to: &bits)
    }
  }

  /// Where the articles of `range` stand among those of a term.
  private static func places(
    of range: Range<Int>, within term: Int, _ postings: FeaturePostings, _ features: FeatureSpace
  ) -> [Int] {
    let base = postings.range(of: Int(features.featureOfTerm[term]))
    var place = base.lowerBound
    return postings.articles[range].map { article in
      while place < base.upperBound, postings.articles[place] < article { place += 1 }
      return place - base.lowerBound
    }
  }
}

/// What the places in a pair's postings count.
enum PairBase {
  /// Neither of its terms is a feature.
  case allArticles
  case first, second

  static func of(_ first: TermRow, _ second: TermRow) -> PairBase {
    let (a, b) = (first.documentFrequency, second.documentFrequency)
    if a == 0 { return b == 0 ? .allArticles : .second }
    return b == 0 || a <= b ? .first : .second
  }

  func size(_ first: TermRow, _ second: TermRow, articleCount: Int) -> Int {
    switch self {
    case .allArticles: articleCount
    case .first: first.documentFrequency
    case .second: second.documentFrequency
    }
  }
}

/// The languages of the words of a piece: one byte where all are the same, else one each.
enum WordLanguages {
  private static let mixed: UInt8 = 0xFF

  static func encoded(_ languages: ArraySlice<Language>) -> [UInt8] {
    guard let first = languages.first else { return [] }
    if languages.allSatisfy({ $0 == first }) { return [first.rawValue] }
    return [mixed] + languages.map(\.rawValue)
  }

  /// Reads the languages of `count` words.
  static func read(
    _ count: Int, from reader: inout ByteReader
  ) throws(IndexFileError) -> [Language] {
    let first = UInt8(try reader.number(width: 1))
    var result: [Language] = []
    for _ in 0..<count {
      let code = first == mixed ? UInt8(try reader.number(width: 1)) : first
      guard let language = Language(rawValue: code) else {
        throw .inconsistent(.words, "language \(code)")
      }
      result.append(language)
    }
    return result
  }
}

extension AnalyzedArchive {
  /// Where the terms of an article's headline stand in `sequences.terms`.
  func titlePlaces(of article: Int) -> [Int] {
    sequences.segments(of: article).filter { sequences.segmentFields[$0] == .title }
      .flatMap { sequences.termRange(of: $0) }
  }
}
