import Foundation

/// A story that landed since its index file was last written whole, and all that lists need of it.
///
/// What a file says of its own articles stays as it is when a story lands (`SettledArticles`). So the
/// story stands beside them: with its text, for whoever reads the whole archive; with its terms and
/// counts, by which lists find it; and with who may list it and whom it may list as a neighbour. Those
/// two are a few more than there are, as whoever makes a list looks at them exactly.
///
/// Articles are numbered here as in the file, and those that landed behind them, as they came; terms
/// too.
struct LandedArticle: Sendable {
  let article: Article
  /// As the analysis found it.
  let language: Language
  /// How many articles of the file stand before it in the archive's order.
  let place: Int
  /// The terms that nobody had before.
  let newTerms: [NewTerm]
  /// Terms that readers know by another word from here on.
  let displayedWords: [DisplayedWord]
  var text = Text()
  /// The features that it has, as the bits of their codes; ascending.
  var features: [UInt32] = []
  /// Beside each feature how often it stands there.
  var counts: [Float] = []
  /// What its weights are multiplied by.
  var scale = 1.0
  /// What its last neighbour scored at least when it landed; 0 where it had fewer than there can be.
  var floor: Float = 0
  /// What the last candidate of its list scored at least when it landed, as `floor`.
  var candidateFloor: Float = 0
  /// Who may have been its neighbours when it landed; ascending.
  var neighbors: [UInt32] = []
  /// Whose neighbour it may have become; ascending.
  var listing: [UInt32] = []

  /// A story whose terms are numbered; the rest is to be found.
  init(
    article: Article, language: Language, place: Int, newTerms: [NewTerm],
    displayedWords: [DisplayedWord]
  ) {
    self.article = article
    self.language = language
    self.place = place
    self.newTerms = newTerms
    self.displayedWords = displayedWords
  }

  struct NewTerm: Sendable {
    let text: String
    /// How many terms of the file precede it.
    let place: Int
  }

  struct DisplayedWord: Sendable {
    let term: UInt32
    let word: String
  }

  /// What it says.
  struct Text: Sendable {
    var terms: [UInt32] = []
    /// Beside each term the pair of the file that it ends, or `SequenceBuffer.noPair`.
    var pairs: [UInt32] = []
    var segments: [Segment] = []
    var stretches: [Phrases.Stretch] = []
  }

  struct Segment: Sendable {
    let field: ArticleField
    let length: Int
  }

  var articleClass: ArticleClass { ArticleClass(of: article, analyzedLanguage: language) }

  /// Whether a reader of the file takes its numbers for what they are.
  var isWithinBounds: Bool {
    scale > 0 && scale < 1e30 && [floor, candidateFloor].allSatisfy { $0 >= 0 && $0.isFinite }
      && counts.allSatisfy { $0 > 0 && $0.isFinite }
      && article.published?.timeIntervalSinceReferenceDate.isFinite ?? true
  }

  /// Whether it is this article, by bytes: `String` takes the two spellings of é for one.
  func isStill(_ other: Article) -> Bool {
    Self.bytes(of: article, language: language) == Self.bytes(of: other, language: language)
  }

  /// What lists print of it.
  var listed: Article {
    var listed = article
    listed.body = ""
    return listed
  }
}

/// A term or a pair of a file as one number.
struct FeatureCode: Sendable, Comparable {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }
  init(term: Int) { bits = UInt32(term) << 1 }
  init(pair: Int) { bits = UInt32(pair) << 1 | 1 }

  /// Nil for a pair.
  var term: Int? { bits & 1 == 0 ? Int(bits >> 1) : nil }
  var place: Int { Int(bits >> 1) }

  static func < (a: FeatureCode, b: FeatureCode) -> Bool { a.bits < b.bits }
}

// MARK: Bytes

extension LandedArticle {
  private static func bytes(of article: Article, language: Language) -> [UInt8] {
    var bytes = ArticleClass(of: article, analyzedLanguage: language).encoded()
    bytes += ArticleRecord(of: article).encoded(title: Array(article.title.utf8))
    bytes.append(article.published)
    bytes.appendText(article.body)
    return bytes
  }

  func encoded() -> [UInt8] {
    var bytes = Self.bytes(of: article, language: language)
    bytes.appendVarint(UInt64(place))
    bytes.append64(scale.bitPattern)
    bytes.append32(floor.bitPattern)
    bytes.append32(candidateFloor.bitPattern)
    bytes.appendVarint(UInt64(newTerms.count))
    for term in newTerms {
      bytes.appendText(term.text)
      bytes.appendVarint(UInt64(term.place))
    }
    bytes.appendVarint(UInt64(displayedWords.count))
    for word in displayedWords {
      bytes.appendVarint(UInt64(word.term))
      bytes.appendText(word.word)
    }
    text.append(to: &bytes)
    bytes.appendVarint(UInt64(features.count))
    bytes.append32s(features)
    bytes.append32s(counts.map(\.bitPattern))
    for articles in [neighbors, listing] {
      bytes.appendVarint(UInt64(articles.count))
      bytes.append32s(articles)
    }
    return bytes
  }

  /// - Parameters:
  ///   - counts: of the file.
  ///   - before: the terms and articles of the file and of what landed before.
  init(
    from reader: inout ByteReader, counts: IndexCounts, before: (terms: Int, articles: Int)
  ) throws(IndexFileError) {
    let articleClass = try ArticleClass(from: &reader)
    var title = UnsafeRawBufferPointer(start: nil, count: 0)
    let record = try ArticleRecord(from: &reader, title: &title)
    guard let headline = String(validating: title, as: UTF8.self) else {
      throw Self.broken("a headline is not valid UTF-8")
    }
    let published = try reader.optionalDate()
    var article = record.article(title: headline, of: articleClass, published: published)
    article.body = try reader.text()
    self.article = article
    language = articleClass.analyzedLanguage
    place = try reader.count(atMost: counts.articles)
    scale = Double(bitPattern: try reader.number(width: 8))
    floor = Float(bitPattern: UInt32(try reader.number(width: 4)))
    candidateFloor = Float(bitPattern: UInt32(try reader.number(width: 4)))
    newTerms = try reader.entries { reader throws(IndexFileError) in
      NewTerm(text: try reader.text(), place: try reader.count(atMost: counts.terms))
    }
    let terms = before.terms + newTerms.count
    guard terms < Int(Int32.max) else { throw Self.broken("\(terms) terms") }
    displayedWords = try reader.entries { reader throws(IndexFileError) in
      DisplayedWord(term: try reader.number(below: terms), word: try reader.text())
    }
    text = try Text(from: &reader, terms: terms, pairs: counts.pairs)
    let count = try reader.countOfEntries()
    let features = try reader.numbers(count, below: 1 << 32, isAscending: true)
    self.features = features
    self.counts = try reader.numbers(count, below: 1 << 32).map(Float.init(bitPattern:))
    let areThere = features.allSatisfy {
      let code = FeatureCode(bits: $0)
      return code.place < (code.term == nil ? counts.pairs : terms)
    }
    guard areThere else { throw Self.broken("a feature that is not there") }
    neighbors = try reader.numbers(
      try reader.countOfEntries(), below: before.articles, isAscending: true)
    listing = try reader.numbers(
      try reader.countOfEntries(), below: before.articles, isAscending: true)
    guard isWithinBounds else { throw Self.broken("a weight or a date that is no number") }
  }

  static func broken(_ text: String) -> IndexFileError { .inconsistent(.landed, text) }
}

extension LandedArticle.Text {
  fileprivate func append(to bytes: inout [UInt8]) {
    bytes.appendVarint(UInt64(segments.count))
    for segment in segments {
      bytes.append(segment.field.rawValue)
      bytes.appendVarint(UInt64(segment.length))
    }
    bytes.append32s(terms)
    bytes.append32s(pairs)
    bytes.appendVarint(UInt64(stretches.count))
    var end = 0
    for stretch in stretches {
      bytes.appendVarint(UInt64(stretch.start - end))
      end = stretch.start + stretch.length
      bytes.appendVarint(UInt64(stretch.length))
      bytes.append(stretch.grade)
    }
  }

  /// - Parameters: how many terms and pairs there are.
  fileprivate init(
    from reader: inout ByteReader, terms termCount: Int, pairs pairCount: Int
  ) throws(IndexFileError) {
    segments = try reader.entries { reader throws(IndexFileError) in
      guard let field = ArticleField(rawValue: UInt8(try reader.number(width: 1))) else {
        throw LandedArticle.broken("a field that there is not")
      }
      return LandedArticle.Segment(field: field, length: try reader.countOfEntries())
    }
    let count = segments.reduce(0) { $0 + $1.length }
    terms = try reader.numbers(count, below: termCount)
    pairs = try reader.numbers(count, below: 1 << 32)
    for pair in pairs where pair >= pairCount && pair != SequenceBuffer.noPair {
      throw LandedArticle.broken("a pair that is not there")
    }
    var start = 0
    for segment in segments {
      // Its first word ends no pair.
      guard segment.length == 0 || pairs[start] == SequenceBuffer.noPair else {
        throw LandedArticle.broken("a pair of one word")
      }
      start += segment.length
    }
    var end = 0
    stretches = try reader.entries { reader throws(IndexFileError) in
      let start = end + (try reader.count(atMost: count - end))
      let length = try reader.count(atMost: count - start)
      let grade = UInt8(try reader.number(width: 1))
      guard length > 0, grade > 0, start + length - 1 + SharedRuns.runLength <= count else {
        throw LandedArticle.broken("a run that ends behind its article")
      }
      end = start + length
      return Phrases.Stretch(start: start, length: length, grade: grade)
    }
  }
}

extension [UInt8] {
  /// Numbers of four bytes each: a story is read whole each time a file is opened, and these are read
  /// at the speed of copying.
  fileprivate mutating func append32s(_ numbers: [UInt32]) {
    for number in numbers { append32(number) }
  }
}

extension ByteReader {
  /// A count of entries of a byte or more each, so that it cannot ask for more than there is.
  fileprivate mutating func countOfEntries() throws(IndexFileError) -> Int {
    try count(atMost: bytesLeft)
  }

  fileprivate mutating func entries<Entry>(
    _ read: (inout ByteReader) throws(IndexFileError) -> Entry
  ) throws(IndexFileError) -> [Entry] {
    var entries: [Entry] = []
    for _ in 0..<(try countOfEntries()) { entries.append(try read(&self)) }
    return entries
  }

  fileprivate mutating func number(below bound: Int) throws(IndexFileError) -> UInt32 {
    guard bound > 0 else { throw LandedArticle.broken("a number where there can be none") }
    return UInt32(try count(atMost: bound - 1))
  }

  /// What `append32s` wrote.
  ///
  /// - Parameter bound: at most 2³².
  fileprivate mutating func numbers(
    _ count: Int, below bound: Int, isAscending: Bool = false
  ) throws(IndexFileError) -> [UInt32] {
    guard count <= bytesLeft / 4 else { throw LandedArticle.broken("\(count) numbers") }
    let bytes = try span(length: 4 * count)
    var most: UInt32 = 0
    var isOrdered = true
    let numbers = [UInt32](unsafeUninitializedCapacity: count) { numbers, initialized in
      var last: UInt32 = 0
      for place in 0..<count {
        let number = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
        numbers.initializeElement(at: place, to: number)
        most = max(most, number)
        if number <= last, place > 0 { isOrdered = false }
        last = number
      }
      initialized = count
    }
    guard count == 0 || Int(most) < bound else {
      throw LandedArticle.broken("number \(most), which is not below \(bound)")
    }
    guard !isAscending || isOrdered else {
      throw LandedArticle.broken("numbers that are not in order")
    }
    return numbers
  }
}
