/// Where the phrases of articles stand: the pairs of terms that are features, and stretches of the
/// runs that many articles share.
///
/// Both follow from the terms and the vectorizer, and an index file says both. To look up every two
/// neighbours of all texts costs as much as to write all else that a file says of them, so an update
/// looks for the phrases of the articles that changed, and carries over the others.
package struct Phrases: Sendable, Hashable {
  /// Terms where runs begin that equally many articles share.
  package struct Stretch: Sendable, Hashable {
    /// Its first term, counted from the article's first.
    let start: Int
    let length: Int
    /// `SharedRuns.grade`.
    let grade: UInt8

    package init(start: Int, length: Int, grade: UInt8) {
      self.start = start
      self.length = length
      self.grade = grade
    }
  }

  /// Beside each term the pair that it begins in its segment, by its place among all pairs, or
  /// `FeatureSpace.none`.
  private(set) var pairs: [UInt32]
  private(set) var stretches: [Stretch]
  /// Beside each article where its stretches end.
  private var stretchEnds: [Int]

  /// - Parameter stretchEnds: beside each article where its stretches end.
  package init(pairs: [UInt32] = [], stretches: [Stretch] = [], stretchEnds: [Int] = []) {
    self.pairs = pairs
    self.stretches = stretches
    self.stretchEnds = stretchEnds
  }

  func stretches(of article: Int) -> ArraySlice<Stretch> {
    stretches[(article == 0 ? 0 : stretchEnds[article - 1])..<stretchEnds[article]]
  }

  mutating func removeAll() {
    pairs.removeAll(keepingCapacity: true)
    stretches.removeAll(keepingCapacity: true)
    stretchEnds.removeAll(keepingCapacity: true)
  }

  /// Looks for the phrases of an article, which becomes the next one.
  ///
  /// - Parameter found: working memory.
  mutating func append(
    _ article: Int, of sequences: TermSequences, vectorizer: Vectorizer, found: inout [UInt32]
  ) {
    let range = sequences.termRange(ofArticle: article)
    found.removeAll(keepingCapacity: true)
    if let table = vectorizer.features.onlyPairs {
      sequences.terms[range].withUnsafeBufferPointer { table.ids(of: $0, to: &found) }
      let start = pairs.count
      pairs += found
      for segment in sequences.segments(of: article) {
        let places = sequences.termRange(of: segment)
        guard let last = places.last else { continue }
        pairs[start + last - range.lowerBound] = FeatureSpace.none
      }
    } else {
      pairs += repeatElement(FeatureSpace.none, count: range.count)
    }
    let first = stretches.count
    for run in vectorizer.sharedRuns(of: article, in: sequences, pairs: found) {
      if stretches.count > first, let last = stretches.last,
        last.start + last.length == run.start, last.grade == run.grade
      {
        stretches[stretches.count - 1] = Stretch(
          start: last.start, length: last.length + 1, grade: last.grade)
      } else {
        stretches.append(Stretch(start: run.start, length: 1, grade: run.grade))
      }
    }
    stretchEnds.append(stretches.count)
  }
}

extension Phrases {
  /// The phrases after some articles changed: equal to phrases looked for afresh.
  ///
  /// - Parameters:
  ///   - old: the texts that these are of.
  ///   - sequences: the texts as they are.
  ///   - origins: beside each article now where it comes from.
  ///   - isChanged: articles whose phrases are looked for.
  ///   - newPairs: beside each pair of before its place now.
  func updated(
    from old: TermSequences, to sequences: TermSequences, origins: [ArticleOrigin],
    isChanged: [Bool], newPairs: [UInt32], vectorizer: Vectorizer, jobs: Int
  ) -> Phrases {
    let ranges = evenRanges(of: origins.count, pieces: jobs * 4)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = Phrases()
      var found: [UInt32] = []
      for article in ranges[piece] {
        guard let before = origins[article].oldNumber, !isChanged[article] else {
          part.append(article, of: sequences, vectorizer: vectorizer, found: &found)
          continue
        }
        for pair in pairs[old.termRange(ofArticle: before)] {
          part.pairs.append(pair == FeatureSpace.none ? pair : newPairs[Int(pair)])
        }
        part.stretches += stretches(of: before)
        part.stretchEnds.append(part.stretches.count)
      }
      return part
    }
    return Phrases(joining: parts, jobs: jobs)
  }

  /// The articles of `parts`, one after the other.
  init(joining parts: [Phrases], jobs: Int) {
    self.init()
    pairs = concurrentJoin(parts.map(\.pairs), jobs: jobs)
    for part in parts {
      stretchEnds += part.stretchEnds.lazy.map { [count = stretches.count] in $0 + count }
      stretches += part.stretches
    }
  }
}
