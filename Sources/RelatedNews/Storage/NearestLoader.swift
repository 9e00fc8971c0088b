/// Reads who is nearest to whom in an index file.
struct NearestLoader {
  let file: IndexFile
  let jobs: Int
  private var articleCount: Int { file.counts.articles }

  /// Neighbours and candidates, with the scores that their vectors give.
  func nearest(
    of vectors: SparseMatrix, articles: [Article]
  ) throws(IndexFileError) -> (Neighborhood, CandidateLists?)? {
    let weight = CandidateLists.weight(of: articles, recency: file.counts.recency)
    let lists = try nearestLists(workspace: ExactScorer(articles: vectors)) {
      scorer, article, entries throws(IndexFileError) in
      scorer.load(article)
      for entry in entries { scorer.fetch(entry.article) }
      return try Self.scored(entries, of: article, by: scorer, weight: weight)
    }
    guard let lists else { return nil }
    let floors = try floors()
    guard KeptLists(of: lists.neighbors).floors == floors.neighbors,
      lists.candidates.map({ KeptLists(of: $0).floors == floors.candidates }) ?? true
    else { throw .inconsistent(.floors, "one that is not its list's") }
    return (
      Neighborhood(lists: lists.neighbors, norms: try norms()),
      lists.candidates.map { CandidateLists(lists: $0, recency: file.counts.recency) }
    )
  }

  /// Neighbours and candidates without their scores.
  func keptNearest() throws(IndexFileError) -> KeptNearest? {
    @Sendable func unscored(_ entries: [NearestCode.Entry]) -> [Neighbor] {
      entries.map { Neighbor(article: $0.article, score: 0) }
    }
    let lists = try nearestLists(workspace: ()) { _, _, entries throws(IndexFileError) in
      (unscored(entries.filter(\.isNeighbor)), unscored(entries.filter(\.isCandidate)))
    }
    guard let lists else { return nil }
    let floors = try floors()
    return KeptNearest(
      neighbors: KeptLists(lists: lists.neighbors, floors: floors.neighbors), norms: try norms(),
      candidates: lists.candidates.map {
        KeptNearest.Candidates(
          lists: KeptLists(lists: $0, floors: floors.candidates), recency: file.counts.recency)
      })
  }

  private typealias NearestRow = (neighbors: [Neighbor], candidates: [Neighbor])

  /// The lists of all articles as `body` makes them of their entries; nil where none are kept.
  private func nearestLists<Workspace: Sendable>(
    workspace: Workspace,
    _ body:
      @Sendable (inout Workspace, Int, [NearestCode.Entry]) throws(IndexFileError) -> NearestRow
  ) throws(IndexFileError) -> (neighbors: NeighborLists, candidates: NeighborLists?)? {
    let counts = file.counts
    guard counts.neighbors > 0 else { return nil }
    let ranges = evenRanges(of: articleCount, pieces: jobs * 4)
    let rows = try concurrentTryMap(count: ranges.count, jobs: jobs, workspace: workspace) {
      workspace, part throws(IndexFileError) in
      var rows: [NearestRow] = []
      for article in ranges[part] {
        rows.append(try body(&workspace, article, try file.nearest(of: article)))
      }
      return rows
    }.flatMap { $0 }
    return (
      NeighborLists(rows: rows.map(\.neighbors), limit: counts.neighbors),
      counts.namesCandidates
        ? NeighborLists(rows: rows.map(\.candidates), limit: counts.candidates) : nil
    )
  }

  private func norms() throws(IndexFileError) -> [Double] {
    let norms = try IndexColumns.doubles(file.section(.norms))
    guard norms.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .inconsistent(.norms, "a length that is no number")
    }
    return norms
  }

  /// Where the file does not name the candidates.
  func candidateFloors() throws(IndexFileError) -> CandidateFloors? {
    let counts = file.counts
    guard counts.candidates > 0, !counts.namesCandidates else { return nil }
    return CandidateFloors(
      limit: counts.candidates, recency: counts.recency, codes: try floors().candidates)
  }

  private func floors() throws(IndexFileError) -> (neighbors: [UInt8], candidates: [UInt8]) {
    let floors = Array(try file.section(.floors).all())
    return (Array(floors.prefix(articleCount)), Array(floors.dropFirst(articleCount)))
  }

  /// Best first.
  ///
  /// - Parameter scorer: has `article` loaded.
  private static func scored(
    _ entries: [NearestCode.Entry], of article: Int, by scorer: ExactScorer,
    weight: (Int, Int) -> Float
  ) throws(IndexFileError) -> NearestRow {
    var neighbors: [Neighbor] = []
    var candidates: [Neighbor] = []
    for entry in entries {
      // Most neighbours are candidates too: they are scored once.
      let dot = scorer.dot(entry.article)
      if entry.isNeighbor { neighbors.append(Neighbor(article: entry.article, score: dot)) }
      guard entry.isCandidate else { continue }
      let score = dot * weight(article, entry.article)
      candidates.append(Neighbor(article: entry.article, score: score))
    }
    guard (neighbors + candidates).allSatisfy({ $0.score > 0 }) else {
      throw .inconsistent(.neighbors, "one of article \(article) shares nothing with it")
    }
    return (
      neighbors.sorted { $0.precedes($1) }, candidates.sorted { $0.precedes($1) }
    )
  }
}
