extension Archive {
  /// The terms that contribute most to the cosine of two vectors, as readers know them, at most
  /// `limit`. A word that stands in a longer phrase already named is left out.
  func tellingTerms(_ source: SparseVector, _ target: SparseVector, limit: Int = 3) -> [String] {
    let shared = source.products(with: target)
      .sorted { ($0.product, $1.feature) > ($1.product, $0.feature) }
    var named: [[Int]] = []
    for entry in shared {
      let terms = vectorizer.features.terms(of: Int(entry.feature))
      if named.contains(where: { phrase in terms.allSatisfy(phrase.contains) }) { continue }
      named.removeAll { word in word.allSatisfy(terms.contains) }
      named.append(terms)
      if named.count == limit { break }
    }
    return named.map(name(ofTerms:))
  }

  /// A feature's words as readers know them: `"ballistic missile"`. The overlapping pairs of an
  /// unspaced script are joined: `北京` and `京市` are `北京市`.
  func name(ofTerms terms: [Int]) -> String {
    terms.map(analysis.vocabulary.displayForm).reduce(into: "") { name, word in
      if let last = name.last, last == word.first, last.isOfUnspacedScript {
        name += word.dropFirst()
      } else {
        name += name.isEmpty ? word : " " + word
      }
    }
  }
}

extension Character {
  fileprivate var isOfUnspacedScript: Bool {
    unicodeScalars.first.map { ScalarClass($0) == .unspaced } ?? false
  }
}
