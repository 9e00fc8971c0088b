/// Runs of words that stand in many articles: boilerplate, learned from the archive.
///
/// "Read more", a subscription notice, the same background paragraph under every follow-up: a run of
/// five terms that d settled articles share says about each of them a d-th of what it says. So a word in a
/// run of three or more articles counts 2/d. An article that would lose most of its words this way is
/// reprinted wire copy, not furniture, and keeps them all. On digitalgov +.007 nDCG@10 (95 % interval
/// .000 to +.014).
package struct SharedRuns: Sendable {
  static let runLength = 5
  static let fewestArticles = 3

  /// Beside each term the hash of its bytes: a run is known by its words, whatever their numbers.
  let termHashes: [UInt64]
  private var keys: [UInt64]
  private var counts: [UInt32]

  /// Learns the runs of an archive's bodies.
  ///
  /// - Parameters:
  ///   - settled: the articles that are looked at.
  ///   - pairs: the pairs of which such runs consist; nil if they are not known.
  /// - Complexity: O(t), t the terms of all articles.
  init(
    of sequences: TermSequences, settled: SettledNumbers, vocabulary: Vocabulary,
    pairs: PairTable?, jobs: Int
  ) {
    let termHashes = Self.hashes(of: vocabulary)
    let shared = SharedKeys.counted(
      articleCount: sequences.articleCount - settled.first, minimum: Self.fewestArticles, jobs: jobs
    ) { place, body in
      let article = settled.first + place
      let known = pairs.map { table in
        var ids: [UInt32] = []
        sequences.terms[sequences.termRange(ofArticle: article)].withUnsafeBufferPointer {
          table.ids(of: $0, to: &ids)
        }
        return ids
      }
      Self.forEachRun(of: article, in: sequences, termHashes: termHashes, pairs: known) {
        hash, _ in body(hash)
      }
    }
    self.init(shared.map { ($0.key, UInt32($0.count)) }, termHashes: termHashes)
  }

  /// - Parameters:
  ///   - shared: distinct hashes of runs, none of them 0, with the number of their articles.
  ///   - termHashes: beside each term a hash of its own.
  init(_ shared: [(hash: UInt64, count: UInt32)], termHashes: [UInt64]) {
    self.termHashes = termHashes
    var size = 16
    while size < shared.count * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    counts = [UInt32](repeating: 0, count: size)
    for (hash, count) in shared {
      var slot = Int(hash >> 6) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = hash
      counts[slot] = count
    }
  }

  /// The runs by their hashes, ascending, with the number of articles that have each.
  package var entries: [(hash: UInt64, count: UInt32)] {
    keys.indices.filter { keys[$0] != 0 }.map { (keys[$0], counts[$0]) }.sorted { $0.0 < $1.0 }
  }

  /// Runs as an index file keeps them.
  package init(entries: [(hash: UInt64, count: UInt32)], vocabulary: Vocabulary) {
    self.init(entries, termHashes: Self.hashes(of: vocabulary))
  }

  /// The runs with some counted anew; those of too few articles are dropped.
  ///
  /// - Parameter termHashes: beside each term now a hash of its own.
  func updated(with changes: [UInt64: UInt32], termHashes: [UInt64]) -> SharedRuns {
    var entries: [(hash: UInt64, count: UInt32)] = []
    for slot in keys.indices where keys[slot] != 0 && changes[keys[slot]] == nil {
      entries.append((keys[slot], counts[slot]))
    }
    // In any order: a table answers the same however it was filled.
    for (hash, count) in changes where count >= Self.fewestArticles {
      entries.append((hash, count))
    }
    return SharedRuns(entries, termHashes: termHashes)
  }

  /// What a run of so many articles counts as; 0 is not shared.
  static func grade(of count: UInt32) -> UInt8 {
    count < fewestArticles ? 0 : UInt8(min(255, count))
  }

  /// The shared runs of an article, by the place of their first term from the article's start, and
  /// what each counts as.
  func runs(
    of article: Int, in sequences: TermSequences, pairs: [UInt32]? = nil
  ) -> [(start: Int, grade: UInt8)] {
    let first = sequences.termRange(ofArticle: article).lowerBound
    var result: [(start: Int, grade: UInt8)] = []
    Self.forEachRun(of: article, in: sequences, termHashes: termHashes, pairs: pairs) {
      hash, position in
      let grade = Self.grade(of: count(of: hash))
      if grade > 0 { result.append((position - first, grade)) }
    }
    return result
  }

  /// The weight of each term of an article, in the order of `termRange(ofArticle:)`; 1 is full, nil
  /// is full everywhere.
  ///
  /// - Complexity: O(terms of the article).
  func weights(
    of article: Int, in sequences: TermSequences, pairs: [UInt32]? = nil
  ) -> [Float]? {
    let runs = runs(of: article, in: sequences, pairs: pairs)
    return Self.weights(
      of: article, in: sequences,
      stretches: runs.lazy.map { Phrases.Stretch(start: $0.start, length: 1, grade: $0.grade) })
  }

  /// The same from the stretches where shared runs begin.
  static func weights(
    of article: Int, in sequences: TermSequences, stretches: some Collection<Phrases.Stretch>
  ) -> [Float]? {
    guard !stretches.isEmpty else { return nil }
    let range = sequences.termRange(ofArticle: article)
    var most = [UInt8](repeating: 0, count: range.count)
    for stretch in stretches {
      for i in stretch.start..<stretch.start + stretch.length + runLength - 1 {
        most[i] = max(most[i], stretch.grade)
      }
    }
    let weights = most.map { $0 == 0 ? 1 : Float(fewestArticles - 1) / Float($0) }
    var bodyCount = 0
    var kept: Float = 0
    for segment in sequences.segments(of: article)
    where sequences.segmentFields[segment] == .body {
      for position in sequences.termRange(of: segment) {
        bodyCount += 1
        kept += weights[position - range.lowerBound]
      }
    }
    return kept * 2 < Float(bodyCount) ? nil : weights
  }

  /// In how many articles a run stands; 0 for fewer than are called sharing.
  func count(of hash: UInt64) -> UInt32 {
    var slot = Int(hash >> 6) & (keys.count - 1)
    while keys[slot] != 0 {
      if keys[slot] == hash { return counts[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return 0
  }

  /// Every run within a paragraph, by hash (never 0) and the position of its first term.
  ///
  /// - Parameter pairs: beside each term of the article the pair that it begins, or
  ///   `FeatureSpace.none`: then only runs of such pairs.
  @inline(__always)
  static func forEachRun(
    of article: Int, in sequences: TermSequences, termHashes: [UInt64], pairs: [UInt32]? = nil,
    _ body: (UInt64, Int) -> Void
  ) {
    (pairs ?? []).withUnsafeBufferPointer { pairs in
      forEachRun(of: article, in: sequences, termHashes: termHashes, pairs: pairs, body)
    }
  }

  /// - Parameter pairs: empty where they are not known.
  @inline(__always)
  private static func forEachRun(
    of article: Int, in sequences: TermSequences, termHashes: [UInt64],
    pairs: UnsafeBufferPointer<UInt32>, _ body: (UInt64, Int) -> Void
  ) {
    let first = sequences.termRange(ofArticle: article).lowerBound
    for segment in sequences.segments(of: article)
    where sequences.segmentFields[segment] == .body {
      let range = sequences.termRange(of: segment)
      guard range.count >= runLength else { continue }
      var length = 1
      for position in range.dropFirst() {
        let goesOn = pairs.isEmpty || pairs[position - 1 - first] != FeatureSpace.none
        length = goesOn ? length + 1 : 1
        guard length >= runLength else { continue }
        let start = position + 1 - runLength
        var hash: UInt64 = 0x2545_f491_4f6c_dd1d
        for i in start...position {
          hash = (hash ^ termHashes[Int(sequences.terms[i])]) &* 0x9e37_79b9_7f4a_7c15
          hash ^= hash >> 29
        }
        body(hash == 0 ? 1 : hash, start)
      }
    }
  }

  static func hashes(of vocabulary: Vocabulary) -> [UInt64] {
    (0..<vocabulary.count).map { hash(ofTerm: vocabulary.terms.bytes($0)) }
  }

  /// FNV-1a of the term's bytes.
  static func hash(ofTerm utf8: some Sequence<UInt8>) -> UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }
}
