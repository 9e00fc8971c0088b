/// The distinct words of articles with how often each stands there. A word is a spelling in articles
/// of one language, as stop words and stems differ.
///
/// How words are numbered depends on who read what first; nothing that is made of them may.
struct ArchiveWords: Sendable {
  let spellings: SurfaceTable
  private var spellingOfWord: [UInt32] = []
  private(set) var languages: [Language] = []
  private(set) var counts: [Occurrences] = []
  /// By language, beside each spelling its word or `SurfaceTable.none`; empty where there are none.
  private var wordOfSpelling: [[UInt32]] = []

  init(spellings: SurfaceTable, counts: SpellingCounts) {
    self.spellings = spellings
    for language in Language.allCases {
      wordOfSpelling.append(
        counts[language].enumerated().map { spelling, count in
          guard count.all > 0 else { return SurfaceTable.none }
          spellingOfWord.append(UInt32(spelling))
          languages.append(language)
          self.counts.append(count)
          return UInt32(languages.count - 1)
        })
    }
  }

  var count: Int { languages.count }

  func word(_ index: Int) -> ArraySlice<UInt8> { spellings.word(Int(spellingOfWord[index])) }

  /// The bytes of a word where they stand, lent for the call only.
  @inline(__always)
  func withWord<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    spellings.withWord(Int(spellingOfWord[index]), body)
  }

  /// By language, beside each spelling of a table that was merged into this one the number of its
  /// word.
  ///
  /// - Parameters:
  ///   - numbers: beside each word a number, or `SurfaceTable.none`.
  ///   - spellings: beside each spelling of that table the one here.
  func numbers(_ numbers: [UInt32], ofSpellings spellings: [UInt32]) -> [[UInt32]] {
    wordOfSpelling.map { words in
      words.isEmpty
        ? []
        : spellings.map { spelling in
          guard Int(spelling) < words.count else { return SurfaceTable.none }
          let word = words[Int(spelling)]
          return word == SurfaceTable.none ? SurfaceTable.none : numbers[Int(word)]
        }
    }
  }
}

/// How often each spelling stands in the articles of each language.
struct SpellingCounts: Sendable {
  private var counts = [[Occurrences]](repeating: [], count: Language.allCases.count)

  /// Beside the spellings, as far as there are any, how often each stands in articles of `language`.
  subscript(language: Language) -> [Occurrences] { counts[Int(language.rawValue)] }

  /// Counts the words of an article.
  mutating func add(
    _ words: ArraySlice<UInt32>, in language: Language, isSettled: Bool, spellingCount: Int
  ) {
    let language = Int(language.rawValue)
    makeRoom(for: spellingCount, in: language)
    counts[language].add(words, isSettled: isSettled)
  }

  /// Takes in counts whose spellings have the `numbers` here.
  mutating func merge(_ other: SpellingCounts, numbers: [UInt32], spellingCount: Int) {
    for language in counts.indices where !other.counts[language].isEmpty {
      makeRoom(for: spellingCount, in: language)
      for (spelling, count) in other.counts[language].enumerated() {
        counts[language][Int(numbers[spelling])] += count
      }
    }
  }

  private mutating func makeRoom(for spellingCount: Int, in language: Int) {
    let missing = spellingCount - counts[language].count
    if missing > 0 { counts[language] += repeatElement(Occurrences(), count: missing) }
  }
}
