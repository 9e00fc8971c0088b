/// The features of an archive, frozen: single terms first, then pairs of neighbouring terms, then
/// longer n-grams. A feature's id says its place in this order.
///
/// An n-gram of length n + 1 is known by the id of its first n terms and its last term, so that one
/// table of pairs serves every length.
public struct FeatureSpace: Sendable {
  /// Beside each term of the vocabulary its feature, or `none`.
  let featureOfTerm: [UInt32]
  /// Beside each single-term feature its term.
  let termOfFeature: [UInt32]
  /// For each length from 2 on the n-grams, by pair.
  let levels: [PairTable]
  /// Where the features of each length start; the last entry is the number of features.
  let levelStarts: [Int]
  /// Beside each feature how many articles have it.
  public private(set) var documentFrequencies: [Int]
  /// Beside each feature how many settled articles have it: see `SettledArticles`.
  private(set) var settledFrequencies: [Int]

  static let none = UInt32.max

  public var count: Int { documentFrequencies.count }

  /// The same where terms were counted in all articles and n-grams in the settled ones, which are all
  /// but the first `count`; now both are in both.
  ///
  /// - Complexity: O(terms of the first).
  func counting(unsettled count: Int, of sequences: TermSequences) -> FeatureSpace {
    guard count > 0 else { return self }
    var space = self
    for (feature, frequency) in frequencies(inFirst: count, of: sequences).enumerated() {
      if feature < levelStarts[1] {
        space.settledFrequencies[feature] -= frequency
      } else {
        space.documentFrequencies[feature] += frequency
      }
    }
    return space
  }

  /// Beside each feature in how many of the first `count` articles it stands.
  private func frequencies(inFirst count: Int, of sequences: TermSequences) -> [Int] {
    var frequencies = [Int](repeating: 0, count: self.count)
    var nextArticles = [Int](repeating: 0, count: self.count)
    var pairs: [UInt32] = []
    for article in 0..<count {
      for segment in sequences.segments(of: article) {
        sequences.terms[sequences.termRange(of: segment)].withUnsafeBufferPointer { terms in
          if let onlyPairs { onlyPairs.ids(of: terms, to: &pairs) }
          pairs.withUnsafeBufferPointer { pairs in
            forEachFeature(of: terms, pairs: pairs[...]) { feature, _ in
              guard nextArticles[Int(feature)] <= article else { return }
              nextArticles[Int(feature)] = article + 1
              frequencies[Int(feature)] += 1
            }
          }
        }
      }
    }
    return frequencies
  }

  /// The ids of the terms of a feature: one, or as many as its n-gram has words.
  public func terms(of feature: Int) -> [Int] {
    if feature < termOfFeature.count { return [Int(termOfFeature[feature])] }
    guard let level = levelStarts.lastIndex(where: { $0 <= feature }), level > 0 else { return [] }
    return terms(ofPair: levels[level - 1].keptKeys[feature - levelStarts[level]], level: level)
  }

  private func terms(ofPair key: UInt64, level: Int) -> [Int] {
    let first = UInt32(truncatingIfNeeded: key >> 32)
    let last = Int(UInt32(truncatingIfNeeded: key))
    guard level > 1 else { return [Int(first), last] }
    return terms(ofPair: levels[level - 2].allKeys[Int(first)], level: level - 1) + [last]
  }

  /// The pairs, where they are all n-grams that there are.
  var onlyPairs: PairTable? { levels.count == 1 ? levels[0] : nil }

  /// Calls `body` with every feature of a run of terms, once per occurrence, and the places of its
  /// terms; those of one feature in the order of the text.
  ///
  /// - Parameter pairs: beside each term what `onlyPairs` says of it and the next.
  @inline(__always)
  func forEachFeature(
    of terms: UnsafeBufferPointer<UInt32>, pairs: Slice<UnsafeBufferPointer<UInt32>>,
    _ body: (UInt32, ClosedRange<Int>) -> Void
  ) {
    for place in terms.indices {
      let feature = featureOfTerm[Int(terms[place])]
      if feature != Self.none { body(feature, place...place) }
    }
    if levels.count == 1 {
      let base = UInt32(levelStarts[1])
      for place in terms.indices.dropLast() {
        let pair = pairs[pairs.startIndex + place]
        if pair != Self.none { body(base + pair, place...place + 1) }
      }
    } else if levels.count > 1 {
      forEachNgram(of: terms, body)
    }
  }

  private func forEachNgram(
    of terms: UnsafeBufferPointer<UInt32>, _ body: (UInt32, ClosedRange<Int>) -> Void
  ) {
    for start in terms.indices {
      var prefix = terms[start]
      for level in levels.indices {
        let next = start + level + 1
        guard next < terms.count, let slot = levels[level].slot(of: prefix, terms[next]) else {
          break
        }
        let kept = levels[level].keptID(at: slot)
        if kept != Self.none { body(UInt32(levelStarts[level + 1]) + kept, start...next) }
        guard level + 1 < levels.count else { break }
        prefix = levels[level].id(at: slot)
      }
    }
  }
}

extension FeatureSpace {
  /// The space of the terms that stand anywhere, and of pairs.
  ///
  /// - Parameters:
  ///   - terms: beside each term in how many articles it stands.
  ///   - pairs: their frequencies; nil where single terms are all features.
  ///   - keys: of the pairs, ascending.
  init(terms: Frequencies, pairs: Frequencies?, keys: [UInt64]) {
    var featureOfTerm = [UInt32](repeating: Self.none, count: terms.all.count)
    var termOfFeature: [UInt32] = []
    var frequencies = Frequencies()
    frequencies.reserveCapacity(terms.all.count + keys.count)
    for (term, frequency) in terms.all.enumerated() where frequency > 0 {
      featureOfTerm[term] = UInt32(termOfFeature.count)
      termOfFeature.append(UInt32(term))
      frequencies.append(frequency, settled: terms.settled[term])
    }
    self.featureOfTerm = featureOfTerm
    self.termOfFeature = termOfFeature
    guard let pairs else {
      levels = []
      levelStarts = [0, termOfFeature.count]
      documentFrequencies = frequencies.all
      settledFrequencies = frequencies.settled
      return
    }
    levels = [PairTable(all: keys, kept: keys)]
    levelStarts = [0, termOfFeature.count, termOfFeature.count + keys.count]
    documentFrequencies = frequencies.all + pairs.all
    settledFrequencies = frequencies.settled + pairs.settled
  }

  /// In how many articles terms or pairs stand, and in how many settled ones.
  struct Frequencies: Sendable {
    private(set) var all: [Int] = []
    private(set) var settled: [Int] = []

    init() {}

    /// - Parameter settled: beside each of `all`; nil where that is not known yet.
    init(_ all: [Int], settled: [Int]? = nil) {
      self.all = all
      self.settled = settled ?? all
    }

    mutating func reserveCapacity(_ count: Int) {
      all.reserveCapacity(count)
      settled.reserveCapacity(count)
    }

    mutating func append(_ frequency: Int, settled: Int) {
      all.append(frequency)
      self.settled.append(settled)
    }
  }
}
