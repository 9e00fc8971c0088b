/// An archive as terms: what each article says, and the vocabulary to read it by.
public struct AnalyzedArchive: Sendable {
  public let vocabulary: Vocabulary
  public let sequences: TermSequences
  /// Beside each article its language.
  public let languages: [Language]
  /// The names of columns that headlines share, lower-case; they are taken off the titles.
  public let seriesLabels: Set<String>
  public let options: AnalysisOptions
  /// The words behind the terms, where the archive is to be kept; nil where it is not.
  package let words: WordTable?
  /// Beside each of `sequences.terms` its word; empty where words are not kept.
  package let wordIDs: [UInt32]

  /// - Precondition: with `words`, `wordIDs` stands beside `sequences.terms`; without, it is empty.
  package init(
    vocabulary: Vocabulary, sequences: TermSequences, languages: [Language],
    seriesLabels: Set<String>, options: AnalysisOptions, words: WordTable? = nil,
    wordIDs: [UInt32] = []
  ) {
    precondition(wordIDs.count == (words == nil ? 0 : sequences.terms.count))
    self.words = words
    self.wordIDs = wordIDs
    self.seriesLabels = seriesLabels
    self.vocabulary = vocabulary
    self.sequences = sequences
    self.languages = languages
    self.options = options
  }
}

/// Turns articles into terms, words before meaning: scan, fold, leave out stop words, stem.
public struct Analyzer: Sendable {
  public let options: AnalysisOptions

  public init(options: AnalysisOptions = AnalysisOptions()) { self.options = options }

  /// The terms of a whole archive. The result does not depend on `jobs`.
  ///
  /// - Complexity: O(bytes of text + v log v), v the distinct words.
  public func analyze(_ articles: [Article], jobs: Int = 1) -> AnalyzedArchive {
    analyze(articles, keepsWords: false, jobs: jobs)
  }

  /// - Parameter keepsWords: whether the words behind the terms are kept too, for an archive that
  ///   is to be brought up to date later; costs four bytes a term.
  package func analyze(_ articles: [Article], keepsWords: Bool, jobs: Int) -> AnalyzedArchive {
    let ranges = evenRanges(of: articles.count, pieces: jobs * 4)
    let labels = SeriesLabel.shared(by: articles.lazy.map(\.title))
    let chunks = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var chunk = ScannedChunk(seriesLabels: labels)
      for article in articles[ranges[piece]] { chunk.scan(article) }
      return chunk
    }
    // Chunk by chunk in order, so that the numbers of the words never depend on timing.
    var words = SurfaceTable()
    let numbers = chunks.map { words.merge($0.words) }
    let (vocabulary, termOfWord) = VocabularyBuilder(options: options).build(words, jobs: jobs)
    let parts = concurrentMap(count: chunks.count, jobs: jobs) { piece in
      chunks[piece].sequences { termOfWord[Int(numbers[piece][Int($0)])] }
    }
    var table: WordTable?
    var wordIDs: [UInt32] = []
    if keepsWords {
      var numberOfWord: [UInt32?] = []
      table = WordTable(of: words, termOfWord: termOfWord, numbers: &numberOfWord)
      for piece in chunks.indices {
        wordIDs += chunks[piece].sequences { numberOfWord[Int(numbers[piece][Int($0)])] }.terms
      }
    }
    return AnalyzedArchive(
      vocabulary: vocabulary, sequences: TermSequences(joining: parts),
      languages: chunks.flatMap(\.languages), seriesLabels: labels, options: options,
      words: table, wordIDs: wordIDs)
  }

  /// The terms of one article that an archive knows; the others have no weight in it.
  public static func analyze(_ article: Article, knownTo archive: AnalyzedArchive) -> TermSequences
  {
    analyze(article, options: archive.options, seriesLabels: archive.seriesLabels) {
      archive.vocabulary.id(of: $0).map(UInt32.init)
    }
  }

  /// The terms of one article, those that `termID` knows.
  ///
  /// - Parameter termID: asked once for each distinct word.
  static func analyze(
    _ article: Article, options: AnalysisOptions, seriesLabels: Set<String>,
    termID: (String) throws -> UInt32?
  ) rethrows -> TermSequences {
    var chunk = ScannedChunk(seriesLabels: seriesLabels)
    chunk.scan(article)
    let words = chunk.words
    let termOfWord: [UInt32?] = try (0..<words.count).map { index in
      let surface = String(decoding: words.word(index), as: UTF8.self)
      return try options.term(for: surface, in: words.languages[index]).flatMap(termID)
    }
    return chunk.sequences { termOfWord[Int($0)] }
  }

  /// The language of an article: as declared, else as its text reads.
  public static func language(of article: Article) -> Language {
    if let declared = article.language.flatMap(Language.init(tag:)) { return declared }
    return Language.recognize(title: article.title, body: article.body)
  }
}

/// A run of articles as numbers of words in a table of its own.
struct ScannedChunk: Sendable {
  let seriesLabels: Set<String>
  var words = SurfaceTable()
  private(set) var languages: [Language] = []
  private var tokens: [UInt32] = []
  private var segmentStarts = [0]
  private var segmentFields: [ArticleField] = []
  private var articleSegments = [0]

  init(seriesLabels: Set<String>) { self.seriesLabels = seriesLabels }

  mutating func scan(_ article: Article) {
    let language = Analyzer.language(of: article)
    languages.append(language)
    scan(title: article.title, language: language)
    for keyword in article.keywords { scan(keyword, field: .keywords, language: language) }
    scan(article.body, field: .body, language: language)
    articleSegments.append(segmentFields.count)
  }

  /// An article of which only the title is read anew.
  mutating func scan(onlyTitle title: String, language: Language) {
    languages.append(language)
    scan(title: title, language: language)
    articleSegments.append(segmentFields.count)
  }

  private mutating func scan(title: String, language: Language) {
    let title = SeriesLabel.removed(from: title, ifIn: seriesLabels)
    if !title.isEmpty { scan(title, field: .title, language: language) }
  }

  /// A blank line ends a paragraph of the body; a text without any has a paragraph a line.
  private mutating func scan(_ text: String, field: ArticleField, language: Language) {
    var text = text
    text.withUTF8 { bytes in
      for paragraph in field == .body ? Paragraphs.ranges(in: bytes) : [0..<bytes.count] {
        let part = UnsafeBufferPointer(rebasing: bytes[paragraph])
        WordScanner.scan(part) { word in
          tokens.append(words.insert(.init(rebasing: part[word]), language: language))
        }
        if tokens.count > segmentStarts[segmentStarts.count - 1] {
          segmentFields.append(field)
          segmentStarts.append(tokens.count)
        }
      }
    }
  }

  /// The chunk with `term` instead of each word; words without one are left out.
  func sequences(term: (UInt32) -> UInt32?) -> TermSequences {
    var terms: [UInt32] = []
    terms.reserveCapacity(tokens.count)
    var starts = [0]
    starts.reserveCapacity(segmentStarts.count)
    for segment in segmentFields.indices {
      for token in tokens[segmentStarts[segment]..<segmentStarts[segment + 1]] {
        if let id = term(token) { terms.append(id) }
      }
      starts.append(terms.count)
    }
    return TermSequences(
      terms: terms, segmentStarts: starts, segmentFields: segmentFields,
      articleSegments: articleSegments)
  }
}

extension SurfaceTable {
  /// Takes in the words of `other`, in its order; returns their numbers here.
  mutating func merge(_ other: SurfaceTable) -> [UInt32] {
    other.bytes.withUnsafeBufferPointer { bytes in
      (0..<other.count).map { index in
        insert(
          UnsafeBufferPointer(rebasing: bytes[other.starts[index]..<other.starts[index + 1]]),
          language: other.languages[index], occurrences: other.counts[index])
      }
    }
  }
}

extension TermSequences {
  /// The articles of `parts`, one after the other.
  package init(joining parts: [TermSequences]) {
    var terms: [UInt32] = []
    terms.reserveCapacity(parts.reduce(0) { $0 + $1.terms.count })
    var starts = [0]
    var fields: [ArticleField] = []
    var articles = [0]
    for part in parts {
      starts += part.segmentStarts.dropFirst().map { $0 + terms.count }
      articles += part.articleSegments.dropFirst().map { $0 + fields.count }
      terms += part.terms
      fields += part.segmentFields
    }
    self.init(
      terms: terms, segmentStarts: starts, segmentFields: fields, articleSegments: articles)
  }
}
