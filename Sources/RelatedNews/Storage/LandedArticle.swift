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
  /// The article of the file whose place in the input it takes; nil for a new one.
  let replaced: Int?
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
  /// As it landed.
  var nearness = Nearness()
  /// Whose neighbour it may have become; ascending.
  var listing: [UInt32] = []

  /// A story whose terms are numbered; the rest is to be found.
  init(
    article: Article, language: Language, replaced: Int?, place: Int, newTerms: [NewTerm],
    displayedWords: [DisplayedWord]
  ) {
    self.article = article
    self.language = language
    self.replaced = replaced
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

  struct Segment: Sendable, Hashable {
    let field: ArticleField
    let length: Int

    static func all(of sequences: TermSequences) -> [Segment] {
      sequences.segmentFields.indices.map {
        Segment(field: sequences.segmentFields[$0], length: sequences.termRange(of: $0).count)
      }
    }
  }

  var articleClass: ArticleClass { ArticleClass(of: article, analyzedLanguage: language) }

  /// Whether a reader of the file takes its numbers for what they are.
  var isWithinBounds: Bool {
    scale > 0 && scale < 1e30 && nearness.isWithinBounds
      && counts.allSatisfy { $0 > 0 && $0.isFinite }
      && DateColumn.areDates(of: article)
  }

  /// Whether it is this article, by bytes: `String` takes the two spellings of é for one.
  func isStill(_ other: Article) -> Bool { Self.isSame(article, other, language: language) }

  /// Whether two articles that the analysis found to be in one language are the same, by bytes.
  static func isSame(_ a: Article, _ b: Article, language: Language) -> Bool {
    bytes(of: a, language: language) == bytes(of: b, language: language)
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
    bytes.appendVarint(UInt64(replaced.map { $0 + 1 } ?? 0))
    bytes.append64(scale.bitPattern)
    bytes.appendVarint(UInt64(newTerms.count))
    for term in newTerms {
      bytes.appendText(term.text)
      bytes.appendVarint(UInt64(term.place))
    }
    bytes.append(displayedWords)
    text.append(to: &bytes)
    bytes.appendVarint(UInt64(features.count))
    bytes.append32s(features)
    bytes.append32s(counts.map(\.bitPattern))
    nearness.append(to: &bytes)
    bytes.appendVarint(UInt64(listing.count))
    bytes.append32s(listing)
    return bytes
  }

  /// - Parameter landed: what landed before.
  init(from reader: inout ByteReader, on landed: LandedArticles) throws(IndexFileError) {
    let counts = landed.counts
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
    let replaced = try reader.count(atMost: counts.articles) - 1
    guard replaced < 0 || landed.isWithdrawn(replaced) else {
      throw Self.broken("article \(replaced) is replaced, yet not withdrawn")
    }
    self.replaced = replaced < 0 ? nil : replaced
    scale = Double(bitPattern: try reader.number(width: 8))
    newTerms = try reader.entries { reader throws(IndexFileError) in
      NewTerm(text: try reader.text(), place: try reader.count(atMost: counts.terms))
    }
    let terms = landed.termCount + newTerms.count
    guard terms < Int(Int32.max) else { throw Self.broken("\(terms) terms") }
    displayedWords = try reader.displayedWords(terms: terms)
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
    nearness = try Nearness(from: &reader, articles: landed.end)
    listing = try reader.numbers(
      try reader.countOfEntries(), below: landed.end, isAscending: true)
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
