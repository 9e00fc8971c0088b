/// How often a word stands in an archive's settled articles, and how often in its newest: see
/// `SettledArticles`.
///
/// A word is there while any article has it, but which of a term's words is displayed the settled ones
/// say: a story that lands gives no other story's terms another name.
package struct Occurrences: Sendable, Hashable {
  // Both in the room of one number: a core that scans has those of all its spellings at hand.
  fileprivate(set) var settled: UInt32 = 0
  fileprivate var newest: UInt32 = 0

  /// In all articles.
  package var all: Int { Int(settled) + Int(newest) }

  static func += (sum: inout Occurrences, other: Occurrences) {
    sum.settled += other.settled
    sum.newest += other.newest
  }
}

extension [Occurrences] {
  /// Counts words of an article, by their numbers.
  mutating func add(_ words: ArraySlice<UInt32>, isSettled: Bool) {
    withUnsafeMutableBufferPointer { counts in
      if isSettled {
        for word in words { counts[Int(word)].settled += 1 }
      } else {
        for word in words { counts[Int(word)].newest += 1 }
      }
    }
  }

  /// Takes back what `add` counted.
  mutating func remove(_ words: ArraySlice<UInt32>, isSettled: Bool) {
    withUnsafeMutableBufferPointer { counts in
      if isSettled {
        for word in words { counts[Int(word)].settled -= 1 }
      } else {
        for word in words { counts[Int(word)].newest -= 1 }
      }
    }
  }
}
