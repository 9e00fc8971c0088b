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
    addPairs(postings, features: features, articleCount: archive.count, rows: &rows, jobs: jobs)
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
            postings.articles[range].lazy.map { Int($0) }, counts: postings.counts[range],
            count: range.count, universe: articleCount, to: &bits)
          bits.take(to: &pieces.bytes)
        }
        pieces.closePiece()
      }
    }
    var term = 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts {
      var start = 0
      for end in part.ends {
        rows[term].postingsStart = bytes.count + start
        rows[term].postingsLength = end - start
        let feature = features.featureOfTerm[term]
        if feature != FeatureSpace.none {
          rows[term].documentFrequency = postings.range(of: Int(feature)).count
        }
        start = end
        term += 1
      }
      bytes += part.bytes
    }
    sections[.termPostings] = bytes
  }

  /// The articles of a pair are written as places among those of its rarer term.
  private mutating func addPairs(
    _ postings: FeaturePostings, features: FeatureSpace, articleCount: Int,
    rows: inout [TermRow], jobs: Int
  ) {
    let keys = features.levels.first?.keptKeys ?? []
    counts.pairs = keys.count
    let parts = BlobPieces.made(of: keys.count, jobs: jobs) { [rows] pairs, pieces, bits in
      var places: [Int] = []
      for pair in pairs {
        let first = Int(keys[pair] >> 32)
        let second = Int(keys[pair] & 0xFFFF_FFFF)
        let range = postings.range(of: features.levelStarts[1] + pair)
        let base = PairBase.of(rows[first], rows[second])
        places.removeAll(keepingCapacity: true)
        switch base {
        case .allArticles: places += postings.articles[range].lazy.map { Int($0) }
        case .first:
          postings.appendPlaces(of: range, within: features.featureOfTerm[first], to: &places)
        case .second:
          postings.appendPlaces(of: range, within: features.featureOfTerm[second], to: &places)
        }
        PostingsCode.write(
          places, counts: postings.counts[range], count: range.count,
          universe: base.size(rows[first], rows[second], articleCount: articleCount), to: &bits)
        bits.take(to: &pieces.bytes)
        pieces.closePiece()
      }
    }
    var pairs: [PairRow] = []
    var startsTerm: [Bool] = []
    pairs.reserveCapacity(keys.count)
    startsTerm.reserveCapacity(keys.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts {
      var start = 0
      for end in part.ends {
        let pair = pairs.count
        let first = Int(keys[pair] >> 32)
        if rows[first].pairCount == 0 { rows[first].pairStart = pair }
        startsTerm.append(rows[first].pairCount == 0)
        rows[first].pairCount += 1
        pairs.append(
          PairRow(
            second: Int(keys[pair] & 0xFFFF_FFFF),
            documentFrequency: postings.range(of: features.levelStarts[1] + pair).count,
            postingsStart: bytes.count + start, postingsLength: end - start))
        start = end
      }
      bytes += part.bytes
    }
    sections[.pairPostings] = bytes
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
}

extension FeaturePostings {
  /// Appends where the articles of `range` stand among those of a feature, which has all of them.
  ///
  /// In steps that double, then halves: near ones are found at once, far ones in few steps.
  fileprivate func appendPlaces(
    of range: Range<Int>, within feature: UInt32, to places: inout [Int]
  ) {
    let all = self.range(of: Int(feature))
    let base = articles.span.extracting(all)
    let wanted = articles.span.extracting(range)
    var low = 0
    for i in 0..<wanted.count {
      let article = wanted[i]
      var step = 1
      while low + step < base.count, base[low + step] <= article {
        low += step
        step *= 2
      }
      var high = min(low + step, base.count)
      while low + 1 < high {
        let middle = (low + high) / 2
        if base[middle] <= article { low = middle } else { high = middle }
      }
      places.append(low)
    }
  }
}
