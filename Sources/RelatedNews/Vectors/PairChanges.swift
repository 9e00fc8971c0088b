/// The pairs of terms that are features, brought up to date.
struct PairChanges: Sendable {
  /// Ascending.
  let keys: [UInt64]
  /// Beside each key how many settled articles have it.
  let frequencies: [Int]
  /// Beside each pair of before its place in `keys`, or `FeatureSpace.none`.
  let newPlaces: [UInt32]
  /// Pairs of before that are none now, though articles may still have them.
  let droppedPlaces: [Int]
  /// Of each pair that is a feature only now the articles that kept their words and have it, by their
  /// numbers now.
  let newPairs: [[Int]]
  /// For pairs that come in and were no features, numbered as now: the articles that kept their words
  /// and have them.
  let found: [UInt64: [Int]]

  /// - Parameters:
  ///   - before: beside each pair of before how many settled articles had it.
  ///   - settled: the articles whose pairs are counted.
  init(
    of table: PairTable, frequencies before: ArraySlice<Int>, changes: SequenceChanges,
    settled: SettledSequenceChanges, minimum: Int, jobs: Int
  ) {
    let lost = Self.counted(
      settled.outgoing.flatMap { SequenceChanges.pairs(of: $0, in: changes.before) })
    let got = Self.counted(
      settled.incoming.flatMap { SequenceChanges.pairs(of: $0, in: changes.now) })
    var lostCount: [UInt64: Int] = [:]
    for (key, count) in lost { lostCount[key] = count }
    var gotCount: [UInt64: Int] = [:]
    for (key, count) in got { gotCount[key] = count }

    // Pairs that come in and were no features: the articles of before that have them are unknown.
    let unknown = got.compactMap { key, _ -> UInt64? in
      changes.oldKey(key).flatMap { Self.slot(of: $0, in: table) == nil ? key : nil }
    }
    let found = Self.find(unknown, changes: changes, jobs: jobs)
    self.found = found
    var fresh: [(key: UInt64, count: Int)] = []
    for (key, count) in got {
      if let old = changes.oldKey(key), Self.slot(of: old, in: table) != nil { continue }
      let still = found[key]?.count { settled.isStill[$0] } ?? 0
      guard count + still >= minimum else { continue }
      fresh.append((key, count + still))
    }

    var keys: [UInt64] = []
    var counts: [Int] = []
    var places = [UInt32](repeating: FeatureSpace.none, count: table.keptKeys.count)
    var dropped: [Int] = []
    keys.reserveCapacity(table.keptKeys.count + fresh.count)
    counts.reserveCapacity(table.keptKeys.count + fresh.count)
    var newPairs: [[Int]] = []
    func append(_ pair: (key: UInt64, count: Int)) {
      newPairs.append(found[pair.key] ?? [])
      keys.append(pair.key)
      counts.append(pair.count)
    }
    var next = 0
    for (place, old) in table.keptKeys.enumerated() {
      guard let key = changes.newKey(old) else { continue }
      let count = before[before.startIndex + place] - (lostCount[old] ?? 0) + (gotCount[key] ?? 0)
      guard count >= minimum else {
        dropped.append(place)
        continue
      }
      while next < fresh.count, fresh[next].key < key {
        append(fresh[next])
        next += 1
      }
      places[place] = UInt32(keys.count)
      keys.append(key)
      counts.append(count)
    }
    for pair in fresh[next...] { append(pair) }
    self.newPairs = newPairs
    self.keys = keys
    self.frequencies = counts
    newPlaces = places
    droppedPlaces = dropped
  }

  private static func slot(of key: UInt64, in table: PairTable) -> Int? {
    table.slot(of: UInt32(truncatingIfNeeded: key >> 32), UInt32(truncatingIfNeeded: key))
  }

  /// Keys ascending with how often each stands there.
  private static func counted(_ keys: [UInt64]) -> [(key: UInt64, count: Int)] {
    var result: [(key: UInt64, count: Int)] = []
    for key in keys.sorted() {
      if result.last?.key == key {
        result[result.count - 1].count += 1
      } else {
        result.append((key, 1))
      }
    }
    return result
  }

  /// The articles that kept their words and have each of `keys`, by their numbers now: one walk over
  /// all sequences, looking only for these.
  private static func find(
    _ keys: [UInt64], changes: SequenceChanges, jobs: Int
  ) -> [UInt64: [Int]] {
    guard !keys.isEmpty else { return [:] }
    let wanted = keys.compactMap(changes.oldKey)
    let table = PairTable(all: wanted, kept: [])
    var isFirst = [Bool](repeating: false, count: changes.oldTermCount)
    for key in wanted { isFirst[Int(key >> 32)] = true }
    let ranges = evenRanges(of: changes.still.count, pieces: jobs * 4)
    let sequences = changes.before
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { [isFirst] piece in
      var hits: [(key: UInt64, article: Int)] = []
      for (article, now) in changes.still[ranges[piece]] {
        for segment in sequences.segments(of: article) {
          for position in sequences.termRange(of: segment).dropLast()
          where isFirst[Int(sequences.terms[position])] {
            let (a, b) = (sequences.terms[position], sequences.terms[position + 1])
            if table.slot(of: a, b) != nil { hits.append((PairTable.key(a, b), now)) }
          }
        }
      }
      return hits
    }
    var found: [UInt64: [Int]] = [:]
    for key in keys { found[key] = [] }
    for (old, article) in parts.joined() {
      guard let key = changes.newKey(old), found[key]?.last != article else { continue }
      found[key, default: []].append(article)
    }
    return found
  }
}
