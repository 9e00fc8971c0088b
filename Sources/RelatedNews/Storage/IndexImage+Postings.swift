extension IndexImage {
  mutating func addPostings(of archive: Archive, to rows: inout [TermRow], jobs: Int) {
    let counted = ArticleCounts(of: archive, jobs: jobs)
    var scales: [UInt8] = []
    for scale in counted.scales { scales.append64(scale.bitPattern) }
    sections[.scales] = scales
    let features = archive.vectorizer.features
    let postings = counted.postings(featureCount: features.count)
    sections[.termPostings] = Self.termPostings(
      postings, features: features, articleCount: archive.count, rows: &rows)
    addPairs(postings, features: features, articleCount: archive.count, rows: &rows)
  }

  private static func termPostings(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int, rows: inout [TermRow]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits = BitWriter()
    for term in rows.indices {
      rows[term].postingsStart = bytes.count
      let feature = features.featureOfTerm[term]
      guard feature != FeatureSpace.none else { continue }
      let range = postings.range(of: Int(feature))
      PostingsCode.write(
        postings.articles[range], counts: postings.counts[range], count: range.count,
        universe: articleCount, to: &bits)
      let list = bits.take()
      rows[term].documentFrequency = range.count
      rows[term].postingsLength = list.count
      bytes += list
    }
    return bytes
  }

  /// The articles of a pair are written as places among those of its rarer term.
  private mutating func addPairs(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int, rows: inout [TermRow]
  ) {
    let keys = features.levels.first?.keptKeys ?? []
    counts.pairs = keys.count
    var pairs: [PairRow] = []
    var startsTerm: [Bool] = []
    var bytes: [UInt8] = []
    var bits = BitWriter()
    for (pair, key) in keys.enumerated() {
      let first = Int(key >> 32)
      let second = Int(key & 0xFFFF_FFFF)
      if rows[first].pairCount == 0 { rows[first].pairStart = pair }
      startsTerm.append(rows[first].pairCount == 0)
      rows[first].pairCount += 1
      let range = postings.range(of: features.levelStarts[1] + pair)
      let base = PairBase.of(rows[first], rows[second])
      let places =
        switch base {
        case .allArticles: Array(postings.articles[range])
        case .first: Self.places(of: range, within: first, postings, features)
        case .second: Self.places(of: range, within: second, postings, features)
        }
      let universe = base.size(rows[first], rows[second], articleCount: articleCount)
      PostingsCode.write(
        places, counts: postings.counts[range], count: range.count, universe: universe, to: &bits)
      let list = bits.take()
      pairs.append(
        PairRow(
          second: second, documentFrequency: range.count, postingsStart: bytes.count,
          postingsLength: list.count))
      bytes += list
    }
    // Terms without pairs: their place is where the next pair starts.
    var next = keys.count
    for term in rows.indices.reversed() {
      if rows[term].pairCount == 0 {
        rows[term].pairStart = next
      } else {
        next = rows[term].pairStart
      }
    }
    sections[.pairPostings] = bytes
    let termCount = rows.count
    let fewest = settings.fewestOfPair
    sections[.pairInfo] = Self.groups(pairs.count, size: PairRow.group, bits: &bits) {
      range, bits in
      PairRow.encoded(
        pairs[range], startsTerm: startsTerm[range], termCount: termCount, fewest: fewest,
        to: &bits)
    }
  }

  /// Where the articles of `range` stand among those of a term.
  private static func places(
    of range: Range<Int>, within term: Int, _ postings: FeaturePostings, _ features: FeatureSpace
  ) -> [Int] {
    let base = postings.range(of: Int(features.featureOfTerm[term]))
    var place = base.lowerBound
    return postings.articles[range].map { article in
      while place < base.upperBound, postings.articles[place] < article { place += 1 }
      return place - base.lowerBound
    }
  }
}
