/// The terms, pairs and words of an index file, read piece by piece as they are asked for.
struct Lexicon: SequenceLexicon {
  let file: IndexFile
  let counts: IndexCounts
  private let wordStarts: WordStarts
  private let termInfo: BlobTable
  private let pairInfo: BlobTable
  private let frequentWords: UnsafeRawBufferPointer
  private var terms: PieceCache<CompactTermRow>
  private var pairs: PieceCache<CompactPairRow>
  private var termRows: [TermRow] = []
  private var pairRows: [PairRow] = []

  init(of file: IndexFile) throws(IndexFileError) {
    self.file = file
    counts = file.counts
    wordStarts = try WordStarts(of: file)
    termInfo = try file.pieces(.termInfo, of: counts.terms, size: TermRow.group)
    pairInfo = try file.pieces(.pairInfo, of: counts.pairs, size: PairRow.group)
    frequentWords = try file.section(.frequentWords).all()
    terms = PieceCache(count: counts.terms, size: TermRow.group)
    pairs = PieceCache(count: counts.pairs, size: PairRow.group)
  }

  /// - Precondition: `term` is below the count.
  mutating func row(ofTerm term: Int) throws(IndexFileError) -> TermRow {
    if let row = terms[term] { return row.row }
    let (piece, count) = terms.piece(of: term)
    termRows.removeAll(keepingCapacity: true)
    try TermRow.append(
      try termInfo.blob(piece), count: count, counts: counts,
      postingsLength: file.section(.termPostings).count, to: &termRows)
    terms.insert(termRows.map(CompactTermRow.init), at: piece)
    return termRows[term - piece * TermRow.group]
  }

  /// - Precondition: `pair` is below the count.
  mutating func row(ofPair pair: Int) throws(IndexFileError) -> PairRow {
    let (piece, count) = pairs.piece(of: pair)
    pairRows.removeAll(keepingCapacity: true)
    try PairRow.append(
      try pairInfo.blob(piece), count: count, counts: counts, fewest: file.settings.fewestOfPair,
      postingsLength: file.section(.pairPostings).count, to: &pairRows)
    if pairs[pair] == nil { pairs.insert(pairRows.map(CompactPairRow.init), at: piece) }
    return pairRows[pair - piece * PairRow.group]
  }

  mutating func second(ofPair pair: Int) throws(IndexFileError) -> Int {
    if let row = pairs[pair] { return Int(row.second) }
    return try row(ofPair: pair).second
  }

  mutating func documentFrequency(ofPair pair: Int) throws(IndexFileError) -> Int {
    if let row = pairs[pair] { return Int(row.documentFrequency) }
    return try row(ofPair: pair).documentFrequency
  }

  func term(ofWord word: Int) -> Int { wordStarts.term(ofWord: word) }

  func frequentWord(_ rank: Int) throws(IndexFileError) -> Int {
    guard rank < counts.frequentWords else {
      throw .inconsistent(.sequences, "word of rank \(rank)")
    }
    let width = byteWidth(below: counts.words)
    return (0..<width).reduce(0) {
      $0 | Int(frequentWords[rank * width + $1]) << (8 * $1)
    }
  }

  /// The pair of two terms; nil for one that is no feature.
  ///
  /// - Complexity: O(log p) rows, p the pairs of the first term.
  mutating func pair(_ first: Int, _ second: Int) throws(IndexFileError) -> Int? {
    let row = try row(ofTerm: first)
    var low = row.pairStart
    var high = row.pairStart + row.pairCount
    while low < high {
      let middle = (low + high) / 2
      if try self.second(ofPair: middle) < second { low = middle + 1 } else { high = middle }
    }
    guard low < row.pairStart + row.pairCount else { return nil }
    return try self.second(ofPair: low) == second ? low : nil
  }

  /// The number of a term; nil for one that the archive does not have.
  ///
  /// - Complexity: O(log t) pieces.
  func term(_ text: String) throws(IndexFileError) -> Int? {
    let wanted = Array(text.utf8)
    let table = try file.pieces(.terms, of: counts.terms, size: TextGroup.size)
    var low = 0
    var high = BlobTable.pieces(of: counts.terms, size: TextGroup.size)
    // The last piece whose first term does not follow the wanted one.
    while low + 1 < high {
      let middle = (low + high) / 2
      var first: [UInt8] = []
      try TextGroup.forEach(try table.blob(middle), count: 1, of: .terms) {
        first = $0
        return false
      }
      if wanted.lexicographicallyPrecedes(first) { high = middle } else { low = middle }
    }
    guard low < high else { return nil }
    var number = low * TextGroup.size
    var found: Int?
    try TextGroup.forEach(
      try table.blob(low), count: min(TextGroup.size, counts.terms - number), of: .terms
    ) { text in
      if text == wanted { found = number }
      number += 1
      return text.lexicographicallyPrecedes(wanted)
    }
    return found
  }

  /// A term as the analysis made it.
  func text(ofTerm term: Int) throws(IndexFileError) -> [UInt8] {
    let table = try file.pieces(.terms, of: counts.terms, size: TextGroup.size)
    var result: [UInt8] = []
    try TextGroup.forEach(
      try table.blob(term / TextGroup.size), count: term % TextGroup.size + 1, of: .terms
    ) {
      result = $0
      return true
    }
    return result
  }

  /// The word that readers know a term by.
  mutating func displayForm(ofTerm term: Int) throws(IndexFileError) -> String {
    let row = try row(ofTerm: term)
    let word = try surface(ofWord: row.wordStart + row.displayed)
    return VocabularyBuilder.displayForm(of: word[...])
  }

  /// A word as it stands in the text.
  ///
  /// - Precondition: `word` is below the count.
  mutating func surface(ofWord word: Int) throws(IndexFileError) -> [UInt8] {
    let piece = term(ofWord: word) / TextGroup.size
    let first = piece * TextGroup.size
    let range = first..<min(first + TextGroup.size, counts.terms)
    var terms: [[UInt8]] = []
    try TextGroup.forEach(
      try file.pieces(.terms, of: counts.terms, size: TextGroup.size).blob(piece),
      count: range.count, of: .terms
    ) {
      terms.append($0)
      return true
    }
    var wordCounts: [Int] = []
    var next = try row(ofTerm: first).wordStart
    for term in range { wordCounts.append(try row(ofTerm: term).wordCount) }
    var result: [UInt8]?
    try WordGroup.forEach(
      try file.pieces(.words, of: counts.terms, size: TextGroup.size).blob(piece), terms: terms,
      wordCounts: wordCounts
    ) { text, _ in
      if next == word { result = text }
      next += 1
    }
    guard let result else { throw .inconsistent(.words, "word \(word) is not among its term's") }
    return result
  }
}

/// What is remembered of a term that was met: half of a row, as thousands are.
private struct CompactTermRow {
  private let numbers: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)
  private let postingsStart: Int
  private let postingsLength: UInt32

  init(_ row: TermRow) {
    numbers = (
      UInt32(row.wordStart), UInt32(row.wordCount), UInt32(row.displayed), UInt32(row.pairStart),
      UInt32(row.pairCount), UInt32(row.documentFrequency)
    )
    postingsStart = row.postingsStart
    postingsLength = UInt32(truncatingIfNeeded: row.postingsLength)
  }

  var row: TermRow {
    TermRow(
      wordStart: Int(numbers.0), wordCount: Int(numbers.1), displayed: Int(numbers.2),
      pairStart: Int(numbers.3), pairCount: Int(numbers.4), documentFrequency: Int(numbers.5),
      postingsStart: postingsStart, postingsLength: Int(postingsLength))
  }
}

/// What is remembered of a pair that was met.
private struct CompactPairRow {
  let second: UInt32
  let documentFrequency: UInt32

  init(_ row: PairRow) {
    second = UInt32(row.second)
    documentFrequency = UInt32(row.documentFrequency)
  }
}

/// Rows of the pieces that were read so far.
private struct PieceCache<Row> {
  private let count: Int
  private let size: Int
  /// Where each piece is in `pieces`; −1 before it is read.
  private var places: [Int32]
  private var pieces: [[Row]] = []

  init(count: Int, size: Int) {
    self.count = count
    self.size = size
    places = [Int32](repeating: -1, count: BlobTable.pieces(of: count, size: size))
  }

  @inline(__always)
  subscript(index: Int) -> Row? {
    let place = Int(places[index / size])
    return place < 0 ? nil : pieces[place][index % size]
  }

  func piece(of index: Int) -> (piece: Int, count: Int) {
    let piece = index / size
    return (piece, min(size, count - piece * size))
  }

  mutating func insert(_ rows: [Row], at piece: Int) {
    places[piece] = Int32(pieces.count)
    pieces.append(rows)
  }
}
