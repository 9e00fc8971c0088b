extension IndexImage {
  mutating func addPostings(of archive: Archive, to rows: inout [TermRow], jobs: Int) {
    let vectorizer = archive.vectorizer
    let postings =
      archive.counted
      ?? FeaturePostings(of: archive.analysis.sequences, vectorizer: vectorizer, jobs: jobs)
    var scales: [UInt8] = []
    scales.reserveCapacity(postings.scales.count * 8)
    for scale in postings.scales { scales.append64(scale.bitPattern) }
    sections[.scales] = scales
    let features = vectorizer.features
    addTermPostings(
      postings, features: features, articleCount: archive.count, rows: &rows, jobs: jobs)
    addPairs(postings, of: archive, rows: &rows, jobs: jobs)
  }

  private mutating func addTermPostings(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int,
    rows: inout [TermRow], jobs: Int
  ) {
    let parts = BlobPieces.made(of: rows.count, jobs: jobs) { terms, pieces, bits in
      for term in terms {
        let feature = features.featureOfTerm[term]
        if feature != FeatureSpace.none {
          let range = postings.range(of: Int(feature))
          PostingsCode.write(
            postings.articles.span.extracting(range),
            counts: postings.counts.span.extracting(range), universe: articleCount, to: &bits)
          bits.take(to: &pieces.bytes)
        }
        pieces.closePiece()
      }
    }
    let (bytes, ranges) = BlobPieces.joined(parts)
    for term in rows.indices {
      let feature = features.featureOfTerm[term]
      if feature != FeatureSpace.none {
        rows[term].documentFrequency = postings.range(of: Int(feature)).count
        rows[term].settledFrequency = Self.settledFrequency(
          of: Int(feature), in: features, atMost: rows[term].documentFrequency)
      }
    }
    sections[.termPostings] = bytes
    sections[.termRanges] = Self.encoded(ranges, length: bytes.count, jobs: jobs)
  }

  /// An archive from a file that contradicts itself may say that more settled articles have a feature
  /// than have it at all.
  private static func settledFrequency(
    of feature: Int, in features: FeatureSpace, atMost limit: Int
  ) -> Int { max(0, min(features.settledFrequencies[feature], limit)) }

  /// The articles of a pair are written as places among those of its rarer term.
  private mutating func addPairs(
    _ postings: FeaturePostings, of archive: Archive, rows: inout [TermRow], jobs: Int
  ) {
    let features = archive.vectorizer.features
    let keys = features.levels.first?.keptKeys ?? []
    counts.pairs = keys.count
    let places = PairPlaces(
      of: postings, features: features, vectors: archive.index.articles, rows: rows, jobs: jobs)
    let parts = BlobPieces.made(of: keys.count, jobs: jobs) { [rows] pairs, pieces, bits in
      for pair in pairs {
        let (first, second) = (rows[Int(keys[pair] >> 32)], rows[Int(keys[pair] & 0xFFFF_FFFF)])
        let range = postings.range(of: features.levelStarts[1] + pair)
        PostingsCode.write(
          places.all.span.extracting(places.range(of: range)),
          counts: postings.counts.span.extracting(range),
          universe: PairBase.of(first, second).size(first, second, articleCount: archive.count),
          to: &bits)
        bits.take(to: &pieces.bytes)
        pieces.closePiece()
      }
    }
    var pairs: [PairRow] = []
    var startsTerm: [Bool] = []
    pairs.reserveCapacity(keys.count)
    startsTerm.reserveCapacity(keys.count)
    let (bytes, ranges) = BlobPieces.joined(parts)
    for pair in keys.indices {
      let first = Int(keys[pair] >> 32)
      if rows[first].pairCount == 0 { rows[first].pairStart = pair }
      startsTerm.append(rows[first].pairCount == 0)
      rows[first].pairCount += 1
      let documentFrequency = postings.range(of: features.levelStarts[1] + pair).count
      pairs.append(
        PairRow(
          second: Int(keys[pair] & 0xFFFF_FFFF),
          documentFrequency: documentFrequency,
          settledFrequency: Self.settledFrequency(
            of: features.levelStarts[1] + pair, in: features, atMost: documentFrequency)))
    }
    sections[.pairPostings] = bytes
    sections[.pairRanges] = Self.encoded(ranges, length: bytes.count, jobs: jobs)
    // Terms without pairs: their place is where the next pair starts.
    var next = keys.count
    for term in rows.indices.reversed() {
      if rows[term].pairCount == 0 {
        rows[term].pairStart = next
      } else {
        next = rows[term].pairStart
      }
    }
    let termCount = rows.count
    let fewest = settings.fewestOfPair
    sections[.pairInfo] = Self.groups(pairs.count, size: PairRow.group, jobs: jobs) {
      [pairs, startsTerm] range, bits in
      PairRow.write(
        pairs[range], startsTerm: startsTerm[range], termCount: termCount, fewest: fewest,
        to: &bits)
    }
  }

  private static func encoded(_ ranges: [Range<Int>], length: Int, jobs: Int) -> [UInt8] {
    groups(ranges.count, size: PostingsRanges.group, jobs: jobs) { part, bits in
      PostingsRanges.write(ranges[part], length: length, to: &bits)
    }
  }
}
