/// The distinct words of an archive as they stand in its text, those that have a term: what an
/// archive that is kept must remember, so that it can be brought up to date without its texts.
///
/// Canonical: by term, then by the bytes of the word, then by language. `"Floods"` (9 times) and
/// `"flooding"` (31 times) are two words of the term `"flood"`, which is displayed as `"flooding"`.
package struct WordTable: Sendable, Hashable {
  package let surfaces: FlatStrings
  package let languages: [Language]
  /// Beside each word how often it stands in the archive.
  package let occurrences: [Int]
  /// Beside each word its term; never falls.
  package let terms: [UInt32]

  /// - Precondition: as many of each; in canonical order.
  package init(
    surfaces: FlatStrings, languages: [Language], occurrences: [Int], terms: [UInt32]
  ) {
    precondition(surfaces.count == terms.count && languages.count == terms.count)
    precondition(occurrences.count == terms.count)
    self.surfaces = surfaces
    self.languages = languages
    self.occurrences = occurrences
    self.terms = terms
  }

  package var count: Int { terms.count }
}

extension WordTable {
  /// The words of `words` that have a term, and beside each of `words` its number here.
  ///
  /// - Complexity: O(w log w), w the distinct words.
  init(of words: SurfaceTable, termOfWord: [UInt32?], numbers: inout [UInt32?]) {
    let order = termOfWord.indices.filter { termOfWord[$0] != nil }.sorted { a, b in
      let (x, y) = (termOfWord[a] ?? 0, termOfWord[b] ?? 0)
      if x != y { return x < y }
      if !words.word(a).elementsEqual(words.word(b)) {
        return words.word(a).lexicographicallyPrecedes(words.word(b))
      }
      return words.languages[a].rawValue < words.languages[b].rawValue
    }
    numbers = [UInt32?](repeating: nil, count: words.count)
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
      occurrences: order.map { words.counts[$0] }, terms: order.map { termOfWord[$0] ?? 0 })
  }
}
