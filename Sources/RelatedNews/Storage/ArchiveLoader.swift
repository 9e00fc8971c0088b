extension IndexFile {
  /// The whole archive, as `Archive.build` made it, without the articles' texts.
  ///
  /// - Throws: `IndexFileError` for damage anywhere in it.
  /// - Complexity: O(terms of all articles): no text is read, no word is stemmed, no neighbour is
  ///   searched for.
  public func archive(jobs: Int = 1) throws(IndexFileError) -> Archive {
    try located { () throws(IndexFileError) in try ArchiveLoader(file: self, jobs: jobs).archive() }
  }
}

/// Reads everything in an index file.
struct ArchiveLoader {
  let file: IndexFile
  let jobs: Int

  func archive() throws(IndexFileError) -> Archive {
    let columns = try file.columns()
    let lexicon = try LoadedLexicon(of: file)
    let (sequences, wordIDs, phrases) = try sequences(lexicon)
    let terms = try terms()
    let words = try words(of: terms, lexicon: lexicon)
    let articles = try articles(
      columns, sequences: sequences, wordIDs: wordIDs, surfaces: words.surfaces)
    let analysis = try analysis(
      of: sequences, wordIDs: wordIDs, terms: terms, words: words, lexicon: lexicon,
      languages: (0..<file.count).map { columns.articleClass($0).analyzedLanguage })
    let vectorizer = try vectorizer(of: analysis, lexicon: lexicon)
    let (index, counted) = try index(
      vectorizer, sequences: sequences, lexicon: lexicon, columns: columns)
    let nearest = try nearest(of: index.articles, articles: articles)
    return Archive(
      articles: articles, inputOrder: try inputOrder(), analysis: analysis,
      vectorizer: vectorizer, index: index, neighborhood: nearest?.0, candidates: nearest?.1,
      floor: file.counts.floor, counted: counted,
      phrases: file.settings.hasPostings ? phrases : nil, jobs: jobs)
  }

  /// The vectors, from the postings where the file has them and they say all.
  private func index(
    _ vectorizer: Vectorizer, sequences: TermSequences, lexicon: LoadedLexicon,
    columns: IndexColumns
  ) throws(IndexFileError) -> (InvertedIndex, FeaturePostings?) {
    if file.settings.hasPostings {
      let counted = try PostingsLoader(file: file, lexicon: lexicon, jobs: jobs)
        .postings(scales: (0..<file.count).map(columns.scale))
      if let index = counted.index(vectorizer: vectorizer, jobs: jobs) { return (index, counted) }
    }
    let vectors = vectorizer.vectors(of: sequences, jobs: jobs)
    return (InvertedIndex(articles: vectors, jobs: jobs), nil)
  }

  private func articles(
    _ columns: IndexColumns, sequences: TermSequences, wordIDs: [UInt32], surfaces: FlatStrings
  ) throws(IndexFileError) -> [Article] {
    var articles: [Article] = []
    articles.reserveCapacity(file.count)
    let table = try file.pieces(.records, of: file.count, size: ArticleRecord.group)
    for start in stride(from: 0, to: file.count, by: ArticleRecord.group) {
      var reader = ByteReader(try table.blob(start / ArticleRecord.group), of: .records)
      for number in start..<min(start + ArticleRecord.group, file.count) {
        _ = try reader.varint()
        var coded = UnsafeRawBufferPointer(start: nil, count: 0)
        let record = try ArticleRecord(from: &reader, title: &coded)
        let places = sequences.titlePlaces(of: number)
        let title = try TitleCode.title(coded, words: places.count) {
          surfaces.bytes(Int(wordIDs[places[$0]]))
        }
        let article = record.article(
          title: title, of: columns.articleClass(number), published: columns.date(number))
        if let last = articles.last, !Archive.isOrdered(last, before: article) {
          throw .inconsistent(.records, "article \(number) is not in the archive's order")
        }
        articles.append(article)
      }
    }
    for place in 1..<max(1, file.count) {
      let (a, b) = (
        articles[try file.number(at: place - 1, in: .idOrder)],
        articles[try file.number(at: place, in: .idOrder)]
      )
      guard a.id.utf8.lexicographicallyPrecedes(b.id.utf8) else {
        throw .inconsistent(.idOrder, "\"\(a.id)\" does not precede \"\(b.id)\"")
      }
    }
    return articles
  }

  private func inputOrder() throws(IndexFileError) -> [Int] {
    var isSeen = [Bool](repeating: false, count: file.count)
    var order: [Int] = []
    for place in 0..<file.count {
      let number = try file.number(at: place, in: .inputOrder)
      guard !isSeen[number] else { throw .inconsistent(.inputOrder, "article \(number) twice") }
      isSeen[number] = true
      order.append(number)
    }
    return order
  }

  /// What the articles say, beside each term its word, and their phrases.
  private func sequences(
    _ lexicon: LoadedLexicon
  ) throws(IndexFileError) -> (TermSequences, wordIDs: [UInt32], phrases: Phrases) {
    let pieces = BlobTable.pieces(of: file.count, size: SequenceCode.group)
    let table = try file.pieces(.sequences, of: file.count, size: SequenceCode.group)
    let ranges = evenRanges(of: pieces, pieces: jobs * 4)
    let reader = SequenceReader(lexicon)
    let results = concurrentMap(count: ranges.count, jobs: jobs) { part in
      Result { () throws(IndexFileError) in
        var result = SequenceReader.Part()
        for piece in ranges[part] {
          let count = min(SequenceCode.group, file.count - piece * SequenceCode.group)
          try reader.append(try table.blob(piece), count: count, to: &result)
        }
        return result
      }
    }
    var parts: [SequenceReader.Part] = []
    for result in results { parts.append(try result.get()) }
    return SequenceReader.joined(parts, jobs: jobs)
  }

  private func analysis(
    of sequences: TermSequences, wordIDs: [UInt32], terms: FlatStrings,
    words: (surfaces: FlatStrings, languages: [Language]), lexicon: LoadedLexicon,
    languages: [Language]
  ) throws(IndexFileError) -> AnalyzedArchive {
    var occurrences = [Int](repeating: 0, count: file.counts.words)
    for word in wordIDs { occurrences[Int(word)] += 1 }
    let table = WordTable(
      surfaces: words.surfaces, languages: words.languages, occurrences: occurrences,
      terms: lexicon.termOfWord)
    var forms = FlatStrings.Builder()
    for term in lexicon.terms {
      let word = words.surfaces.bytes(term.wordStart + term.displayed)
      forms.append(VocabularyBuilder.displayedBytes(of: word))
    }
    return AnalyzedArchive(
      vocabulary: Vocabulary(terms: terms, displayForms: forms.finish()),
      sequences: sequences,
      languages: languages, seriesLabels: try file.seriesLabels(),
      options: file.settings.analysis, words: table, wordIDs: wordIDs)
  }

  private func terms() throws(IndexFileError) -> FlatStrings {
    let count = file.counts.terms
    let table = try file.pieces(.terms, of: count, size: TextGroup.size)
    var starts = [0]
    starts.reserveCapacity(count + 1)
    var utf8: [UInt8] = []
    var previous: [UInt8]?
    for start in stride(from: 0, to: count, by: TextGroup.size) {
      try TextGroup.forEach(
        try table.blob(start / TextGroup.size), count: min(TextGroup.size, count - start),
        of: .terms
      ) { text throws(IndexFileError) in
        try Self.check(text, of: .terms)
        if let previous, !previous.lexicographicallyPrecedes(text) {
          throw .inconsistent(.terms, "term \(starts.count - 1) is not in order")
        }
        previous = text
        utf8 += text
        starts.append(utf8.count)
        return true
      }
    }
    return FlatStrings(starts: starts, utf8: utf8)
  }

  private func words(
    of terms: FlatStrings, lexicon: LoadedLexicon
  ) throws(IndexFileError) -> (surfaces: FlatStrings, languages: [Language]) {
    let table = try file.pieces(.words, of: terms.count, size: TextGroup.size)
    var starts = [0]
    starts.reserveCapacity(file.counts.words + 1)
    var utf8: [UInt8] = []
    var languages: [Language] = []
    for start in stride(from: 0, to: terms.count, by: TextGroup.size) {
      let range = start..<min(start + TextGroup.size, terms.count)
      try WordGroup.forEach(
        try table.blob(start / TextGroup.size), terms: range.map { terms.bytes($0) },
        wordCounts: range.map { lexicon.terms[$0].wordCount }
      ) { text, language throws(IndexFileError) in
        try Self.check(text, of: .words)
        utf8 += text
        starts.append(utf8.count)
        languages.append(language)
      }
    }
    return (FlatStrings(starts: starts, utf8: utf8), languages)
  }

  private static func check(_ text: [UInt8], of section: IndexSection) throws(IndexFileError) {
    guard text.allSatisfy({ $0 < 0x80 }) || String(validating: text, as: UTF8.self) != nil else {
      throw .inconsistent(section, "a text is not valid UTF-8")
    }
  }

  private func vectorizer(
    of analysis: AnalyzedArchive, lexicon: LoadedLexicon
  ) throws(IndexFileError) -> Vectorizer {
    let options = file.settings.vectors
    guard file.settings.hasPostings else {
      return Vectorizer.fit(analysis, options: options, jobs: jobs)
    }
    return Vectorizer(
      features: lexicon.featureSpace(levels: options.maximumNgram),
      sharedRuns: options.splitsSharedRuns
        ? SharedRuns(
          entries: try SharedRunTable(of: file).all(), vocabulary: analysis.vocabulary) : nil,
      options: options, articleCount: file.count)
  }

  /// Neighbours and candidates, with the scores that their vectors give.
  private func nearest(
    of vectors: SparseMatrix, articles: [Article]
  ) throws(IndexFileError) -> (Neighborhood, CandidateLists?)? {
    let counts = file.counts
    guard counts.neighbors > 0 else { return nil }
    let norms = try IndexColumns.doubles(file.section(.norms))
    guard norms.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .inconsistent(.norms, "a length that is no number")
    }
    let weight = CandidateLists.weight(of: articles, recency: counts.recency)
    let ranges = evenRanges(of: file.count, pieces: jobs * 4)
    let (parts, _) = concurrentMap(
      count: ranges.count, jobs: jobs, workspace: ExactScorer(articles: vectors)
    ) { scorer, part in
      Result { () throws(IndexFileError) in
        var rows: [(neighbors: [Neighbor], candidates: [Neighbor])] = []
        for article in ranges[part] {
          let (neighbors, candidates) = try file.nearest(of: article)
          scorer.load(article)
          for other in neighbors { scorer.fetch(other) }
          for other in candidates { scorer.fetch(other) }
          rows.append(
            (
              try Self.ranked(neighbors, of: article, scorer) { _, _ in 1 },
              try Self.ranked(candidates, of: article, scorer, weight)
            ))
        }
        return rows
      }
    }
    var neighbors: [[Neighbor]] = []
    var candidates: [[Neighbor]] = []
    for part in parts {
      let rows = try part.result.get()
      neighbors += rows.map(\.neighbors)
      candidates += rows.map(\.candidates)
    }
    return (
      Neighborhood(lists: NeighborLists(rows: neighbors, limit: counts.neighbors), norms: norms),
      counts.candidates == 0
        ? nil
        : CandidateLists(
          lists: NeighborLists(rows: candidates, limit: counts.candidates),
          recency: counts.recency)
    )
  }

  /// Best first.
  private static func ranked(
    _ others: [Int], of article: Int, _ scorer: ExactScorer, _ weight: (Int, Int) -> Float
  ) throws(IndexFileError) -> [Neighbor] {
    let row = others.map {
      Neighbor(article: $0, score: scorer.dot($0) * weight(article, $0))
    }
    guard row.allSatisfy({ $0.score > 0 }) else {
      throw .inconsistent(.neighbors, "one of article \(article) shares nothing with it")
    }
    return row.sorted { $0.precedes($1) }
  }
}
