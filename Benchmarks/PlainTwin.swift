import RelatedNews

/// The slow way to a list, for the check of a sample: every pair, then a full sort.
enum PlainTwin {
  static func nearest(to query: Int, among vectors: SparseMatrix, limit: Int) -> [Neighbor] {
    let row = vectors[query]
    var all: [Neighbor] = []
    for article in 0..<vectors.rowCount where article != query {
      let score = row.dot(vectors[article])
      if score > 0 { all.append(Neighbor(article: article, score: score)) }
    }
    return Array(all.sorted { $0.precedes($1) }.prefix(limit))
  }

  /// How many of `count` lists, spread over the archive, differ from the plain way's.
  static func differences(
    _ lists: NeighborLists, among vectors: SparseMatrix, count: Int, jobs: Int
  ) -> Int {
    guard count > 0, vectors.rowCount > 0 else { return 0 }
    let rows = stride(from: 0, to: vectors.rowCount, by: max(1, vectors.rowCount / count)).map {
      $0
    }
    return concurrentMap(count: rows.count, jobs: jobs) { place in
      nearest(to: rows[place], among: vectors, limit: lists.limit) == lists[rows[place]] ? 0 : 1
    }.reduce(0, +)
  }
}
