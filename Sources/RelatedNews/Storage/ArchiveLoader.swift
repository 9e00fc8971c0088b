extension IndexFile {
  /// The whole archive, as `Archive.build` made it, without the articles' texts.
  ///
  /// - Throws: `IndexFileError` for damage anywhere in it.
  /// - Complexity: O(terms of all articles): no text is read, no word is stemmed, no neighbour is
  ///   searched for, but of stories that landed since it was written whole.
  public func archive(jobs: Int = 1) throws(IndexFileError) -> Archive {
    try archive(isScored: true, jobs: jobs)
  }

  /// The same to be brought up to date and written: without the scores of neighbours and candidates,
  /// which are read when they are needed. That they are an article's nearest, and that the bounds of
  /// their scores hold, is believed: `IndexFileCheck` looks.
  package func archiveToUpdate(jobs: Int = 1) throws(IndexFileError) -> Archive {
    try archive(isScored: false, jobs: jobs)
  }

  private func archive(isScored: Bool, jobs: Int) throws(IndexFileError) -> Archive {
    let archive = try ownArchive(isScored: isScored, jobs: jobs)
    guard !landed.isEmpty else { return archive }
    return archive.updated(
      adding: landed.articles.map(\.article), removing: try located(withdrawnIDs), jobs: jobs
    ).archive.withoutBodies()
  }

  /// Of the articles that are gone, and that no story replaces.
  private func withdrawnIDs() throws(IndexFileError) -> [String] {
    let replaced = Set(landed.articles.compactMap(\.replaced))
    var ids: [String] = []
    for withdrawal in landed.withdrawals where !replaced.contains(withdrawal.article) {
      ids.append(try id(withdrawal.article))
    }
    return ids
  }

  /// The archive without what landed since it was written whole.
  func ownArchive(isScored: Bool, jobs: Int) throws(IndexFileError) -> Archive {
    try located { () throws(IndexFileError) in
      try ArchiveLoader(file: self, jobs: jobs).archive(isScored: isScored)
    }
  }
}

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
    let nearest =
      isScored ? try nearest(of: index.articles, articles: articles) : nil
    return Archive(
      articles: articles, inputOrder: try inputOrder(), analysis: analysis,
      vectorizer: vectorizer, index: index, neighborhood: nearest?.0, candidates: nearest?.1,
      candidateFloors: try candidateFloors(), kept: isScored ? nil : try keptNearest(),
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

  /// Neighbours and candidates, with the scores that their vectors give.
  private func nearest(
    of vectors: SparseMatrix, articles: [Article]
  ) throws(IndexFileError) -> (Neighborhood, CandidateLists?)? {
    let weight = CandidateLists.weight(of: articles, recency: file.counts.recency)
    let lists = try nearestLists(workspace: ExactScorer(articles: vectors)) {
      scorer, article, entries throws(IndexFileError) in
      scorer.load(article)
      for entry in entries { scorer.fetch(entry.article) }
      return try Self.scored(entries, of: article, by: scorer, weight: weight)
    }
    guard let lists else { return nil }
    let floors = try floors()
    guard KeptLists(of: lists.neighbors).floors == floors.neighbors,
      lists.candidates.map({ KeptLists(of: $0).floors == floors.candidates }) ?? true
    else { throw .inconsistent(.floors, "one that is not its list's") }
    return (
      Neighborhood(lists: lists.neighbors, norms: try norms()),
      lists.candidates.map { CandidateLists(lists: $0, recency: file.counts.recency) }
    )
  }

  /// Neighbours and candidates without their scores.
  private func keptNearest() throws(IndexFileError) -> KeptNearest? {
    @Sendable func unscored(_ entries: [NearestCode.Entry]) -> [Neighbor] {
      entries.map { Neighbor(article: $0.article, score: 0) }
    }
    let lists = try nearestLists(workspace: ()) { _, _, entries throws(IndexFileError) in
      (unscored(entries.filter(\.isNeighbor)), unscored(entries.filter(\.isCandidate)))
    }
    guard let lists else { return nil }
    let floors = try floors()
    return KeptNearest(
      neighbors: KeptLists(lists: lists.neighbors, floors: floors.neighbors), norms: try norms(),
      candidates: lists.candidates.map {
        KeptNearest.Candidates(
          lists: KeptLists(lists: $0, floors: floors.candidates), recency: file.counts.recency)
      })
  }

  private typealias NearestRow = (neighbors: [Neighbor], candidates: [Neighbor])

  /// The lists of all articles as `body` makes them of their entries; nil where none are kept.
  private func nearestLists<Workspace: Sendable>(
    workspace: Workspace,
    _ body:
      @Sendable (inout Workspace, Int, [NearestCode.Entry]) throws(IndexFileError) -> NearestRow
  ) throws(IndexFileError) -> (neighbors: NeighborLists, candidates: NeighborLists?)? {
    let counts = file.counts
    guard counts.neighbors > 0 else { return nil }
    let ranges = evenRanges(of: articleCount, pieces: jobs * 4)
    let rows = try concurrentTryMap(count: ranges.count, jobs: jobs, workspace: workspace) {
      workspace, part throws(IndexFileError) in
      var rows: [NearestRow] = []
      for article in ranges[part] {
        rows.append(try body(&workspace, article, try file.nearest(of: article)))
      }
      return rows
    }.flatMap { $0 }
    return (
      NeighborLists(rows: rows.map(\.neighbors), limit: counts.neighbors),
      counts.namesCandidates
        ? NeighborLists(rows: rows.map(\.candidates), limit: counts.candidates) : nil
    )
  }

  private func norms() throws(IndexFileError) -> [Double] {
    let norms = try IndexColumns.doubles(file.section(.norms))
    guard norms.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .inconsistent(.norms, "a length that is no number")
    }
    return norms
  }

  /// Where the file does not name the candidates.
  private func candidateFloors() throws(IndexFileError) -> CandidateFloors? {
    let counts = file.counts
    guard counts.candidates > 0, !counts.namesCandidates else { return nil }
    return CandidateFloors(
      limit: counts.candidates, recency: counts.recency, codes: try floors().candidates)
  }

  private func floors() throws(IndexFileError) -> (neighbors: [UInt8], candidates: [UInt8]) {
    let floors = Array(try file.section(.floors).all())
    return (Array(floors.prefix(articleCount)), Array(floors.dropFirst(articleCount)))
  }

  /// Best first.
  ///
  /// - Parameter scorer: has `article` loaded.
  private static func scored(
    _ entries: [NearestCode.Entry], of article: Int, by scorer: ExactScorer,
    weight: (Int, Int) -> Float
  ) throws(IndexFileError) -> NearestRow {
    var neighbors: [Neighbor] = []
    var candidates: [Neighbor] = []
    for entry in entries {
      // Most neighbours are candidates too: they are scored once.
      let dot = scorer.dot(entry.article)
      if entry.isNeighbor { neighbors.append(Neighbor(article: entry.article, score: dot)) }
      guard entry.isCandidate else { continue }
      let score = dot * weight(article, entry.article)
      candidates.append(Neighbor(article: entry.article, score: score))
    }
    guard (neighbors + candidates).allSatisfy({ $0.score > 0 }) else {
      throw .inconsistent(.neighbors, "one of article \(article) shares nothing with it")
    }
    return (
      neighbors.sorted { $0.precedes($1) }, candidates.sorted { $0.precedes($1) }
    )
  }
}
