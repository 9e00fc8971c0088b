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
  public let documentFrequencies: [Int]

  static let none = UInt32.max

  public var count: Int { documentFrequencies.count }

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
  ///   - termFrequencies: beside each term in how many articles it stands.
  ///   - pairs: ascending, with their document frequencies; nil where single terms are all features.
  init(termFrequencies: [Int], pairs: (keys: [UInt64], frequencies: [Int])?) {
    var featureOfTerm = [UInt32](repeating: Self.none, count: termFrequencies.count)
    var termOfFeature: [UInt32] = []
    var frequencies: [Int] = []
    frequencies.reserveCapacity(termFrequencies.count + (pairs?.keys.count ?? 0))
    for (term, frequency) in termFrequencies.enumerated() where frequency > 0 {
      featureOfTerm[term] = UInt32(termOfFeature.count)
      termOfFeature.append(UInt32(term))
      frequencies.append(frequency)
    }
    self.featureOfTerm = featureOfTerm
    self.termOfFeature = termOfFeature
    guard let pairs else {
      levels = []
      levelStarts = [0, termOfFeature.count]
      documentFrequencies = frequencies
      return
    }
    frequencies += pairs.frequencies
    levels = [PairTable(all: pairs.keys, kept: pairs.keys)]
    levelStarts = [0, termOfFeature.count, frequencies.count]
    documentFrequencies = frequencies
  }
}
