extension Archive {
  /// The terms that contribute most to the cosine of two vectors, as readers know them, at most
  /// `limit`. A word that stands in a longer phrase already named is left out.
  func tellingTerms(_ source: SparseVector, _ target: SparseVector, limit: Int = 3) -> [String] {
    tellingFeatures(source, target, limit: limit).map(name(ofTerms:))
  }

  /// The same, as the numbers of their terms.
  func tellingFeatures(
    _ source: SparseVector, _ target: SparseVector, limit: Int = 3
  ) -> [[Int]] {
    var shared = source.products(with: target)
    var named: [[Int]] = []
    // Few are named, so the strongest is looked for each time and nothing sorted.
    while named.count < limit, let strongest = Self.strongest(of: shared) {
      let terms = vectorizer.features.terms(of: Int(shared[strongest].feature))
      shared[strongest].product = -1
      if named.contains(where: { phrase in terms.allSatisfy(phrase.contains) }) { continue }
      named.removeAll { word in word.allSatisfy(terms.contains) }
      named.append(terms)
    }
    return named
  }

  /// The place of the greatest product, of equal ones that of the lowest feature; those below 0 are
  /// taken already.
  private static func strongest(of shared: [(feature: UInt32, product: Double)]) -> Int? {
    var best: Int?
    var most = -Double.leastNonzeroMagnitude
    for place in shared.indices where shared[place].product > most {
      best = place
      most = shared[place].product
    }
    return best
  }

  /// A feature's words as readers know them: `"ballistic missile"`. The overlapping pairs of an
  /// unspaced script are joined: `北京` and `京市` are `北京市`.
  func name(ofTerms terms: [Int]) -> String {
    Self.name(ofWords: terms.map(analysis.vocabulary.displayForm))
  }

  static func name(ofWords words: [String]) -> String {
    var name = ""
    for word in words {
      // What ends in ASCII is of a script with spaces, whatever its characters are.
      if name.utf8.last.map({ $0 >= 0x80 }) ?? false,
        let last = name.last, last == word.first, last.isOfUnspacedScript
      {
        name += word.dropFirst()
      } else {
        if !name.isEmpty { name += " " }
        name += word
      }
    }
    return name
  }
}

extension Character {
  fileprivate var isOfUnspacedScript: Bool {
    unicodeScalars.first.map { ScalarClass($0) == .unspaced } ?? false
  }
}
