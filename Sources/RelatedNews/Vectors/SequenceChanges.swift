/// The articles that are no longer settled with their words of before, or only now, or still.
struct SettledSequenceChanges: Sendable {
  /// By their numbers then.
  private(set) var outgoing: [Int]
  /// By their numbers now.
  private(set) var incoming: [Int]
  /// Beside each article now whether it was settled and is, and kept its words.
  private(set) var isStill: [Bool]

  init(_ changes: SequenceChanges, before: SettledNumbers, now: SettledNumbers) {
    outgoing = changes.outgoing.filter(before.contains)
    incoming = changes.incoming.filter(now.contains)
    isStill = [Bool](repeating: false, count: changes.isIncoming.count)
    for (old, number) in changes.still {
      switch (before.contains(old), now.contains(number)) {
      case (true, true): isStill[number] = true
      case (true, false): outgoing.append(old)
      case (false, true): incoming.append(number)
      case (false, false): break
      }
    }
  }
}

/// Which sequences of terms an archive lost and which it got, and how terms are numbered now.
struct SequenceChanges: Sendable {
  let before: TermSequences
  let now: TermSequences
  let vocabulary: Vocabulary
  let oldTermCount: Int
  /// Beside each term of before its number now, or `FeatureSpace.none`.
  let newTerms: [UInt32]
  /// Beside each term now its number before, or `FeatureSpace.none`.
  let oldTerms: [UInt32]
  /// Beside each article of before its number now; -1 for one that is gone.
  let newNumbers: [Int]
  /// Articles of before whose sequence is gone, by their numbers then.
  let outgoing: [Int]
  /// Articles whose sequence is new, by their numbers now.
  let incoming: [Int]
  let isIncoming: [Bool]
  /// The articles whose sequence is as before: numbers then and now.
  let still: [(before: Int, now: Int)]

  init(from old: AnalyzedArchive, by update: AnalysisUpdate, origins: [ArticleOrigin]) {
    before = old.sequences
    now = update.analysis.sequences
    vocabulary = update.analysis.vocabulary
    oldTermCount = old.vocabulary.count
    newTerms = update.newTerms
    var oldTerms = [UInt32](repeating: FeatureSpace.none, count: update.analysis.vocabulary.count)
    for (term, now) in update.newTerms.enumerated() where now != FeatureSpace.none {
      oldTerms[Int(now)] = UInt32(term)
    }
    self.oldTerms = oldTerms
    var newNumbers = [Int](repeating: -1, count: old.sequences.articleCount)
    var isIncoming = [Bool](repeating: false, count: origins.count)
    for number in update.rereadArticles { isIncoming[number] = true }
    var still: [(before: Int, now: Int)] = []
    for (number, origin) in origins.enumerated() {
      guard let old = origin.oldNumber else {
        isIncoming[number] = true
        continue
      }
      newNumbers[old] = number
      if !isIncoming[number] { still.append((old, number)) }
    }
    self.newNumbers = newNumbers
    self.isIncoming = isIncoming
    self.still = still
    incoming = isIncoming.indices.filter { isIncoming[$0] }
    outgoing = newNumbers.indices.filter { newNumbers[$0] < 0 || isIncoming[newNumbers[$0]] }
  }

  /// In how many articles each term stands now.
  func termFrequencies(before features: FeatureSpace) -> [Int] {
    var counts = [Int](repeating: 0, count: oldTerms.count)
    for (term, old) in oldTerms.enumerated() where old != FeatureSpace.none {
      counts[term] = features.documentFrequencies[Int(old)]
    }
    for article in outgoing {
      for term in Self.distinct(before.terms[before.termRange(ofArticle: article)]) {
        let now = newTerms[Int(term)]
        if now != FeatureSpace.none { counts[Int(now)] -= 1 }
      }
    }
    for article in incoming {
      for term in Self.distinct(now.terms[now.termRange(ofArticle: article)]) {
        counts[Int(term)] += 1
      }
    }
    return counts
  }

  /// The pairs of neighbouring terms of an article, ascending, each once.
  static func pairs(of article: Int, in sequences: TermSequences) -> [UInt64] {
    var keys: [UInt64] = []
    for segment in sequences.segments(of: article) {
      let range = sequences.termRange(of: segment)
      for position in range.dropLast() {
        keys.append(PairTable.key(sequences.terms[position], sequences.terms[position + 1]))
      }
    }
    return distinct(keys)
  }

  /// A pair as it was numbered before; nil if one of its terms is new.
  func oldKey(_ key: UInt64) -> UInt64? {
    let first = oldTerms[Int(key >> 32)]
    let second = oldTerms[Int(UInt32(truncatingIfNeeded: key))]
    guard first != FeatureSpace.none, second != FeatureSpace.none else { return nil }
    return PairTable.key(first, second)
  }

  /// A pair as it is numbered now; nil if one of its terms is gone.
  func newKey(_ key: UInt64) -> UInt64? {
    let first = newTerms[Int(key >> 32)]
    let second = newTerms[Int(UInt32(truncatingIfNeeded: key))]
    guard first != FeatureSpace.none, second != FeatureSpace.none else { return nil }
    return PairTable.key(first, second)
  }

  static func distinct<Key: Comparable>(_ keys: some Sequence<Key>) -> [Key] {
    var result: [Key] = []
    for key in keys.sorted() where key != result.last { result.append(key) }
    return result
  }
}
