/// Maximal marginal relevance: each entry is chosen for its own score less what it repeats of the
/// entries above it.
///
/// Source: Carbonell & Goldstein, "The use of MMR" (SIGIR 1998); `diversity` is their 1 − λ.
struct MarginalRelevance: Sendable {
  let vectors: SparseMatrix
  /// 0 to 1.
  let diversity: Double

  /// - Complexity: O(limit · c · m), c the groups, m features of an article.
  func chosen(from groups: [VersionGroups.Group], limit: Int) -> [VersionGroups.Group] {
    var rest = groups
    var repeated = [Float](repeating: 0, count: groups.count)
    var result: [VersionGroups.Group] = []
    while result.count < limit, !rest.isEmpty {
      let gains = rest.indices.map {
        (1 - diversity) * Double(rest[$0].best.score) - diversity * Double(repeated[$0])
      }
      // The first of equal gains, so that ties keep the list's order.
      let next = gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }
      let group = rest.remove(at: next)
      repeated.remove(at: next)
      result.append(group)
      let vector = vectors[group.best.article]
      for i in rest.indices {
        repeated[i] = max(repeated[i], vector.dot(vectors[rest[i].best.article]))
      }
    }
    return result
  }
}
