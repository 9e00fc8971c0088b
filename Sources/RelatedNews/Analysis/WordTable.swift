/// The distinct words of an archive as they stand in its text, those that have a term: what an
/// archive that is kept must remember, so that it can be brought up to date without its texts.
///
/// Canonical: by term, then by the bytes of the word, then by language. `"Floods"` (9 times in settled
/// articles) and `"flooding"` (31 times) are two words of the term `"flood"`, which is displayed as
/// `"flooding"`.
package struct WordTable: Sendable, Hashable {
  package let surfaces: FlatStrings
  package let languages: [Language]
  /// Beside each word how often it stands in the archive.
  package let occurrences: [Occurrences]
  /// Beside each word its term; never falls.
  package let terms: [UInt32]

  /// - Precondition: as many of each; in canonical order.
  package init(
    surfaces: FlatStrings, languages: [Language], occurrences: [Occurrences], terms: [UInt32]
  ) {
    precondition(surfaces.count == terms.count && languages.count == terms.count)
    precondition(occurrences.count == terms.count)
    self.surfaces = surfaces
    self.languages = languages
    self.occurrences = occurrences
    self.terms = terms
  }

  package var count: Int { terms.count }

  /// Which of the words of one term is displayed: the one that stands most often in settled articles;
  /// of equally common ones the first.
  func displayed(of range: Range<Int>) -> Int {
    var best = range.lowerBound
    for word in range where occurrences[word].settled > occurrences[best].settled { best = word }
    return best
  }
}

extension WordTable {
  /// The words of `words` that have a term, and beside each of `words` its number here, or
  /// `SurfaceTable.none`.
  ///
  /// - Complexity: O(w log g), w the distinct words, g the most of one term.
  init(of words: ArchiveWords, termOfWord: [UInt32], numbers: inout [UInt32]) {
    var order = Self.byTerm(termOfWord)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, termOfWord[order[end]] == termOfWord[order[start]] { end += 1 }
      order[start..<end].sort { a, b in
        if !words.word(a).elementsEqual(words.word(b)) {
          return words.word(a).lexicographicallyPrecedes(words.word(b))
        }
        return words.languages[a].rawValue < words.languages[b].rawValue
      }
      start = end
    }
    numbers = [UInt32](repeating: SurfaceTable.none, count: words.count)
    var starts = [0]
    var utf8: [UInt8] = []
    for (number, word) in order.enumerated() {
      numbers[word] = UInt32(number)
      utf8 += words.word(word)
      starts.append(utf8.count)
    }
    self.init(
      surfaces: FlatStrings(starts: starts, utf8: utf8),
      languages: order.map { words.languages[$0] },
      occurrences: order.map { words.counts[$0] }, terms: order.map { termOfWord[$0] })
  }

  /// The words that have a term, by term.
  private static func byTerm(_ termOfWord: [UInt32]) -> [Int] {
    var starts: [Int] = []
    for term in termOfWord where term != SurfaceTable.none {
      while starts.count < Int(term) + 2 { starts.append(0) }
      starts[Int(term) + 1] += 1
    }
    for term in starts.indices.dropFirst() { starts[term] += starts[term - 1] }
    var order = [Int](repeating: 0, count: starts.last ?? 0)
    for (word, term) in termOfWord.enumerated() where term != SurfaceTable.none {
      order[starts[Int(term)]] = word
      starts[Int(term)] += 1
    }
    return order
  }
}
