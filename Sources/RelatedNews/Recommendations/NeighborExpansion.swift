/// Second-order similarity: two articles are related if what is nearest to the one resembles what
/// is nearest to the other.
///
/// A story says in one article what it leaves out in the next. So each article is read together with
/// its nearest neighbours: a′ = a + Σ sᵢ·nᵢ over the k nearest, sᵢ their cosines, and the score is
/// a′·b′ / (|a′||b′|). It stays a dot product of term vectors, so it is explained term by term; no
/// expanded vector is ever stored. Against human ratings (lee50) Pearson's r rose from .60 to .68
/// (95 % interval of the gain +.045 to +.137); rankings on digitalgov stayed as they were.
/// Sources: Singhal & Pereira, "Document expansion for speech retrieval" (SIGIR 1999); Tao, Wang,
/// Mei, Zhai, "Language model information retrieval with document expansion" (NAACL 2006).
struct NeighborExpansion: Sendable {
  let vectors: SparseMatrix
  /// The nearest of every article by cosine alone, whatever may be listed.
  let neighbors: [[Neighbor]]
  /// |b′| of every article.
  let norms: [Double]

  /// - Complexity: O(n · k · m), m the features of an article, spread over `jobs` cores.
  init(vectors: SparseMatrix, neighbors: [[Neighbor]], jobs: Int) {
    self.vectors = vectors
    self.neighbors = neighbors
    let ranges = evenRanges(of: neighbors.count, pieces: jobs * 8)
    norms = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var scratch = ExpansionScratch(vectors: vectors)
      return ranges[piece].map { article in
        scratch.load(Self.row(article, of: vectors), neighbors: neighbors[article])
        return scratch.dotWithExpanded(article, neighbors: neighbors[article]).squareRoot()
      }
    }.flatMap { $0 }
  }

  static func row(_ row: Int, of matrix: SparseMatrix) -> SparseVector { matrix[row] }
}

/// One expanded vector laid out densely, to be multiplied with many: a class of speed, used by one
/// task at a time.
struct ExpansionScratch {
  private let vectors: SparseMatrix
  private var dense: [Double]
  private var touched: [UInt32] = []
  /// Dot products with the loaded vector that are known, valid where the stamp is current.
  private var known: [Double]
  private var stamps: [Int32]
  private var stamp: Int32 = 0

  init(vectors: SparseMatrix) {
    self.vectors = vectors
    dense = [Double](repeating: 0, count: vectors.termCount)
    known = [Double](repeating: 0, count: vectors.rowCount)
    stamps = [Int32](repeating: 0, count: vectors.rowCount)
  }

  /// Makes a′ the loaded vector.
  mutating func load(_ vector: SparseVector, neighbors: [Neighbor]) {
    for feature in touched { dense[Int(feature)] = 0 }
    touched.removeAll(keepingCapacity: true)
    stamp += 1
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      dense[Int(feature)] += Double(weight)
    }
    touched += vector.termIDs
    for neighbor in neighbors {
      let range = vectors.rowStarts[neighbor.article]..<vectors.rowStarts[neighbor.article + 1]
      for i in range {
        dense[Int(vectors.termIDs[i])] += Double(neighbor.score) * Double(vectors.weights[i])
      }
      touched += vectors.termIDs[range]
    }
  }

  /// a′·b, summed by ascending feature.
  mutating func dot(_ article: Int) -> Double {
    if stamps[article] == stamp { return known[article] }
    var sum = 0.0
    for i in vectors.rowStarts[article]..<vectors.rowStarts[article + 1] {
      sum += dense[Int(vectors.termIDs[i])] * Double(vectors.weights[i])
    }
    stamps[article] = stamp
    known[article] = sum
    return sum
  }

  /// a′·b′.
  mutating func dotWithExpanded(_ article: Int, neighbors: [Neighbor]) -> Double {
    var sum = dot(article)
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum
  }

  /// |a′| of a vector that is not in the archive.
  func norm(of vector: SparseVector, neighbors: [Neighbor], dots: [Double]) -> Double {
    var sum = 0.0
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      sum += dense[Int(feature)] * Double(weight)
    }
    for (neighbor, dot) in zip(neighbors, dots) { sum += Double(neighbor.score) * dot }
    return sum.squareRoot()
  }
}
