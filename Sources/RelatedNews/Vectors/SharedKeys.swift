/// Which 64-bit keys stand in several articles, and in how many: pairs of words, runs of words.
///
/// Keys are dealt into parts that follow each other, in the order of the articles; then each part is
/// counted in a table that fits the second-level cache, where the last article of a key tells
/// repetitions within one article. No table is shared, so the cores do not wait for each other, and
/// nothing is sorted but the few keys that stay.
enum SharedKeys {
  static let partCount = 256

  /// The keys that at least `minimum` articles have, ascending, with the number of these.
  ///
  /// - Parameters:
  ///   - part: below `partCount`; never falls as keys rise. Parts of equal size are counted fastest.
  ///   - forEachKey: calls its second argument with every key of an article, as often as it stands
  ///     there; never with `UInt64.max`.
  /// - Complexity: O(keys), spread over `jobs` cores.
  static func counted(
    articleCount: Int, minimum: Int, jobs: Int,
    part: @Sendable (_ key: UInt64) -> Int = { Int(truncatingIfNeeded: $0 >> 56) },
    forEachKey: @Sendable (_ article: Int, _ body: (UInt64) -> Void) -> Void
  ) -> [(key: UInt64, count: Int)] {
    let ranges = evenRanges(of: articleCount, pieces: jobs * 4)
    let dealt = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var occurrences: [Occurrence] = []
      for article in ranges[piece] {
        forEachKey(article) { key in
          occurrences.append(Occurrence(key: key, article: UInt32(article)))
        }
      }
      return Dealt(occurrences, part: part)
    }
    let counted = concurrentMap(count: partCount, jobs: jobs) { part in
      count(dealt.map { $0[part] }, minimum: minimum)
    }
    return counted.flatMap { $0 }
  }

  private struct Occurrence: Sendable {
    let key: UInt64
    let article: UInt32
  }

  /// Occurrences by part, within a part as they came.
  private struct Dealt: Sendable {
    private let occurrences: [Occurrence]
    private let ends: [Int]

    init(_ given: [Occurrence], part: (UInt64) -> Int) {
      var places = [Int](repeating: 0, count: partCount + 1)
      for occurrence in given { places[part(occurrence.key) + 1] += 1 }
      for part in 0..<partCount { places[part + 1] += places[part] }
      var dealt = given
      for occurrence in given {
        let part = part(occurrence.key)
        dealt[places[part]] = occurrence
        places[part] += 1
      }
      occurrences = dealt
      ends = places
    }

    subscript(part: Int) -> ArraySlice<Occurrence> {
      occurrences[(part == 0 ? 0 : ends[part - 1])..<ends[part]]
    }
  }

  private struct Count {
    var key = UInt64.max
    var lastArticle: UInt32 = 0
    var count: UInt32 = 0
  }

  private static func count(
    _ pieces: [ArraySlice<Occurrence>], minimum: Int
  ) -> [(key: UInt64, count: Int)] {
    let total = pieces.reduce(0) { $0 + $1.count }
    var size = 16
    while size * 3 < total * 4 { size *= 2 }
    var table = [Count](repeating: Count(), count: size)
    for piece in pieces {
      for occurrence in piece {
        var slot = Int(truncatingIfNeeded: mixed(occurrence.key) >> 20) & (size - 1)
        while table[slot].key != occurrence.key, table[slot].count > 0 {
          slot = (slot + 1) & (size - 1)
        }
        if table[slot].count == 0 {
          table[slot] = Count(key: occurrence.key, lastArticle: occurrence.article, count: 1)
        } else if table[slot].lastArticle != occurrence.article {
          table[slot].lastArticle = occurrence.article
          table[slot].count += 1
        }
      }
    }
    var kept: [(key: UInt64, count: Int)] = []
    for entry in table where entry.count > 0 && entry.count >= minimum {
      kept.append((entry.key, Int(entry.count)))
    }
    kept.sort { $0.key < $1.key }
    return kept
  }

  @inline(__always)
  private static func mixed(_ key: UInt64) -> UInt64 {
    (key ^ key >> 31) &* 0x9e37_79b9_7f4a_7c15
  }
}
