/// The openings of articles, headline and first terms of the body, as vectors of length 1.
struct Openings: Sendable {
  private let archive: Archive
  /// How many terms of the body, at most.
  private let length: Int
  /// All of them, a row each, where many lists are made; nil where few are looked at.
  private let rows: SparseMatrix?

  init(of archive: Archive, length: Int) {
    self.init(archive: archive, length: length, rows: nil)
  }

  private init(archive: Archive, length: Int, rows: SparseMatrix?) {
    self.archive = archive
    self.length = length
    self.rows = rows
  }

  /// The same, with every opening made ahead.
  ///
  /// - Complexity: O(n · length), spread over `jobs` cores.
  func computed(jobs: Int) -> Openings {
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    let vectors = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var counter = FeatureCounter(vectorizer: archive.vectorizer)
      return ranges[piece].map { vector(of: $0, counter: &counter) }
    }
    return Openings(
      archive: archive, length: length,
      rows: SparseMatrix(
        rows: vectors.flatMap { $0 }, termCount: archive.vectorizer.features.count))
  }

  func vector(of article: Int, counter: inout FeatureCounter) -> SparseVector {
    if let rows { return rows[article] }
    let sequences = archive.analysis.sequences
    let weights = archive.vectorizer.termWeights(of: article, in: sequences)
    let start = sequences.termRange(ofArticle: article).lowerBound
    var left = length
    for segment in sequences.segments(of: article) {
      var range = sequences.termRange(of: segment)
      switch sequences.segmentFields[segment] {
      case .title: break
      case .keywords: continue
      case .body:
        range = range.lowerBound..<min(range.upperBound, range.lowerBound + left)
        left -= range.count
      }
      guard !range.isEmpty else { continue }
      counter.add(
        sequences.terms[range],
        termWeights: weights[range.lowerBound - start..<range.upperBound - start])
    }
    return counter.unitVector()
  }
}
