/// Reads everything in an index file.
struct ArchiveLoader {
  let file: IndexFile
  let jobs: Int
  /// Those that were written whole.
  private var articleCount: Int { file.counts.articles }

  /// - Parameter isScored: whether neighbours and candidates get their scores.
  func archive(isScored: Bool) throws(IndexFileError) -> Archive {
    let columns = try file.columns()
    let lexicon = try LoadedLexicon(of: file, jobs: jobs)
    let (sequences, wordIDs, phrases) = try sequences(lexicon)
    let terms = try terms()
    let words = try words(of: terms, lexicon: lexicon)
    let articles = try articles(
      columns, sequences: sequences, wordIDs: wordIDs, surfaces: words.surfaces)
    let analysis = try analysis(
      of: sequences, wordIDs: wordIDs, terms: terms, words: words, lexicon: lexicon,
      languages: (0..<articleCount).map { columns.articleClass($0).analyzedLanguage })
    let vectorizer = try vectorizer(of: analysis, lexicon: lexicon)
    let (index, counted) = try index(
      vectorizer, sequences: sequences, lexicon: lexicon, columns: columns)
    let loader = NearestLoader(file: file, jobs: jobs)
    let nearest =
      isScored ? try loader.nearest(of: index.articles, articles: articles) : nil
    return Archive(
      articles: articles, inputOrder: try inputOrder(), analysis: analysis,
      vectorizer: vectorizer, index: index, neighborhood: nearest?.0, candidates: nearest?.1,
      candidateFloors: try loader.candidateFloors(),
      kept: isScored ? nil : try loader.keptNearest(),
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
        .postings(scales: (0..<articleCount).map(columns.scale))
      if let index = counted.index(vectorizer: vectorizer, jobs: jobs) { return (index, counted) }
    }
    let vectors = vectorizer.vectors(of: sequences, jobs: jobs)
    return (InvertedIndex(articles: vectors, jobs: jobs), nil)
  }

  private func articles(
    _ columns: IndexColumns, sequences: TermSequences, wordIDs: [UInt32], surfaces: FlatStrings
  ) throws(IndexFileError) -> [Article] {
    let articles = try file.parts(
      .records, of: articleCount, size: ArticleRecord.group, jobs: jobs, from: [Article]()
    ) { articles, piece, numbers throws(IndexFileError) in
      var reader = ByteReader(piece, of: .records)
      for number in numbers {
        _ = try reader.varint()
        var coded = UnsafeRawBufferPointer(start: nil, count: 0)
        let record = try ArticleRecord(from: &reader, title: &coded)
        let words = sequences.titlePlaces(of: number).map { Int(wordIDs[$0]) }
        let title = try surfaces.withBytes(of: words) { words throws(IndexFileError) in
          try TitleCode.title(coded, words: words.count) { words[$0] }
        }
        articles.append(
          record.article(
            title: title, of: columns.articleClass(number), published: columns.date(number)))
      }
    }.flatMap { $0 }
    for number in articles.indices.dropFirst()
    where !Archive.isOrdered(articles[number - 1], before: articles[number]) {
      throw .inconsistent(.records, "article \(number) is not in the archive's order")
    }
    for place in 1..<max(1, articleCount) {
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
    var isSeen = [Bool](repeating: false, count: articleCount)
    var order: [Int] = []
    for place in 0..<articleCount {
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
    let reader = SequenceReader(lexicon)
    let parts = try file.parts(
      .sequences, of: articleCount, size: SequenceCode.group, jobs: jobs,
      from: SequenceReader.Part()
    ) { part, piece, articles throws(IndexFileError) in
      try reader.append(piece, count: articles.count, to: &part)
    }
    return SequenceReader.joined(parts, jobs: jobs)
  }

  private func analysis(
    of sequences: TermSequences, wordIDs: [UInt32], terms: FlatStrings,
    words: (surfaces: FlatStrings, languages: [Language]), lexicon: LoadedLexicon,
    languages: [Language]
  ) throws(IndexFileError) -> AnalyzedArchive {
    var occurrences = [Occurrences](repeating: Occurrences(), count: file.counts.words)
    let settled = SettledNumbers(of: articleCount)
    for article in 0..<articleCount {
      occurrences.add(
        wordIDs[sequences.termRange(ofArticle: article)], isSettled: settled.contains(article))
    }
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
    let parts = try file.parts(
      .terms, of: file.counts.terms, size: TextGroup.size, jobs: jobs, from: FlatStrings.Builder()
    ) { terms, piece, range throws(IndexFileError) in
      try TextGroup.forEach(piece, count: range.count, of: .terms) { text throws(IndexFileError) in
        try Self.check(text, of: .terms)
        try Self.check(text, follows: terms.last)
        terms.append(text)
        return true
      }
    }.map { $0.finish() }
    for (part, next) in zip(parts, parts.dropFirst()) {
      try Self.check(Array(next.bytes(0)), follows: part.bytes(part.count - 1))
    }
    return FlatStrings(joining: parts)
  }

  private static func check(
    _ term: [UInt8], follows previous: ArraySlice<UInt8>?
  ) throws(IndexFileError) {
    guard previous?.lexicographicallyPrecedes(term) ?? true else {
      throw .inconsistent(
        .terms, "\"\(String(decoding: term, as: UTF8.self))\" does not follow the term before")
    }
  }

  private func words(
    of terms: FlatStrings, lexicon: LoadedLexicon
  ) throws(IndexFileError) -> (surfaces: FlatStrings, languages: [Language]) {
    let parts = try file.parts(
      .words, of: terms.count, size: TextGroup.size, jobs: jobs,
      from: (surfaces: FlatStrings.Builder(), languages: [Language]())
    ) { part, piece, range throws(IndexFileError) in
      try terms.withBytes(of: range) { terms throws(IndexFileError) in
        try WordGroup.forEach(
          piece, terms: terms, wordCounts: range.map { lexicon.terms[$0].wordCount }
        ) { text, language throws(IndexFileError) in
          try Self.check(text, of: .words)
          part.surfaces.append(text)
          part.languages.append(language)
        }
      }
    }
    return (
      FlatStrings(joining: parts.map { $0.surfaces.finish() }), parts.flatMap(\.languages)
    )
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
      options: options, articleCount: articleCount)
  }
}
