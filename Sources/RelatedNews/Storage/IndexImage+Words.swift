extension IndexImage {
  mutating func addWords(of archive: Archive, jobs: Int) {
    let analysis = archive.analysis
    guard let words = analysis.words else {
      preconditionFailure("an archive that is kept keeps its words")
    }
    counts.terms = analysis.vocabulary.count
    counts.words = words.count
    sections[.terms] = Self.texts(analysis.vocabulary.terms, jobs: jobs)
    addRecords(of: archive, words: words, jobs: jobs)
    var bits = BitWriter()
    for word in 0..<words.count {
      bits.write(word == 0 || words.terms[word] != words.terms[word - 1] ? 1 : 0, bits: 1)
    }
    sections[.wordStarts] = bits.take()
    var rows = Self.rows(of: words, termCount: counts.terms)
    if settings.hasPostings { addPostings(of: archive, to: &rows, jobs: jobs) }
    sections[.termInfo] = Self.groups(rows.count, size: TermRow.group, jobs: jobs) {
      [rows, counts] range, bits in
      TermRow.write(rows[range], counts: counts, to: &bits)
    }
    sections[.words] = Self.words(
      words, rows: rows, terms: analysis.vocabulary.terms, jobs: jobs)
    addSequences(of: archive, words: words, rows: rows, jobs: jobs)
  }

  private mutating func addRecords(of archive: Archive, words: WordTable, jobs: Int) {
    let analysis = archive.analysis
    sections[.records] = BlobTable.encoded(
      BlobPieces.made(of: archive.count, size: ArticleRecord.group, jobs: jobs) {
        numbers, pieces, bits in
        for number in numbers {
          let article = archive.articles[number]
          let titleWords = analysis.sequences.titlePlaces(of: number).map {
            Int(analysis.wordIDs[$0])
          }
          let title = words.surfaces.withBytes(of: titleWords) {
            TitleCode.encoded(article.title.utf8, words: $0, to: &bits)
          }
          let record = ArticleRecord(of: article).encoded(title: title)
          pieces.bytes.appendVarint(UInt64(record.count))
          pieces.bytes += record
        }
      })
  }

  private static func rows(of words: WordTable, termCount: Int) -> [TermRow] {
    var rows = [TermRow](repeating: TermRow(), count: termCount)
    var start = 0
    for term in 0..<termCount {
      var end = start
      while end < words.count, Int(words.terms[end]) == term { end += 1 }
      rows[term].wordStart = start
      rows[term].wordCount = end - start
      rows[term].displayed = words.displayed(of: start..<end) - start
      start = end
    }
    return rows
  }

  private mutating func addSequences(
    of archive: Archive, words: WordTable, rows: [TermRow], jobs: Int
  ) {
    let frequent = words.commonest(WordCode.frequentCount)
    counts.frequentWords = frequent.count
    sections[.frequentWords] = Self.column(
      frequent, width: byteWidth(below: words.count))
    let writer = SequenceWriter(
      analysis: archive.analysis, rows: rows, frequentWords: frequent,
      vectorizer: archive.vectorizer, phrases: archive.phrases)
    sections[.sequences] = BlobTable.encoded(
      BlobPieces.made(of: archive.count, size: SequenceCode.group, jobs: jobs) {
        articles, pieces, bits in
        var memory = SequenceWriter.Memory()
        for article in articles {
          writer.write(article, memory: &memory, to: &bits)
          pieces.append(&bits)
        }
      })
    let runs = archive.vectorizer.sharedRuns?.entries ?? []
    counts.runs = runs.count
    sections[.runs] = runs.flatMap { run in
      var bytes: [UInt8] = []
      bytes.append64(run.hash)
      bytes.append32(run.count)
      return bytes
    }
  }

  private static func texts(_ texts: FlatStrings, jobs: Int) -> [UInt8] {
    BlobTable.encoded(
      BlobPieces.made(of: texts.count, size: TextGroup.size, jobs: jobs) { range, pieces, _ in
        texts.withBytes(of: range) { TextGroup.append($0, to: &pieces.bytes) }
      })
  }

  private static func words(
    _ words: WordTable, rows: [TermRow], terms: FlatStrings, jobs: Int
  ) -> [UInt8] {
    BlobTable.encoded(
      BlobPieces.made(of: terms.count, size: TextGroup.size, jobs: jobs) { range, pieces, _ in
        let first = rows[range.lowerBound].wordStart
        let last = rows[range.upperBound - 1]
        pieces.bytes += WordLanguages.encoded(
          words.languages[first..<last.wordStart + last.wordCount])
        let end = last.wordStart + last.wordCount
        terms.withBytes(of: range) { terms in
          words.surfaces.withBytes(of: first..<end) { words in
            for (term, text) in zip(range, terms) {
              let start = rows[term].wordStart - first
              for word in words[start..<start + rows[term].wordCount] {
                WordGroup.append(word, of: text, to: &pieces.bytes)
              }
            }
          }
        }
      })
  }

  static func groups(
    _ count: Int, size: Int, jobs: Int,
    _ encoded: @Sendable (Range<Int>, inout BitWriter) -> Void
  ) -> [UInt8] {
    BlobTable.encoded(
      BlobPieces.made(of: count, size: size, jobs: jobs) { range, pieces, bits in
        encoded(range, &bits)
        bits.take(to: &pieces.bytes)
      })
  }
}

extension WordTable {
  /// The `limit` words that stand most often in the archive; of equally common ones the first.
  fileprivate func commonest(_ limit: Int) -> [Int] {
    let counts = occurrences.map(\.all)
    var order = Array(counts.indices)
    if order.count > limit {
      // Most words stand there once or twice: they need not be sorted.
      let least = counts.sorted(by: >)[limit - 1]
      order.removeAll { counts[$0] < least }
    }
    order.sort { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
    return Array(order.prefix(limit))
  }
}

extension TermSequences {
  /// Where the terms of an article's headline stand in `terms`.
  func titlePlaces(of article: Int) -> [Int] {
    var places: [Int] = []
    for segment in segments(of: article) where segmentFields[segment] == .title {
      places += termRange(of: segment)
    }
    return places
  }
}
