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
  /// What belongs to a pair stands together, as nearly every look-up misses the caches.
  private var entries: [Entry]

  private struct Entry: Sendable {
    var key = UInt64.max
    var id: UInt32 = 0
    var kept = FeatureSpace.none

    var isFree: Bool { key == .max }
  }

  /// - Parameters: `all` ascends and holds `kept`, which ascends too.
  init(all: [UInt64], kept keptKeys: [UInt64]) {
    allKeys = all
    self.keptKeys = keptKeys
    var size = 16
    while size < all.count * 2 { size *= 2 }
    entries = [Entry](repeating: Entry(), count: size)
    var nextKept = 0
    for (id, key) in all.enumerated() {
      var slot = Self.hash(key) & (size - 1)
      while !entries[slot].isFree { slot = (slot + 1) & (size - 1) }
      entries[slot].key = key
      entries[slot].id = UInt32(id)
      if nextKept < keptKeys.count, keptKeys[nextKept] == key {
        entries[slot].kept = UInt32(nextKept)
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
    var slot = Self.hash(key) & (entries.count - 1)
    while entries[slot].key != key {
      if entries[slot].isFree { return nil }
      slot = (slot + 1) & (entries.count - 1)
    }
    return slot
  }

  @inline(__always) func id(at slot: Int) -> UInt32 { entries[slot].id }
  @inline(__always) func keptID(at slot: Int) -> UInt32 { entries[slot].kept }

  @inline(__always)
  static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key ^ key >> 31) &* 0x9e37_79b9_7f4a_7c15 >> 20)
  }
}
