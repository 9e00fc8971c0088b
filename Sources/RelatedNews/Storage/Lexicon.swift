/// The terms, pairs and words of an index file, read piece by piece as they are asked for.
struct Lexicon: SequenceLexicon, Sendable {
  let file: IndexFile
  let counts: IndexCounts
  private let landed: LandedArticles
  private let wordStarts: WordStarts
  private let termInfo: BlobTable
  private let pairInfo: BlobTable
  private let frequentWords: SectionColumn
  private var terms = RowCache<CompactTermRow>()
  private var pairs = RowCache<CompactPairRow>()

  init(of file: IndexFile) throws(IndexFileError) {
    self.file = file
    counts = file.counts
    landed = file.landed
    wordStarts = try WordStarts(of: file)
    termInfo = try file.pieces(.termInfo, of: counts.terms, size: TermRow.group)
    pairInfo = try file.pieces(.pairInfo, of: counts.pairs, size: PairRow.group)
    frequentWords = try SectionColumn(
      file.section(.frequentWords), width: byteWidth(below: file.counts.words))
  }

  /// What the file says of a term; nothing of one that came with a story that landed.
  @inline(__always)
  mutating func row(ofTerm term: Int) throws(IndexFileError) -> TermRow {
    if let row = terms[term] { return row.row }
    return try readRow(ofTerm: term)
  }

  @inline(never)
  private mutating func readRow(ofTerm term: Int) throws(IndexFileError) -> TermRow {
    guard term < counts.terms else { return TermRow() }
    let row = try TermRow.row(
      term % TermRow.group, of: try termInfo.blob(term / TermRow.group), counts: counts)
    terms.insert(CompactTermRow(row), for: term)
    return row
  }

  /// - Precondition: `pair` is below the count.
  @inline(never)
  mutating func row(ofPair pair: Int) throws(IndexFileError) -> PairRow {
    let row = try PairRow.row(
      pair % PairRow.group, of: try pairInfo.blob(pair / PairRow.group), counts: counts,
      fewest: file.settings.fewestOfPair)
    if pairs[pair] == nil { pairs.insert(CompactPairRow(row), for: pair) }
    return row
  }

  @inline(__always)
  mutating func secondAndFrequency(
    ofPair pair: Int
  ) throws(IndexFileError) -> (second: Int, settledFrequency: Int) {
    if let row = pairs[pair] { return (Int(row.second), Int(row.settledFrequency)) }
    let row = try row(ofPair: pair)
    return (row.second, row.settledFrequency)
  }

  /// Makes room for what so many articles say in all.
  mutating func reserve(articles: Int) {
    terms.reserve(articles * Self.rowsOfArticle)
    pairs.reserve(articles * Self.rowsOfArticle)
  }

  /// As many terms or pairs that no other article has had, about.
  private static let rowsOfArticle = 100

  func term(ofWord word: Int) -> Int { wordStarts.term(ofWord: word) }

  func frequentWord(_ rank: Int) throws(IndexFileError) -> Int {
    guard rank < counts.frequentWords else {
      throw .inconsistent(.sequences, "word of rank \(rank)")
    }
    return Int(frequentWords[rank])
  }

  /// The pair of two terms; nil for one that is no feature.
  ///
  /// - Complexity: O(log p) pieces, p the pairs of the first term, of which one is read to its end.
  mutating func pair(_ first: Int, _ second: Int) throws(IndexFileError) -> Int? {
    guard first < counts.terms, second < counts.terms else { return nil }
    let row = try row(ofTerm: first)
    guard row.pairCount > 0 else { return nil }
    let end = row.pairStart + row.pairCount
    var low = row.pairStart / PairRow.group
    var high = (end - 1) / PairRow.group + 1
    // The last piece whose first pair does not follow the wanted one; all but the first of these
    // pieces begin with a pair of this term.
    while low + 1 < high {
      let middle = (low + high) / 2
      let start = PairRow.second(
        atStartOf: try pairInfo.blob(middle), termCount: counts.terms)
      if start <= second { low = middle } else { high = middle }
    }
    let start = low * PairRow.group
    let place = try PairRow.place(
      ofSecond: second, among: max(0, row.pairStart - start)..<min(end - start, PairRow.group),
      of: try pairInfo.blob(low), counts: counts, fewest: file.settings.fewestOfPair)
    return place.map { start + $0 }
  }

  /// The number of a term; nil for one that the archive does not have.
  ///
  /// - Complexity: O(log t) pieces.
  func term(_ text: String) throws(IndexFileError) -> Int? {
    let (number, isThere) = try place(ofTerm: text)
    return isThere && !landed.isLost(number) ? number : landed.number(ofTerm: text)
  }

  /// How many terms of the file precede one, and whether the file has it.
  func place(ofTerm text: String) throws(IndexFileError) -> (place: Int, isThere: Bool) {
    let wanted = Array(text.utf8)
    let table = try file.pieces(.terms, of: counts.terms, size: TextGroup.size)
    var low = 0
    var high = BlobTable.pieces(of: counts.terms, size: TextGroup.size)
    // The last piece whose first term does not follow the wanted one.
    while low + 1 < high {
      let middle = (low + high) / 2
      let first = try TextGroup.first(of: try table.blob(middle), in: .terms)
      if wanted.lexicographicallyPrecedes(first) { high = middle } else { low = middle }
    }
    guard low < high else { return (0, false) }
    var place = low * TextGroup.size
    var isThere = false
    try TextGroup.forEach(
      try table.blob(low), count: min(TextGroup.size, counts.terms - place), of: .terms
    ) { text in
      guard text.lexicographicallyPrecedes(wanted) else {
        isThere = text == wanted
        return false
      }
      place += 1
      return true
    }
    return (place, isThere)
  }

  /// A term as the analysis made it.
  func text(ofTerm term: Int) throws(IndexFileError) -> [UInt8] {
    if let new = landed.newTerm(term) { return Array(new.text.utf8) }
    let table = try file.pieces(.terms, of: counts.terms, size: TextGroup.size)
    var result: [UInt8] = []
    var left = term % TextGroup.size
    try TextGroup.forEach(
      try table.blob(term / TextGroup.size), count: left + 1, of: .terms
    ) {
      if left == 0 { result = $0 }
      left -= 1
      return true
    }
    return result
  }

  /// The word that readers know a term by.
  mutating func displayForm(ofTerm term: Int) throws(IndexFileError) -> String {
    VocabularyBuilder.displayForm(of: try displayedWord(ofTerm: term)[...])
  }

  /// The same as it stands in the text.
  mutating func displayedWord(ofTerm term: Int) throws(IndexFileError) -> [UInt8] {
    if let word = landed.displayedWord(ofTerm: term) { return Array(word.utf8) }
    guard term < counts.terms else { throw LandedArticle.broken("term \(term) has no word") }
    let row = try row(ofTerm: term)
    return try surface(ofWord: row.wordStart + row.displayed)
  }

  /// A word as it stands in the text.
  ///
  /// - Precondition: `word` is below the count.
  mutating func surface(ofWord word: Int) throws(IndexFileError) -> [UInt8] {
    let term = term(ofWord: word)
    let piece = term / TextGroup.size
    let range = piece * TextGroup.size..<min((piece + 1) * TextGroup.size, counts.terms)
    let start = try row(ofTerm: range.lowerBound).wordStart
    let last = try row(ofTerm: range.upperBound - 1)
    return try WordGroup.word(
      word - start, of: last.wordStart + last.wordCount - start, term: try text(ofTerm: term),
      in: try file.pieces(.words, of: counts.terms, size: TextGroup.size).blob(piece))
  }
}

/// What is remembered of a pair that was met.
private struct CompactPairRow: Sendable {
  let second: UInt32
  let settledFrequency: UInt32

  init(_ row: PairRow) {
    second = UInt32(row.second)
    settledFrequency = UInt32(row.settledFrequency)
  }
}
