/// The shared runs of an archive brought up to date.
struct RunChanges {
  let runs: SharedRuns
  /// Articles that kept their words, but some of these count otherwise than before; by their numbers
  /// now, perhaps more than once.
  let articles: [Int]

  /// Nil where a run is lost by more articles than were said to have it, as in an index that contradicts
  /// itself.
  ///
  /// - Parameters:
  ///   - settled: the articles whose runs are counted.
  ///   - found: for pairs that were no features before, numbered as now, the articles of before that
  ///     have them.
  init?(
    of old: SharedRuns, changes: SequenceChanges,
    settled: SettledSequenceChanges, features: FeatureSpace, found: [UInt64: [Int]],
    articlesHaving: @escaping (UInt32) -> ArraySlice<Int32>
  ) {
    let hashes = SharedRuns.hashes(of: changes.vocabulary)
    var search = RunSearch(
      changes: changes, features: features, found: found, hashes: hashes,
      articlesHaving: articlesHaving)
    var lost: [UInt64: UInt32] = [:]
    var got: [UInt64: UInt32] = [:]
    // Runs by the order of their first place, so that every walk is the same.
    var order: [(hash: UInt64, terms: [UInt32?])] = []
    for article in settled.outgoing {
      let runs = Self.runs(
        of: article, in: changes.before, termHashes: old.termHashes,
        term: { changes.newTerms[Int($0)] == FeatureSpace.none ? nil : changes.newTerms[Int($0)] })
      for run in runs {
        if lost[run.hash] == nil { order.append(run) }
        lost[run.hash, default: 0] += 1
      }
    }
    for article in settled.incoming {
      for run in Self.runs(of: article, in: changes.now, termHashes: hashes, term: { $0 }) {
        if lost[run.hash] == nil, got[run.hash] == nil { order.append(run) }
        got[run.hash, default: 0] += 1
      }
    }
    var counts: [UInt64: UInt32] = [:]
    var articles: [Int] = []
    for (hash, terms) in order {
      let before = old.count(of: hash)
      let coming = got[hash] ?? 0
      // A run of few articles that only loses some stays one of few.
      guard before > 0 || coming > 0 else { continue }
      guard before == 0 || before >= lost[hash] ?? 0 else { return nil }
      var still: [Int]?
      if before == 0 { still = search.articles(having: hash, terms: terms) }
      let kept =
        before > 0
        ? before - (lost[hash] ?? 0) : UInt32(still?.count { settled.isStill[$0] } ?? 0)
      let now = kept + coming
      counts[hash] = now
      if SharedRuns.grade(of: before) != SharedRuns.grade(of: now) {
        articles += still ?? search.articles(having: hash, terms: terms)
      }
    }
    runs = old.updated(with: counts, termHashes: hashes)
    self.articles = articles
  }

  /// The distinct runs of an article with their terms as numbered now.
  private static func runs(
    of article: Int, in sequences: TermSequences, termHashes: [UInt64], term: (UInt32) -> UInt32?
  ) -> [(hash: UInt64, terms: [UInt32?])] {
    var seen: Set<UInt64> = []
    var result: [(hash: UInt64, terms: [UInt32?])] = []
    SharedRuns.forEachRun(of: article, in: sequences, termHashes: termHashes) { hash, position in
      guard seen.insert(hash).inserted else { return }
      let terms = sequences.terms[position..<position + SharedRuns.runLength]
      result.append((hash, terms.map(term)))
    }
    return result
  }
}

/// Finds the articles that kept their words and have a run, by way of its rarest pair or term.
private struct RunSearch {
  let changes: SequenceChanges
  let features: FeatureSpace
  let found: [UInt64: [Int]]
  let hashes: [UInt64]
  let articlesHaving: (UInt32) -> ArraySlice<Int32>
  private var runsOfArticle: [Int: Set<UInt64>] = [:]

  init(
    changes: SequenceChanges, features: FeatureSpace, found: [UInt64: [Int]], hashes: [UInt64],
    articlesHaving: @escaping (UInt32) -> ArraySlice<Int32>
  ) {
    self.changes = changes
    self.features = features
    self.found = found
    self.hashes = hashes
    self.articlesHaving = articlesHaving
  }

  /// By their numbers now, ascending.
  mutating func articles(having hash: UInt64, terms: [UInt32?]) -> [Int] {
    let terms = terms.compactMap { $0 }
    guard terms.count == SharedRuns.runLength else { return [] }
    var result: [Int] = []
    for article in candidates(of: terms)
    where !changes.isIncoming[article] && runs(of: article).contains(hash) {
      result.append(article)
    }
    return result
  }

  private func candidates(of terms: [UInt32]) -> [Int] {
    var rarest: UInt32?
    func consider(_ feature: UInt32) {
      let isRarer =
        rarest.map {
          features.documentFrequencies[Int(feature)] < features.documentFrequencies[Int($0)]
        } ?? true
      if isRarer { rarest = feature }
    }
    for term in terms {
      let old = changes.oldTerms[Int(term)]
      guard old != FeatureSpace.none else { return [] }
      consider(old)
    }
    for place in terms.indices.dropLast() {
      let key = PairTable.key(terms[place], terms[place + 1])
      guard let table = features.levels.first, let old = changes.oldKey(key) else { continue }
      let slot = table.slot(
        of: UInt32(truncatingIfNeeded: old >> 32), UInt32(truncatingIfNeeded: old))
      if let slot {
        consider(UInt32(features.levelStarts[1]) + table.keptID(at: slot))
      } else if let articles = found[key] {
        return articles
      }
    }
    guard let rarest else { return [] }
    return articlesHaving(rarest).map { changes.newNumbers[Int($0)] }.filter { $0 >= 0 }
  }

  private mutating func runs(of article: Int) -> Set<UInt64> {
    if let known = runsOfArticle[article] { return known }
    var runs: Set<UInt64> = []
    SharedRuns.forEachRun(of: article, in: changes.now, termHashes: hashes) { hash, _ in
      runs.insert(hash)
    }
    runsOfArticle[article] = runs
    return runs
  }
}
