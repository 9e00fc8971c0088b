/// The few articles of an index file that decide one list, as an ordinary small archive.
///
/// A list needs the candidates, the nearest articles of each candidate and of the source, and what
/// editors and the fallback bring: a few hundred articles. Their terms and features are numbered
/// anew in the same order, with the document frequencies, the number of articles and the shared runs
/// of the whole archive: so vectors have the same bits, and the nearest articles of a candidate are
/// the same in the excerpt as in the whole, as they are all in it and equal scores are ordered alike.
/// What `Recommender` makes of it is therefore, byte for byte, what it makes of the whole archive.
struct ArchiveExcerpt {
  private(set) var archive: Archive
  /// Beside each article of the excerpt its number in the archive.
  let numbers: [Int]
  private let placeOfNumber: [Int: Int]
  let space: LocalSpace
  private let buffer: SequenceBuffer

  /// So many articles, some 2,000 words, take longer to read than a core takes to start.
  private static let fewestOfJob = 8
  /// So that no core waits long for the last one.
  private static let piecesOfJob = 4
  /// Words an article, about.
  private static let wordsOfArticle = 512

  /// - Parameters:
  ///   - numbers: distinct, in the archive's order.
  ///   - query: what an article from outside says, in the file's terms.
  ///   - titled: those of `numbers` that need a headline.
  ///   - namesAll: whether every term is named, as explanations need; else none is.
  init(
    of file: IndexFile, articles numbers: [Int], titled: Set<Int> = [], query: QueryText? = nil,
    columns: IndexColumns, lexicon: inout Lexicon, namesAll: Bool = false, jobs: Int
  ) throws(IndexFileError) {
    self.numbers = numbers
    placeOfNumber = Dictionary(
      uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
    let buffer = try Self.sequences(of: numbers, in: file, lexicon: &lexicon, jobs: jobs)
    let space = try LocalSpace(
      of: buffer, query: query, file: file, lexicon: &lexicon, namesAll: namesAll)
    self.space = space
    let analysis = AnalyzedArchive(
      vocabulary: space.vocabulary, sequences: space.sequences,
      languages: numbers.map { columns.articleClass($0).analyzedLanguage },
      seriesLabels: [], options: file.settings.analysis)
    let landed = file.landed
    var articles: [Article] = []
    for (place, number) in numbers.enumerated() {
      if let story = landed[number] {
        articles.append(story.listed)
        continue
      }
      let (record, title) = try file.record(number)
      let text =
        titled.contains(number)
        ? try Self.title(title, words: buffer.titleWords(of: place), lexicon: &lexicon) : ""
      articles.append(
        record.article(
          title: text, of: columns.articleClass(number), published: columns.date(number)))
    }
    archive = Archive(
      articles: articles, inputOrder: Array(articles.indices), analysis: analysis,
      vectorizer: space.vectorizer,
      vectors: space.vectorizer.vectors(of: analysis.sequences, jobs: jobs),
      floor: file.counts.floor, jobs: jobs)
    self.buffer = buffer
  }

  /// The same, where the neighbours of some articles are known, and the lengths that the file keeps
  /// of them: nobody looks for them one by one.
  ///
  /// - Parameter articles: by their numbers in the archive, all in the excerpt with all of their
  ///   neighbours; nobody else's neighbours will be asked for.
  func withNeighbors(
    of articles: [Int], in file: IndexFile, jobs: Int
  ) throws(IndexFileError) -> ArchiveExcerpt {
    guard !articles.isEmpty else { return self }
    let limit = file.counts.neighbors
    let places = articles.compactMap(number(of:))
    let reached = file.landed.reached(among: Set(articles))
    let others = places.filter { reached.contains(numbers[$0]) }
    let found = archive.index.nearest(ofArticles: others, limit: limit, jobs: jobs)
    var rows = [[Neighbor]](repeating: [], count: numbers.count)
    var norms = [Double](repeating: 0, count: numbers.count)
    var scorer = ExactScorer(articles: archive.index.articles)
    for place in places where !reached.contains(numbers[place]) {
      rows[place] = try keptNeighbors(of: place, in: file, scorer: &scorer)
      norms[place] = try file.norm(of: numbers[place])
    }
    for (row, place) in others.enumerated() { rows[place] = found[row] }
    let lists = NeighborLists(rows: rows, limit: limit)
    let made = Neighborhood.norms(of: others, in: archive, lists: lists, jobs: jobs)
    for (place, norm) in zip(others, made) { norms[place] = norm }
    var excerpt = self
    excerpt.archive = archive.with(
      neighborhood: Neighborhood(lists: lists, norms: norms), candidates: nil,
      floor: file.counts.floor)
    return excerpt
  }

  /// The neighbours that the file names, with the scores that their vectors give.
  private func keptNeighbors(
    of place: Int, in file: IndexFile, scorer: inout ExactScorer
  ) throws(IndexFileError) -> [Neighbor] {
    scorer.load(place)
    var neighbors: [Neighbor] = []
    for entry in try file.nearest(of: numbers[place]) where entry.isNeighbor {
      guard let other = number(of: entry.article) else { continue }
      let score = scorer.dot(other)
      if score > 0 { neighbors.append(Neighbor(article: other, score: score)) }
    }
    return neighbors.sorted { $0.precedes($1) }
  }

  /// Reads on several cores, each with a lexicon of its own.
  private static func sequences(
    of numbers: [Int], in file: IndexFile, lexicon: inout Lexicon, jobs: Int
  ) throws(IndexFileError) -> SequenceBuffer {
    let jobs = min(jobs, numbers.count / fewestOfJob)
    guard jobs > 1 else {
      lexicon.reserve(articles: numbers.count)
      return try sequences(of: numbers[...], in: file, lexicon: &lexicon)
    }
    let ranges = evenRanges(of: numbers.count, pieces: jobs * piecesOfJob)
    let buffers = try concurrentTryMap(count: ranges.count, jobs: jobs, workspace: lexicon) {
      lexicon, part throws(IndexFileError) in
      // Each core for itself: a table that all start from would be copied by each.
      lexicon.reserve(articles: numbers.count / jobs)
      return try sequences(of: numbers[ranges[part]], in: file, lexicon: &lexicon)
    }
    return SequenceBuffer(joining: buffers, jobs: jobs)
  }

  private static func sequences(
    of numbers: ArraySlice<Int>, in file: IndexFile, lexicon: inout Lexicon
  ) throws(IndexFileError) -> SequenceBuffer {
    let count = file.counts.articles
    let table = try file.pieces(.sequences, of: count, size: SequenceCode.group)
    let landed = file.landed
    var buffer = SequenceBuffer()
    buffer.words.reserveCapacity(numbers.count * wordsOfArticle)
    var rest = numbers
    while let first = rest.first {
      if let story = landed[first] {
        try buffer.append(story.text, lexicon: &lexicon)
        rest = rest.dropFirst()
        continue
      }
      let piece = first / SequenceCode.group
      let start = piece * SequenceCode.group
      let inside = rest.prefix { $0 < min(start + SequenceCode.group, count) }
      rest = rest.dropFirst(inside.count)
      try SequenceCode.append(
        try table.blob(piece), count: min(SequenceCode.group, count - start),
        wanted: inside.map { $0 - start }, lexicon: &lexicon, to: &buffer)
    }
    return buffer
  }

  /// The headline of an article, by its number in the excerpt.
  func title(
    of place: Int, in file: IndexFile, lexicon: inout Lexicon
  ) throws(IndexFileError) -> String {
    if let story = file.landed[numbers[place]] { return story.article.title }
    let (_, title) = try file.record(numbers[place])
    return try Self.title(title, words: buffer.titleWords(of: place), lexicon: &lexicon)
  }

  private static func title(
    _ bytes: UnsafeRawBufferPointer, words: [Int], lexicon: inout Lexicon
  ) throws(IndexFileError) -> String {
    var surfaces: [[UInt8]] = []
    for word in words { surfaces.append(try lexicon.surface(ofWord: word)) }
    return try TitleCode.title(bytes, words: words.count) { surfaces[$0] }
  }

  /// What the article at `place` says; numbers of words only of the file's own.
  func text(
    of place: Int
  ) -> (words: ArraySlice<SequenceBuffer.Word>, segments: [LandedArticle.Segment]) {
    let segments = buffer.articleSegments[place]..<buffer.articleSegments[place + 1]
    let starts = buffer.segmentStarts
    return (
      buffer.words[starts[segments.lowerBound]..<starts[segments.upperBound]],
      segments.map {
        LandedArticle.Segment(
          field: buffer.segmentFields[$0], length: starts[$0 + 1] - starts[$0])
      }
    )
  }

  /// The excerpt's number of an article of the archive; nil for one that is not in it.
  func number(of article: Int) -> Int? { placeOfNumber[article] }
}
