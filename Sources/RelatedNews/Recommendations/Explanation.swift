/// Why two articles are related, term by term.
public struct Explanation: Sendable {
  /// How many terms a plain-words reason names.
  static let becauseLimit = 3

  /// The terms that contribute most to the cosine of two vectors, as readers know them. A word that
  /// stands in a longer phrase already named is left out.
  static func because(
    _ source: SparseVector, _ target: SparseVector, archive: Archive
  ) -> [String] {
    var shared: [(feature: UInt32, product: Double)] = []
    var i = 0
    var j = 0
    while i < source.count, j < target.count {
      let a = source.termIDs[i]
      let b = target.termIDs[j]
      if a == b {
        shared.append((a, Double(source.weights[i]) * Double(target.weights[j])))
      }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    shared.sort { ($0.product, $1.feature) > ($1.product, $0.feature) }
    var named: [[Int]] = []
    for entry in shared {
      let terms = archive.vectorizer.features.terms(of: Int(entry.feature))
      if named.contains(where: { phrase in terms.allSatisfy(phrase.contains) }) { continue }
      named.removeAll { word in word.allSatisfy(terms.contains) }
      named.append(terms)
      if named.count == becauseLimit { break }
    }
    return named.map { archive.name(ofTerms: $0) }
  }
}

extension Archive {
  /// A feature's words as readers know them: `"ballistic missile"`; unspaced scripts are joined.
  func name(ofTerms terms: [Int]) -> String {
    let words = terms.map(analysis.vocabulary.displayForm)
    return words.reduce(into: "") { name, word in
      if let last = name.last, let first = word.first, last == first, last.isUnspaced {
        name += word.dropFirst()
      } else {
        name += name.isEmpty ? word : " " + word
      }
    }
  }
}

extension Character {
  fileprivate var isUnspaced: Bool {
    unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
  }
}
