/// A word table brought up to date with words that are gone and words that are new.
///
/// Numbers stay canonical: they are those of a table made afresh from the same texts.
struct WordTableUpdate {
  let words: WordTable
  let vocabulary: Vocabulary
  /// Beside each word of before its number now; `none` where it stands nowhere any more.
  let newWords: [UInt32]
  let newTerms: [UInt32]
  /// Beside each of the words read its number now; `none` for words without a term.
  let numberOfRead: [UInt32]
  /// Terms, as numbered now, that were there before under another display form.
  let renamedTerms: [Int]

  static let none = SurfaceTable.none

  private struct NewWord {
    let term: String
    let surface: ArraySlice<UInt8>
    let language: Language
    let occurrences: Occurrences
    let read: Int
    /// The word of before that it stands in front of.
    let place: Int
  }

  /// - Parameters:
  ///   - occurrences: beside each word of before how often it still stands in texts that are kept.
  ///   - read: the words of the texts that were read now.
  /// - Complexity: O(w + r log w), w the words of before, r those read.
  init(
    of old: AnalyzedArchive, words table: WordTable, occurrences: [Occurrences],
    read: ArchiveWords, jobs: Int
  ) {
    let finder = WordFinder(vocabulary: old.vocabulary, words: table)
    let options = old.options
    let ranges = evenRanges(of: read.count, pieces: jobs * 4)
    let termTexts: [String?] = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      ranges[piece].map {
        options.term(
          for: String(decoding: read.word($0), as: UTF8.self), in: read.languages[$0])
      }
    }.flatMap { $0 }
    var occurrences = occurrences
    var oldOfRead = [Int?](repeating: nil, count: read.count)
    var fresh: [NewWord] = []
    for (index, text) in termTexts.enumerated() {
      guard let text else { continue }
      let (surface, language) = (read.word(index), read.languages[index])
      let (place, isThere) = finder.place(of: surface, language: language, term: text)
      if isThere {
        occurrences[place] += read.counts[index]
        oldOfRead[index] = place
      } else {
        fresh.append(
          NewWord(
            term: text, surface: surface, language: language, occurrences: read.counts[index],
            read: index, place: place))
      }
    }
    fresh.sort { a, b in
      if a.place != b.place { return a.place < b.place }
      if !a.term.utf8.elementsEqual(b.term.utf8) {
        return a.term.utf8.lexicographicallyPrecedes(b.term.utf8)
      }
      if !a.surface.elementsEqual(b.surface) {
        return a.surface.lexicographicallyPrecedes(b.surface)
      }
      return a.language.rawValue < b.language.rawValue
    }
    var merge = WordMerge(old: old.vocabulary, table: table, occurrences: occurrences)
    var numberOfRead = [UInt32](repeating: Self.none, count: read.count)
    var next = 0
    for word in 0...table.count {
      while next < fresh.count, fresh[next].place == word {
        numberOfRead[fresh[next].read] = merge.append(
          fresh[next].surface, language: fresh[next].language,
          occurrences: fresh[next].occurrences, term: Array(fresh[next].term.utf8))
        next += 1
      }
      if word < table.count { merge.append(oldWord: word) }
    }
    for (index, word) in oldOfRead.enumerated() {
      if let word { numberOfRead[index] = merge.newWords[word] }
    }
    self.numberOfRead = numberOfRead
    (words, vocabulary, newWords, newTerms, renamedTerms) = merge.finish()
  }
}

/// Where words stand in a table, or would stand.
private struct WordFinder {
  let vocabulary: Vocabulary
  let words: WordTable

  /// - Complexity: O(log words).
  func place(
    of surface: ArraySlice<UInt8>, language: Language, term: String
  ) -> (place: Int, isThere: Bool) {
    let wanted = Array(term.utf8)
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if isWord(middle, before: surface, language: language, term: wanted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let isThere =
      low < words.count && words.languages[low] == language
      && words.surfaces.bytes(low).elementsEqual(surface)
      && vocabulary.terms.bytes(Int(words.terms[low])).elementsEqual(wanted)
    return (low, isThere)
  }

  private func isWord(
    _ word: Int, before surface: ArraySlice<UInt8>, language: Language, term: [UInt8]
  ) -> Bool {
    let its = vocabulary.terms.bytes(Int(words.terms[word]))
    if !its.elementsEqual(term) { return its.lexicographicallyPrecedes(term) }
    let own = words.surfaces.bytes(word)
    if !own.elementsEqual(surface) { return own.lexicographicallyPrecedes(surface) }
    return words.languages[word].rawValue < language.rawValue
  }
}

/// Two sorted runs of words on their way to one table, with the vocabulary that follows from it.
private struct WordMerge {
  let old: Vocabulary
  let table: WordTable
  let occurrences: [Occurrences]
  private(set) var newWords: [UInt32]
  private var newTerms: [UInt32]
  private var starts = [0]
  private var utf8: [UInt8] = []
  private var languages: [Language] = []
  private var counts: [Occurrences] = []
  private var terms: [UInt32] = []
  private var termStarts = [0]
  private var termUTF8: [UInt8] = []
  /// Beside each term now the one of before; nil for a new one.
  private var oldTerms: [UInt32?] = []
  private var isTouched: [Bool] = []
  /// Terms of before that lost a word.
  private var hasLost: [Bool]

  init(old: Vocabulary, table: WordTable, occurrences: [Occurrences]) {
    self.old = old
    self.table = table
    self.occurrences = occurrences
    newWords = [UInt32](repeating: WordTableUpdate.none, count: table.count)
    newTerms = [UInt32](repeating: WordTableUpdate.none, count: old.count)
    hasLost = [Bool](repeating: false, count: old.count)
    starts.reserveCapacity(table.count)
    utf8.reserveCapacity(table.surfaces.utf8.count)
    termUTF8.reserveCapacity(old.terms.utf8.count)
  }

  mutating func append(
    _ surface: ArraySlice<UInt8>, language: Language, occurrences: Occurrences, term: [UInt8]
  ) -> UInt32 {
    openTerm(term[...])
    isTouched[isTouched.count - 1] = true
    append(surface, language: language, occurrences: occurrences)
    return UInt32(terms.count - 1)
  }

  /// Takes over a word of before, if it still stands anywhere.
  mutating func append(oldWord word: Int) {
    let term = table.terms[word]
    guard occurrences[word].all > 0 else {
      hasLost[Int(term)] = true
      return
    }
    if oldTerms.last != .some(term) { openTerm(old.terms.bytes(Int(term))) }
    oldTerms[oldTerms.count - 1] = term
    newTerms[Int(term)] = UInt32(oldTerms.count - 1)
    if occurrences[word].settled != table.occurrences[word].settled {
      isTouched[isTouched.count - 1] = true
    }
    newWords[word] = UInt32(terms.count)
    append(
      table.surfaces.bytes(word), language: table.languages[word],
      occurrences: occurrences[word])
  }

  /// Makes `term` the current one, unless it is.
  private mutating func openTerm(_ term: ArraySlice<UInt8>) {
    if !oldTerms.isEmpty, termUTF8[termStarts[termStarts.count - 2]...].elementsEqual(term) {
      return
    }
    termUTF8 += term
    termStarts.append(termUTF8.count)
    oldTerms.append(nil)
    isTouched.append(false)
  }

  private mutating func append(
    _ surface: ArraySlice<UInt8>, language: Language, occurrences: Occurrences
  ) {
    utf8 += surface
    starts.append(utf8.count)
    languages.append(language)
    counts.append(occurrences)
    terms.append(UInt32(oldTerms.count - 1))
  }

  consuming func finish() -> (WordTable, Vocabulary, [UInt32], [UInt32], [Int]) {
    let words = WordTable(
      surfaces: FlatStrings(starts: starts, utf8: utf8), languages: languages,
      occurrences: counts, terms: terms)
    var formStarts = [0]
    var formUTF8: [UInt8] = []
    var renamed: [Int] = []
    var start = 0
    for term in oldTerms.indices {
      var end = start
      while end < terms.count, terms[end] == UInt32(term) { end += 1 }
      let before = oldTerms[term].map { old.displayForms.bytes(Int($0)) }
      if let before, let oldTerm = oldTerms[term], !isTouched[term], !hasLost[Int(oldTerm)] {
        formUTF8 += before
      } else {
        let displayed = words.displayed(of: start..<end)
        let form = VocabularyBuilder.displayedBytes(of: words.surfaces.bytes(displayed))
        if let before, !before.elementsEqual(form) { renamed.append(term) }
        formUTF8 += form
      }
      formStarts.append(formUTF8.count)
      start = end
    }
    let vocabulary = Vocabulary(
      terms: FlatStrings(starts: termStarts, utf8: termUTF8),
      displayForms: FlatStrings(starts: formStarts, utf8: formUTF8))
    return (words, vocabulary, newWords, newTerms, renamed)
  }
}
