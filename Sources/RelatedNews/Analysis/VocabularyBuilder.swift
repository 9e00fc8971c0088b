/// Makes the vocabulary from the distinct words of an archive.
struct VocabularyBuilder {
  let options: AnalysisOptions

  /// The vocabulary, and beside each word its term; `SurfaceTable.none` for words that are left out.
  ///
  /// - Complexity: O(w log b), w the distinct words, b those that share their first two bytes; spread
  ///   over `jobs` cores.
  func build(_ words: ArchiveWords, jobs: Int) -> (Vocabulary, termOfWord: [UInt32]) {
    let terms = TermsByBytes(of: words, options: options, jobs: jobs)
    // A run of words holds all words of its terms, so runs need not know each other.
    let parts = concurrentMap(count: terms.runs.count, jobs: jobs) { run in
      part(of: terms.runs[run], terms: terms, words: words)
    }
    var termOfWord = [UInt32](repeating: SurfaceTable.none, count: words.count)
    var first = 0
    for part in parts {
      for (word, term) in zip(part.words, part.termOfWord) {
        termOfWord[Int(word)] = UInt32(first) + term
      }
      first += part.terms.count
    }
    let vocabulary = Vocabulary(
      terms: FlatStrings(joining: parts.map(\.terms)),
      displayForms: FlatStrings(joining: parts.map(\.displayForms)))
    return (vocabulary, termOfWord)
  }

  /// The terms of a run of words, and its words with beside each its term counted from the first.
  private func part(
    of run: Range<Int>, terms: TermsByBytes, words: ArchiveWords
  ) -> (
    terms: FlatStrings, displayForms: FlatStrings, words: [UInt32], termOfWord: [UInt32]
  ) {
    let sorted = terms.sorted(run)
    var termTexts = FlatStrings.Builder()
    var forms = FlatStrings.Builder()
    var termOfWord: [UInt32] = []
    termOfWord.reserveCapacity(sorted.count)
    var start = 0
    while start < sorted.count {
      var best = Int(sorted[start].word)
      var end = start
      while end < sorted.count, terms.isSame(sorted[end], sorted[start]) {
        let word = Int(sorted[end].word)
        if isBetter(word, than: best, in: words) { best = word }
        termOfWord.append(UInt32(termTexts.count))
        end += 1
      }
      terms.withText(of: sorted[start]) { termTexts.append($0) }
      words.withWord(best) { forms.append(Self.displayedBytes(of: $0)) }
      start = end
    }
    return (termTexts.finish(), forms.finish(), sorted.map(\.word), termOfWord)
  }

  /// The commonest spelling in settled articles is displayed; of equally common ones the first by bytes.
  private func isBetter(_ word: Int, than other: Int, in words: ArchiveWords) -> Bool {
    let (count, least) = (words.counts[word].settled, words.counts[other].settled)
    if count != least { return count > least }
    return words.withWord(word) { word in
      words.withWord(other) { word.lexicographicallyPrecedes($0) }
    }
  }

  /// A word without its possessive.
  static func displayForm(of surface: ArraySlice<UInt8>) -> String {
    String(decoding: displayedBytes(of: surface), as: UTF8.self)
  }

  static func displayedBytes<Bytes: BidirectionalCollection<UInt8>>(
    of surface: Bytes
  ) -> Bytes.SubSequence {
    guard surface.last == UInt8(ascii: "s") else { return surface[...] }
    for ending in possessives where surface.count >= ending.count {
      if surface.suffix(ending.count).elementsEqual(ending) {
        return surface.dropLast(ending.count)
      }
    }
    return surface[...]
  }

  private static let possessives = [Array("'s".utf8), Array("’s".utf8)]
}
