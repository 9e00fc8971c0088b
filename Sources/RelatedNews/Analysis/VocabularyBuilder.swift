/// Makes the vocabulary from the distinct words of an archive.
struct VocabularyBuilder {
  let options: AnalysisOptions

  /// The vocabulary, and beside each word its term; nil for words that are left out.
  ///
  /// - Complexity: O(w log w), w the distinct words.
  func build(_ words: SurfaceTable, jobs: Int) -> (Vocabulary, termOfWord: [UInt32?]) {
    let ranges = evenRanges(of: words.count, pieces: jobs * 8)
    let termTexts: [String?] = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      ranges[piece].map { index in
        options.term(
          for: String(decoding: words.word(index), as: UTF8.self), in: words.languages[index])
      }
    }.flatMap { $0 }

    let order = byteOrder(of: termTexts)
    var termOfWord = [UInt32?](repeating: nil, count: words.count)
    var terms: [String] = []
    var forms: [String] = []
    var group: [Int] = []
    func closeGroup() {
      guard let first = group.first, let text = termTexts[first] else { return }
      for word in group { termOfWord[word] = UInt32(terms.count) }
      terms.append(text)
      forms.append(displayForm(of: group, in: words))
      group = []
    }
    for word in order {
      if let first = group.first, let a = termTexts[first], let b = termTexts[word],
        !a.utf8.elementsEqual(b.utf8)
      {
        closeGroup()
      }
      group.append(word)
    }
    closeGroup()
    return (Vocabulary(terms: FlatStrings(terms), displayForms: FlatStrings(forms)), termOfWord)
  }

  /// The words that have a term, by the bytes of the term, those of one term in their own order.
  ///
  /// Bytes, not String's `<`, which compares by Unicode equivalence; after folding both agree on
  /// what is equal, and bytes are the order that every other program knows. Most terms differ in
  /// their first eight bytes, which one comparison of numbers tells.
  private func byteOrder(of termTexts: [String?]) -> [Int] {
    var entries: [(head: UInt64, word: Int)] = []
    entries.reserveCapacity(termTexts.count)
    for (word, text) in termTexts.enumerated() {
      guard let text else { continue }
      var head: UInt64 = 0
      var shift: UInt64 = 64
      for byte in text.utf8.prefix(8) {
        shift -= 8
        head |= UInt64(byte) << shift
      }
      entries.append((head, word))
    }
    entries.sort { a, b in
      if a.head != b.head { return a.head < b.head }
      let (x, y) = (termTexts[a.word] ?? "", termTexts[b.word] ?? "")
      if x.utf8.elementsEqual(y.utf8) { return a.word < b.word }
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    return entries.map(\.word)
  }

  /// The commonest spelling of a term; of equally common ones the first by bytes.
  private func displayForm(of group: [Int], in words: SurfaceTable) -> String {
    let best = group.max { a, b in
      if words.counts[a] != words.counts[b] { return words.counts[a] < words.counts[b] }
      return words.word(b).lexicographicallyPrecedes(words.word(a))
    }
    guard let best else { return "" }
    return Self.displayForm(of: words.word(best))
  }

  /// A word without its possessive.
  static func displayForm(of surface: ArraySlice<UInt8>) -> String {
    let form = String(decoding: surface, as: UTF8.self)
    return form.hasSuffix("'s") || form.hasSuffix("’s") ? String(form.dropLast(2)) : form
  }
}
