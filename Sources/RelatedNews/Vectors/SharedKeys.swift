/// Which 64-bit keys stand in several articles, and in how many: pairs of words, runs of words.
///
/// Keys are dealt into parts by their bits, in the order of the articles; then each part is counted
/// in a table that fits the second-level cache, where the last article of a key tells repetitions
/// within one article. No table is shared, so the cores do not wait for each other, and nothing is
/// sorted but the few keys that stay.
enum SharedKeys {
  private static let partCount = 256

  /// The keys that at least `minimum` articles have, ascending, with the number of these.
  ///
  /// - Parameter forEachKey: calls its second argument with every key of an article, as often as it
  ///   stands there; never with `UInt64.max`.
  /// - Complexity: O(keys), spread over `jobs` cores.
  static func counted(
    articleCount: Int, minimum: Int, jobs: Int,
    forEachKey: @Sendable (_ article: Int, _ body: (UInt64) -> Void) -> Void
  ) -> [(key: UInt64, count: Int)] {
    let ranges = evenRanges(of: articleCount, pieces: jobs * 4)
    let dealt = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var parts = [[Occurrence]](repeating: [], count: partCount)
      for article in ranges[piece] {
        forEachKey(article) { key in
          parts[part(of: key)].append(Occurrence(key: key, article: UInt32(article)))
        }
      }
      return parts
    }
    let counted = concurrentMap(count: partCount, jobs: jobs) { part in
      count(dealt.map { $0[part] }, minimum: minimum)
    }
    return counted.flatMap { $0 }.sorted { $0.key < $1.key }
  }

  private struct Occurrence: Sendable {
    let key: UInt64
    let article: UInt32
  }

  private struct Count {
    var key = UInt64.max
    var lastArticle: UInt32 = 0
    var count: UInt32 = 0
  }

  private static func count(_ pieces: [[Occurrence]], minimum: Int) -> [(key: UInt64, count: Int)] {
    let total = pieces.reduce(0) { $0 + $1.count }
    var size = 16
    while size < total * 2 { size *= 2 }
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
    return table.filter { $0.count > 0 && $0.count >= minimum }.map { ($0.key, Int($0.count)) }
  }

  private static func part(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: mixed(key) >> 56) & (partCount - 1)
  }

  @inline(__always)
  private static func mixed(_ key: UInt64) -> UInt64 {
    (key ^ key >> 31) &* 0x9e37_79b9_7f4a_7c15
  }
}
