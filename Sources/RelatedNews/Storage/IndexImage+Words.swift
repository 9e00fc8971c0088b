extension IndexImage {
  mutating func addWords(of archive: Archive, jobs: Int) {
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

  static func groups(
    _ count: Int, size: Int, bits: inout BitWriter,
    _ encoded: (Range<Int>, inout BitWriter) -> [UInt8]
  ) -> [UInt8] {
    BlobTable.encoded(
      stride(from: 0, to: count, by: size).map { encoded($0..<min($0 + size, count), &bits) })
  }
}

extension AnalyzedArchive {
  /// Where the terms of an article's headline stand in `sequences.terms`.
  func titlePlaces(of article: Int) -> [Int] {
    sequences.segments(of: article).filter { sequences.segmentFields[$0] == .title }
      .flatMap { sequences.termRange(of: $0) }
  }
}
