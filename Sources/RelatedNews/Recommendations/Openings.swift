/// The openings of articles, headline and first terms of the body, as vectors of length 1.
struct Openings: Sendable {
  private let archive: Archive
  /// How many terms of the body, at most.
  private let length: Int
  /// Those made ahead, a row each, where many lists are made; none where few are looked at.
  let rows: SparseMatrix
  /// Beside each article its row in `rows`, or -1; empty where every article has its own, or none.
  private let places: [Int32]

  init(of archive: Archive, length: Int) {
    self.init(
      archive: archive, length: length, rows: SparseMatrix(rows: [], termCount: 0), places: [])
  }

  private init(archive: Archive, length: Int, rows: SparseMatrix, places: [Int32]) {
    self.archive = archive
    self.length = length
    self.rows = rows
    self.places = places
  }

  /// The same, with the openings of `articles` made ahead, of all where that is nil.
  ///
  /// - Parameter known: the opening of an article where somebody knows it.
  /// - Complexity: O(a · length), a the articles, spread over `jobs` cores.
  func computed(
    for articles: [Int]? = nil, jobs: Int, known: (@Sendable (Int) -> SparseVector?)? = nil
  ) -> Openings {
    let count = articles?.count ?? archive.count
    let ranges = evenRanges(of: count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = MatrixRows()
      var counter = FeatureCounter(vectorizer: archive.vectorizer)
      for place in ranges[piece] {
        let article = articles?[place] ?? place
        part.append(known?(article) ?? vector(of: article, counter: &counter))
      }
      return part
    }
    var places: [Int32] = []
    if let articles {
      places = [Int32](repeating: -1, count: archive.count)
      for (place, article) in articles.enumerated() { places[article] = Int32(place) }
    }
    return Openings(
      archive: archive, length: length,
      rows: SparseMatrix(
        joining: parts, termCount: archive.vectorizer.features.count, jobs: jobs),
      places: places)
  }

  /// Where in `rows` the opening of an article stands, if it was made ahead.
  func row(of article: Int) -> Range<Int>? {
    let place = places.isEmpty ? article : Int(places[article])
    guard place >= 0, place < rows.rowCount else { return nil }
    return rows.rowStarts[place]..<rows.rowStarts[place + 1]
  }

  /// The opening of an article, if it was made ahead.
  func madeVector(of article: Int) -> SparseVector? {
    row(of: article).map {
      SparseVector(termIDs: Array(rows.termIDs[$0]), weights: Array(rows.weights[$0]))
    }
  }

  func vector(of article: Int, counter: inout FeatureCounter) -> SparseVector {
    if let made = madeVector(of: article) { return made }
    let sequences = archive.analysis.sequences
    let weights = counter.termWeights(of: article, in: sequences, phrases: archive.phrases)
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
        range, of: sequences, from: start,
        termWeights: weights?[range.lowerBound - start..<range.upperBound - start])
    }
    return counter.unitVector()
  }
}
