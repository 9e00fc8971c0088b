/// An archive as terms: what each article says, and the vocabulary to read it by.
public struct AnalyzedArchive: Sendable {
  public let vocabulary: Vocabulary
  public let sequences: TermSequences
  /// Beside each article its language.
  public let languages: [Language]
  /// The names of columns that headlines of settled articles share, lower-case; they are taken off all
  /// titles.
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
  /// The newest articles are only read: which word displays a term and which column names are taken off
  /// headlines is learned from the others, see `SettledArticles`.
  ///
  /// - Precondition: `articles` stand in the archive's order, the newest first.
  /// - Complexity: O(bytes of text + v log v), v the distinct words.
  public func analyze(_ articles: [Article], jobs: Int = 1) -> AnalyzedArchive {
    analyze(articles, keepsWords: false, jobs: jobs)
  }

  /// - Parameter keepsWords: whether the words behind the terms are kept too, for an archive that
  ///   is to be brought up to date later; costs four bytes a term.
  package func analyze(_ articles: [Article], keepsWords: Bool, jobs: Int) -> AnalyzedArchive {
    let labels = SeriesLabel.shared(by: articles, jobs: jobs)
    let scan = ArchiveScan(of: articles, seriesLabels: labels, jobs: jobs)
    let (vocabulary, termOfWord) = VocabularyBuilder(options: options)
      .build(scan.words, jobs: jobs)
    var table: WordTable?
    var wordIDs: [UInt32] = []
    if keepsWords {
      var numberOfWord: [UInt32] = []
      table = WordTable(of: scan.words, termOfWord: termOfWord, numbers: &numberOfWord)
      wordIDs = scan.sequences(numbers: numberOfWord, jobs: jobs).terms
    }
    return AnalyzedArchive(
      vocabulary: vocabulary, sequences: scan.sequences(numbers: termOfWord, jobs: jobs),
      languages: scan.languages, seriesLabels: labels, options: options, words: table,
      wordIDs: wordIDs)
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
    try read(article, options: options, seriesLabels: seriesLabels) { term, _ in
      try termID(term)
    }.sequences
  }

  /// The same, and the language that it is in.
  ///
  /// - Parameter termID: of a term and the word that stands for it.
  static func read(
    _ article: Article, options: AnalysisOptions, seriesLabels: Set<String>,
    termID: (_ term: String, _ word: String) throws -> UInt32?
  ) rethrows -> (sequences: TermSequences, language: Language) {
    let scan = ArchiveScan(of: [article], seriesLabels: seriesLabels, jobs: 1)
    let words = scan.words
    let termOfWord: [UInt32] = try (0..<words.count).map { index in
      let surface = String(decoding: words.word(index), as: UTF8.self)
      return try options.term(for: surface, in: words.languages[index])
        .flatMap { try termID($0, surface) } ?? SurfaceTable.none
    }
    return (scan.sequences(numbers: termOfWord, jobs: 1), scan.languages[0])
  }

  /// The language of an article: as declared, else as its text reads.
  public static func language(of article: Article) -> Language {
    declaredLanguage(of: article)
      ?? Language.recognize(title: article.title, body: article.body)
  }

  /// The same with the votes of the body's words counted before.
  static func language(of article: Article, bodyVotes: FunctionWordVotes) -> Language {
    declaredLanguage(of: article)
      ?? Language.recognize(title: article.title, body: article.body, bodyVotes: bodyVotes)
      ?? Language.recognize(title: article.title, body: article.body)
  }

  private static func declaredLanguage(of article: Article) -> Language? {
    article.language.flatMap(Language.init(tag:))
  }
}
