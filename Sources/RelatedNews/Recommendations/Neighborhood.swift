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
package struct Neighborhood: Sendable, Hashable {
  /// The nearest of each article by cosine alone, whatever may be listed.
  package let lists: NeighborLists
  /// |a′| of each article.
  package let norms: [Double]

  /// - Precondition: as many norms as lists.
  package init(lists: NeighborLists, norms: [Double]) {
    precondition(lists.rowCount == norms.count)
    self.lists = lists
    self.norms = norms
  }

  /// - Complexity: one rebuild at `limit`, then O(n · k · m), m the features of an article.
  package init(of archive: Archive, limit: Int, jobs: Int) {
    self.init(archive.index.nearestOfAll(limit: limit, jobs: jobs), of: archive, jobs: jobs)
  }

  /// - Parameter lists: the nearest of each article of `archive`.
  private init(_ lists: NeighborLists, of archive: Archive, jobs: Int) {
    let all = Array(0..<archive.count)
    self.init(lists: lists, norms: Self.norms(of: all, in: archive, lists: lists, jobs: jobs))
  }

  /// A neighbourhood and the lists of another search, found together in one pass.
  ///
  /// - Complexity: little more than one rebuild.
  static func neighborhood(
    of archive: Archive, limit: Int, beside other: ListSearch, jobs: Int
  ) -> (neighborhood: Neighborhood, lists: NeighborLists) {
    let found = archive.index.nearestOfAll(
      by: ListSearch(limit: limit), beside: other, jobs: jobs)
    return (Neighborhood(found.first, of: archive, jobs: jobs), found.second)
  }

  /// How many neighbours speak for an article.
  package var limit: Int { lists.limit }

  /// |a′| of each of `articles`.
  static func norms(
    of articles: [Int], in archive: Archive, lists: NeighborLists, jobs: Int
  ) -> [Double] {
    let vectors = archive.index.articles
    let ranges = evenRanges(of: articles.count, pieces: jobs * 8)
    return concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var expanded = ExpandedVector(vectors: vectors)
      return ranges[piece].map { position in
        let article = articles[position]
        return expanded.norm(of: vectors[article], neighbors: lists[article])
      }
    }.flatMap { $0 }
  }
}
