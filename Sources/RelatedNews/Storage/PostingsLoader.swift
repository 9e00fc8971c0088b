/// Reads all postings of an index file: the vectors of all articles, by feature.
struct PostingsLoader: Sendable {
  let file: IndexFile
  let lexicon: LoadedLexicon
  let jobs: Int

  /// - Precondition: the file has postings.
  /// - Complexity: O(p), p the postings.
  func postings(scales: [Double]) throws(IndexFileError) -> FeaturePostings {
    /// Beside each term where the postings of its feature start; the last one is their number.
    var termStarts = [0]
    termStarts.reserveCapacity(lexicon.terms.count + 1)
    var starts = [0]
    starts.reserveCapacity(lexicon.terms.count + lexicon.pairs.count + 1)
    for row in lexicon.terms {
      let end = termStarts[termStarts.count - 1] + row.documentFrequency
      termStarts.append(end)
      if row.documentFrequency > 0 { starts.append(end) }
    }
    let terms = try termLists()
    let articles = concurrentJoin(terms.map(\.articles), jobs: jobs)
    let pairs = try pairLists(of: articles, termStarts: termStarts)
    for row in lexicon.pairs { starts.append(starts[starts.count - 1] + row.documentFrequency) }
    return FeaturePostings(
      starts: starts, articles: concurrentJoin((terms + pairs).map(\.articles), jobs: jobs),
      counts: concurrentJoin((terms + pairs).map(\.counts), jobs: jobs), scales: scales)
  }

  private func termLists() throws(IndexFileError) -> [Lists] {
    let ranges = try postingsRanges(.termRanges, in: .termPostings, count: lexicon.terms.count)
    return try lists { range, lists throws(IndexFileError) in
      let bytes = try file.section(.termPostings).all()
      lists.reserve(
        range.reduce(0) {
          $0 + min(lexicon.terms[$1].documentFrequency, ranges[$1].count * 4)
        })
      for term in range where lexicon.terms[term].documentFrequency > 0 {
        let isWhole = PostingsCode.read(
          UnsafeRawBufferPointer(rebasing: bytes[ranges[term]]),
          count: lexicon.terms[term].documentFrequency, universe: file.counts.articles
        ) { lists.append(Int32(truncatingIfNeeded: $0), $1) }
        guard isWhole else { throw .inconsistent(.termPostings, "those of a term are broken") }
      }
    }
  }

  /// - Parameters:
  ///   - articles: the postings of the terms.
  ///   - termStarts: where in them those of each term start.
  private func pairLists(
    of articles: [Int32], termStarts: [Int]
  ) throws(IndexFileError) -> [Lists] {
    let ranges = try postingsRanges(.pairRanges, in: .pairPostings, count: lexicon.pairs.count)
    return try lists { range, lists throws(IndexFileError) in
      let bytes = try file.section(.pairPostings).all()
      if let last = range.last {
        let end = lexicon.terms[last].pairStart + lexicon.terms[last].pairCount
        lists.reserve(
          (lexicon.terms[range.lowerBound].pairStart..<end).reduce(0) {
            $0 + min(lexicon.pairs[$1].documentFrequency, ranges[$1].count * 4)
          })
      }
      for first in range {
        let firstRow = lexicon.terms[first]
        for pair in firstRow.pairStart..<firstRow.pairStart + firstRow.pairCount {
          let row = lexicon.pairs[pair]
          let secondRow = lexicon.terms[row.second]
          let base = PairBase.of(firstRow, secondRow)
          let start = termStarts[base == .first ? first : row.second]
          let isWhole = PostingsCode.read(
            UnsafeRawBufferPointer(rebasing: bytes[ranges[pair]]), count: row.documentFrequency,
            universe: base.size(firstRow, secondRow, articleCount: file.counts.articles)
          ) { place, count in
            lists.append(
              base == .allArticles
                ? Int32(truncatingIfNeeded: place) : articles[start + place], count)
          }
          guard isWhole else { throw .inconsistent(.pairPostings, "those of a pair are broken") }
        }
      }
    }
  }

  /// The postings of some features.
  private struct Lists: Sendable {
    private(set) var articles: [Int32] = []
    private(set) var counts: [Float] = []

    /// - Parameter count: each posting takes two bits at least, so no more than there can be.
    mutating func reserve(_ count: Int) {
      articles.reserveCapacity(count)
      counts.reserveCapacity(count)
    }

    @inline(__always)
    mutating func append(_ article: Int32, _ count: Float) {
      articles.append(article)
      counts.append(count)
    }
  }

  /// Calls `body` with ranges of all terms.
  private func lists(
    _ body: @Sendable (Range<Int>, inout Lists) throws(IndexFileError) -> Void
  ) throws(IndexFileError) -> [Lists] {
    let ranges = evenRanges(of: lexicon.terms.count, pieces: jobs * 8)
    return try concurrentTryMap(count: ranges.count, jobs: jobs) { part throws(IndexFileError) in
      var lists = Lists()
      try body(ranges[part], &lists)
      return lists
    }
  }

  /// Where the postings of each list are: checked to follow each other without a gap.
  private func postingsRanges(
    _ section: IndexSection, in postings: IndexSection, count: Int
  ) throws(IndexFileError) -> [Range<Int>] {
    let length = file.section(postings).count
    let parts = try file.parts(
      section, of: count, size: PostingsRanges.group, jobs: jobs, from: [Range<Int>]()
    ) { ranges, piece, lists throws(IndexFileError) in
      try PostingsRanges.append(
        piece, count: lists.count, length: length, of: section, to: &ranges)
    }
    let ranges = parts.flatMap { $0 }
    var end = 0
    for (list, range) in ranges.enumerated() {
      guard range.lowerBound == end else {
        throw .inconsistent(section, "list \(list) does not start where the last one ends")
      }
      end = range.upperBound
    }
    guard end == length else { throw .inconsistent(section, "postings of no list") }
    return ranges
  }
}
