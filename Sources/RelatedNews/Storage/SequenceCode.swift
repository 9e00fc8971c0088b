/// What the code of an article's words has to know of terms and words.
protocol SequenceLexicon {
  var counts: IndexCounts { get }
  mutating func row(ofTerm term: Int) throws(IndexFileError) -> TermRow
  /// The second term of a pair, and in how many settled articles the pair stands.
  mutating func secondAndFrequency(
    ofPair pair: Int
  ) throws(IndexFileError) -> (second: Int, settledFrequency: Int)
  func term(ofWord word: Int) -> Int
  func frequentWord(_ rank: Int) throws(IndexFileError) -> Int
}

/// What some articles say, as it stands in the file: `TermSequences` with more beside each term.
struct SequenceBuffer: Sendable {
  static let noPair = UInt32.max

  /// A word of an article, with what had to be looked up to read it.
  struct Word: Sendable, BitwiseCopyable {
    let number: UInt32
    let term: UInt32
    /// In how many articles the term stands, and in how many settled ones.
    let documentFrequency, settledFrequency: UInt32
    /// The pair that its term ends, or `noPair`, and in how many settled articles that stands.
    var pair = noPair
    var settledPairFrequency: UInt32 = 0
  }

  var words: [Word] = []
  var segmentStarts = [0]
  var segmentFields: [ArticleField] = []
  var articleSegments = [0]
  /// Stretches of terms where runs begin that many articles share.
  var runs: [(article: Int, start: Int, length: Int, count: UInt8)] = []

  var articleCount: Int { articleSegments.count - 1 }

  /// The words of an article's headline.
  func titleWords(of article: Int) -> [Int] {
    (articleSegments[article]..<articleSegments[article + 1])
      .filter { segmentFields[$0] == .title }
      .flatMap { words[segmentStarts[$0]..<segmentStarts[$0 + 1]] }
      .map { Int($0.number) }
  }

  /// Appends what a story that landed says.
  mutating func append<Lexicon: SequenceLexicon>(
    _ text: LandedArticle.Text, lexicon: inout Lexicon
  ) throws(IndexFileError) {
    var first = 0..<0
    for (term, pair) in zip(text.terms, text.pairs) {
      let row = try lexicon.row(ofTerm: Int(term))
      defer { first = row.pairStart..<row.pairStart + row.pairCount }
      var word = Word(
        number: 0, term: term, documentFrequency: UInt32(row.documentFrequency),
        settledFrequency: UInt32(row.settledFrequency), pair: pair)
      if pair != Self.noPair {
        let (second, frequency) = try lexicon.secondAndFrequency(ofPair: Int(pair))
        guard second == Int(term), first.contains(Int(pair)) else {
          throw LandedArticle.broken("pair \(pair) of other words")
        }
        word.settledPairFrequency = UInt32(frequency)
      }
      words.append(word)
    }
    for segment in text.segments {
      segmentFields.append(segment.field)
      segmentStarts.append(segmentStarts[segmentStarts.count - 1] + segment.length)
    }
    articleSegments.append(segmentFields.count)
    for stretch in text.stretches {
      runs.append((articleCount - 1, stretch.start, stretch.length, stretch.grade))
    }
  }

  init() {}

  /// The articles of `parts`, one after the other.
  init(joining parts: [SequenceBuffer], jobs: Int) {
    words = concurrentJoin(parts.map(\.words), jobs: jobs)
    var wordCount = 0
    for part in parts {
      runs += part.runs.map { ($0.article + articleCount, $0.start, $0.length, $0.count) }
      segmentStarts += part.segmentStarts.dropFirst().map { $0 + wordCount }
      articleSegments += part.articleSegments.dropFirst().map { $0 + segmentFields.count }
      segmentFields += part.segmentFields
      wordCount += part.words.count
    }
  }
}

/// The words of an article, in bits.
///
/// A word that follows another and makes a known pair with it is the pair's place among those of
/// the first term, which is short, and then which word of the second term it is. Any other has its
/// own code. Behind the words stand the stretches of runs that many articles share.
enum SequenceCode {
  /// Articles in one piece of the section.
  static let group = 8
}

extension SequenceCode {
  /// Reads the articles of a piece one after the other.
  ///
  /// - Parameter wanted: which of the `count` articles to append, by their place in the piece.
  static func append<Lexicon: SequenceLexicon>(
    _ bytes: UnsafeRawBufferPointer, count: Int, wanted: some Collection<Int>,
    lexicon: inout Lexicon, to buffer: inout SequenceBuffer
  ) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: .sequences)
    for place in 0..<count {
      let span = try reader.span(length: try reader.count(atMost: bytes.count))
      guard wanted.contains(place) else { continue }
      try append(span, lexicon: &lexicon, to: &buffer)
    }
  }

  private static func append<Lexicon: SequenceLexicon>(
    _ bytes: UnsafeRawBufferPointer, lexicon: inout Lexicon, to buffer: inout SequenceBuffer
  ) throws(IndexFileError) {
    var bits = BitReader(bytes)
    let firstSegment = buffer.segmentFields.count
    var end = buffer.words.count
    let count = try readSegments(of: bytes, from: &bits) { field, length in
      end += length
      buffer.segmentFields.append(field)
      buffer.segmentStarts.append(end)
    }
    buffer.articleSegments.append(buffer.segmentFields.count)
    for segment in firstSegment..<buffer.segmentFields.count {
      var previous: TermRow? = nil
      for _ in buffer.segmentStarts[segment]..<buffer.segmentStarts[segment + 1] {
        previous = try appendWord(after: previous, bits: &bits, lexicon: &lexicon, to: &buffer)
      }
    }
    try readRuns(termCount: count, from: &bits) { start, length, articles in
      buffer.runs.append((buffer.articleCount - 1, start, length, articles))
    }
  }

  /// - Parameter previous: what is known of the term before it; nil for the first of a segment.
  /// - Returns: what is known of the term.
  @inline(__always)
  private static func appendWord<Lexicon: SequenceLexicon>(
    after previous: TermRow?, bits: inout BitReader, lexicon: inout Lexicon,
    to buffer: inout SequenceBuffer
  ) throws(IndexFileError) -> TermRow {
    if let previous, previous.pairCount > 0, bits.readBit() {
      let place = Int(bits.read(bits: bitWidth(below: previous.pairCount)))
      guard place < previous.pairCount else { throw broken("a pair that is not there") }
      let pair = previous.pairStart + place
      let (term, frequency) = try lexicon.secondAndFrequency(ofPair: pair)
      let row = try lexicon.row(ofTerm: term)
      let word = readVariant(of: row, from: &bits)
      guard !bits.isBroken else { throw broken("it ends in the middle of an article") }
      buffer.words.append(
        SequenceBuffer.Word(
          number: UInt32(word), term: UInt32(term),
          documentFrequency: UInt32(row.documentFrequency),
          settledFrequency: UInt32(row.settledFrequency), pair: UInt32(pair),
          settledPairFrequency: UInt32(frequency)))
      return row
    }
    let (rank, number) = WordCode.read(of: lexicon.counts.words, from: &bits)
    let word =
      try rank.map { rank throws(IndexFileError) in try lexicon.frequentWord(rank) } ?? number
    guard !bits.isBroken, word < lexicon.counts.words else { throw broken("word \(word)") }
    let term = lexicon.term(ofWord: word)
    guard term >= 0, term < lexicon.counts.terms else { throw broken("word \(word) has no term") }
    let row = try lexicon.row(ofTerm: term)
    buffer.words.append(
      SequenceBuffer.Word(
        number: UInt32(word), term: UInt32(term),
        documentFrequency: UInt32(row.documentFrequency),
        settledFrequency: UInt32(row.settledFrequency)))
    return row
  }

  private static func readVariant(of row: TermRow, from bits: inout BitReader) -> Int {
    guard row.wordCount > 1 else { return row.wordStart }
    guard !bits.readBit() else { return row.wordStart + row.displayed }
    let place = Int(bits.read(bits: bitWidth(below: row.wordCount - 1)))
    let variant = place >= row.displayed ? place + 1 : place
    return row.wordStart + min(variant, row.wordCount - 1)
  }

  /// Calls `body` with the field of each segment and how many terms it has.
  ///
  /// - Parameter bytes: of the article.
  /// - Returns: how many terms there are.
  @inline(__always)
  static func readSegments(
    of bytes: UnsafeRawBufferPointer, from bits: inout BitReader,
    _ body: (ArticleField, Int) -> Void
  ) throws(IndexFileError) -> Int {
    // A segment takes three bits at least, a term one: counts cannot ask for more than there is.
    let limit = bytes.count * 8
    let count = bits.readGamma() - 1
    guard count <= limit else { throw broken("\(count) segments") }
    var terms = 0
    for _ in 0..<count {
      let field = ArticleField(rawValue: UInt8(bits.read(bits: 2)))
      let length = bits.readGamma() - 1
      guard let field, length <= limit else { throw broken("a segment of \(length) terms") }
      terms += length
      body(field, length)
    }
    guard terms <= limit * 2, !bits.isBroken else { throw broken("\(terms) terms") }
    return terms
  }

  /// Calls `body` with each stretch of shared runs: its first term, how many start there, and the
  /// articles that share them.
  @inline(__always)
  static func readRuns(
    termCount: Int, from bits: inout BitReader, _ body: (Int, Int, UInt8) -> Void
  ) throws(IndexFileError) {
    let count = bits.readGamma() - 1
    guard count <= termCount else { throw broken("\(count) stretches of runs") }
    var end = 0
    for _ in 0..<count {
      let start = end + bits.readGamma() - 1
      let length = bits.readGamma()
      let articles = UInt8(bits.read(bits: 8))
      guard start <= termCount, length <= termCount - start, articles > 0, !bits.isBroken else {
        throw broken("a run outside its article")
      }
      body(start, length, articles)
      end = start + length
    }
    guard !bits.isBroken else { throw broken("it ends in the middle of an article") }
  }

  static func broken(_ text: String) -> IndexFileError { .inconsistent(.sequences, text) }
}
