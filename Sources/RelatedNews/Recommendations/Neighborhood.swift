/// The nearest articles of one article, and the length of its expanded vector.
struct ArticleNeighbors: Sendable {
  /// By cosine alone, whatever may be listed.
  let neighbors: [Neighbor]
  /// |b′|.
  let norm: Double
  /// Those of the neighbours that are versions of the same text.
  let versions: [Int]

  /// The mean cosine with the first `limit`, missing ones counting 0.
  func meanScore(of limit: Int) -> Double {
    limit == 0 ? 0 : neighbors.reduce(0) { $0 + Double($1.score) } / Double(limit)
  }
}

/// Second-order similarity: two articles are related if what is nearest to the one resembles what
/// is nearest to the other.
///
/// A story says in one article what it leaves out in the next. So each article is read together with
/// its nearest neighbours: a′ = a + Σ sᵢ·nᵢ over the k nearest, sᵢ their cosines, and the
/// similarity is a′·b′ / (|a′||b′|). It stays a dot product of term vectors, so it is explained term
/// by term; no expanded vector is ever stored.
/// Sources: Singhal & Pereira, "Document expansion for speech retrieval" (SIGIR 1999); Tao, Wang,
/// Mei, Zhai, "Language model information retrieval with document expansion" (NAACL 2006).
struct Neighborhood: Sendable {
  private let lists: NeighborLists
  private let norms: [Double]
  private let versions: [Int: [Int]]

  /// - Complexity: one rebuild at `limit`, then O(n · k · m), m the features of an article.
  init(of archive: Archive, limit: Int, duplicates: NearDuplicates?, jobs: Int) {
    let vectors = archive.index.articles
    let lists = archive.index.nearestOfAll(limit: limit, jobs: jobs)
    let ranges = evenRanges(of: archive.count, pieces: jobs * 8)
    self.lists = lists
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var expanded = ExpandedVector(vectors: vectors)
      return ranges[piece].map { article in
        let neighbors = Array(lists[article])
        expanded.load(vectors[article], neighbors: neighbors)
        let norm = expanded.loadedNorm(vectors[article], neighbors: neighbors)
        return (norm, duplicates?.versions(of: article, among: neighbors) ?? [])
      }
    }
    norms = parts.flatMap { $0.map(\.0) }
    var versions: [Int: [Int]] = [:]
    for (article, found) in parts.joined().map(\.1).enumerated() where !found.isEmpty {
      versions[article] = found
    }
    self.versions = versions
  }

  subscript(article: Int) -> ArticleNeighbors {
    ArticleNeighbors(
      neighbors: neighbors(of: article), norm: norms[article], versions: versions[article] ?? [])
  }

  func neighbors(of article: Int) -> [Neighbor] { Array(lists[article]) }

  /// Articles that are versions of one text, also by way of a third: ascending, by their first.
  func versionGroups() -> [[Int]] {
    var group = Array(norms.indices)
    for (article, others) in versions.sorted(by: { $0.key < $1.key }) {
      for other in others {
        let (a, b) = (Self.root(of: article, in: &group), Self.root(of: other, in: &group))
        group[max(a, b)] = min(a, b)
      }
    }
    var members: [[Int]] = Array(repeating: [], count: group.count)
    for article in group.indices { members[Self.root(of: article, in: &group)].append(article) }
    return members.filter { $0.count > 1 }
  }

  private static func root(of article: Int, in group: inout [Int]) -> Int {
    var article = article
    while group[article] != article {
      group[article] = group[group[article]]
      article = group[article]
    }
    return article
  }
}

/// One expanded vector laid out densely, to be multiplied with many others; used by one task.
struct ExpandedVector {
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

  /// |a′|, of the vector and neighbours that are loaded.
  mutating func loadedNorm(_ vector: SparseVector, neighbors: [Neighbor]) -> Double {
    var sum = 0.0
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      sum += dense[Int(feature)] * Double(weight)
    }
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum.squareRoot()
  }

  /// a′·b′.
  mutating func dotWithExpanded(_ article: Int, neighbors: [Neighbor]) -> Double {
    var sum = dot(article)
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum
  }

  /// The loaded vector's weight of a feature.
  func weight(of feature: UInt32) -> Double { dense[Int(feature)] }

  /// a′·b, summed by ascending feature.
  private mutating func dot(_ article: Int) -> Double {
    if stamps[article] == stamp { return known[article] }
    var sum = 0.0
    for i in vectors.rowStarts[article]..<vectors.rowStarts[article + 1] {
      sum += dense[Int(vectors.termIDs[i])] * Double(vectors.weights[i])
    }
    stamps[article] = stamp
    known[article] = sum
    return sum
  }
}
