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

  /// Calls `body` with every feature of a run of terms, once per occurrence, and the places of its
  /// terms.
  @inline(__always)
  func forEachFeature(of terms: ArraySlice<UInt32>, _ body: (UInt32, ClosedRange<Int>) -> Void) {
    let end = terms.endIndex
    for start in terms.indices {
      let first = featureOfTerm[Int(terms[start])]
      if first != Self.none { body(first, start...start) }
      var prefix = terms[start]
      for level in levels.indices {
        let next = start + level + 1
        guard next < end, let slot = levels[level].slot(of: prefix, terms[next]) else { break }
        let kept = levels[level].keptID(at: slot)
        if kept != Self.none { body(UInt32(levelStarts[level + 1]) + kept, start...next) }
        guard level + 1 < levels.count else { break }
        prefix = levels[level].id(at: slot)
      }
    }
  }
}

/// Pairs (id, term), frozen in an open-addressing table.
struct PairTable: Sendable {
  /// All pairs that a longer n-gram may start with, by their id; empty where there is none.
  let allKeys: [UInt64]
  /// The pairs that are features, ascending.
  let keptKeys: [UInt64]
  private var keys: [UInt64]
  private var ids: [UInt32]
  private var kept: [UInt32]
  private static let free = UInt64.max

  /// - Parameters: `all` ascends and holds `kept`, which ascends too.
  init(all: [UInt64], kept keptKeys: [UInt64]) {
    allKeys = all
    self.keptKeys = keptKeys
    var size = 16
    while size < all.count * 2 { size *= 2 }
    keys = [UInt64](repeating: Self.free, count: size)
    ids = [UInt32](repeating: 0, count: size)
    kept = [UInt32](repeating: FeatureSpace.none, count: size)
    var nextKept = 0
    for (id, key) in all.enumerated() {
      var slot = Self.hash(key) & (size - 1)
      while keys[slot] != Self.free { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      ids[slot] = UInt32(id)
      if nextKept < keptKeys.count, keptKeys[nextKept] == key {
        kept[slot] = UInt32(nextKept)
        nextKept += 1
      }
    }
  }

  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  @inline(__always)
  func slot(of first: UInt32, _ second: UInt32) -> Int? {
    let key = Self.key(first, second)
    var slot = Self.hash(key) & (keys.count - 1)
    while keys[slot] != Self.free {
      if keys[slot] == key { return slot }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  @inline(__always) func id(at slot: Int) -> UInt32 { ids[slot] }
  @inline(__always) func keptID(at slot: Int) -> UInt32 { kept[slot] }

  @inline(__always)
  static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key ^ key >> 31) &* 0x9e37_79b9_7f4a_7c15 >> 20)
  }
}
