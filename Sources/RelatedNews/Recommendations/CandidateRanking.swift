/// A candidate after the second look.
struct ScoredCandidate: Sendable, Hashable {
  let article: Int
  /// Relatedness times the pair's factor.
  let score: Float
  /// The text's part of the score, 0 to 1.
  let relatedness: Float
}

/// The second look: mixes the cosine with the second-order similarity and orders the candidates.
struct CandidateRanking: Sendable {
  let archive: Archive
  let options: RankingOptions
  /// Nil where neighbours are looked up as they are needed, for a single list.
  private let expansion: NeighborExpansion?

  /// For single lists: neighbours are looked up when needed.
  init(archive: Archive, options: RankingOptions) {
    self.archive = archive
    self.options = options
    expansion = nil
  }

  /// For many lists: the neighbours of every article are found at once.
  init(archive: Archive, options: RankingOptions, jobs: Int) {
    self.archive = archive
    self.options = options
    guard options.expansionShare > 0, options.expansionNeighbors > 0 else {
      expansion = nil
      return
    }
    let lists = archive.index.nearestOfAll(limit: options.expansionNeighbors, jobs: jobs)
    expansion = NeighborExpansion(
      vectors: archive.index.articles,
      neighbors: (0..<archive.count).map { Array(lists[$0]) }, jobs: jobs)
  }

  func makeScratch() -> RankingScratch { RankingScratch(vectors: archive.index.articles) }

  /// The candidates by score, equal scores by article number.
  func scores(
    of candidates: [Neighbor], for source: Recommender.Source, scratch: inout RankingScratch,
    factor: (Int) -> Float
  ) -> [ScoredCandidate] {
    let relatedness = relatedness(
      of: candidates.map(\.article), to: source, scratch: &scratch)
    return zip(candidates, relatedness).map { candidate, relatedness in
      ScoredCandidate(
        article: candidate.article, score: relatedness * factor(candidate.article),
        relatedness: relatedness)
    }.sorted { $0.score == $1.score ? $0.article < $1.article : $0.score > $1.score }
  }

  /// The text score of each of `articles` with the source, 0 to 1.
  func relatedness(
    of articles: [Int], to source: Recommender.Source, scratch: inout RankingScratch
  ) -> [Float] {
    let vectors = archive.index.articles
    let cosines = articles.map { source.vector.dot(vectors[$0]) }
    guard options.expansionShare > 0, options.expansionNeighbors > 0 else { return cosines }
    let own = neighbors(of: source, scratch: &scratch)
    scratch.expanded.load(source.vector, neighbors: own)
    let dots = own.map { scratch.expanded.dot($0.article) }
    let norm = scratch.expanded.norm(of: source.vector, neighbors: own, dots: dots)
    let share = options.expansionShare
    return zip(articles, cosines).map { article, cosine in
      let (theirs, theirNorm) = neighbors(of: article, scratch: &scratch)
      let dot = scratch.expanded.dotWithExpanded(article, neighbors: theirs)
      let second = norm > 0 && theirNorm > 0 ? min(1, dot / (norm * theirNorm)) : 0
      return Float((1 - share) * Double(cosine) + share * second)
    }
  }

  private func neighbors(
    of source: Recommender.Source, scratch: inout RankingScratch
  ) -> [Neighbor] {
    if let number = source.number, let expansion { return expansion.neighbors[number] }
    return archive.index.nearest(to: source.vector, limit: options.expansionNeighbors) {
      $0 == source.number ? 0 : 1
    }
  }

  private func neighbors(
    of article: Int, scratch: inout RankingScratch
  ) -> ([Neighbor], norm: Double) {
    if let expansion { return (expansion.neighbors[article], expansion.norms[article]) }
    return scratch.neighbors(of: article) { article in
      archive.index.nearest(
        to: archive.index.articles[article], limit: options.expansionNeighbors
      ) { $0 == article ? 0 : 1 }
    }
  }
}

/// Working memory of one task; holds nothing that outlives a list but allocations and, for single
/// lists, the neighbours already looked up.
struct RankingScratch {
  var expanded: ExpansionScratch
  private var side: ExpansionScratch?
  private var known: [Int: ([Neighbor], norm: Double)] = [:]
  private let vectors: SparseMatrix

  init(vectors: SparseMatrix) {
    self.vectors = vectors
    expanded = ExpansionScratch(vectors: vectors)
  }

  mutating func neighbors(
    of article: Int, find: (Int) -> [Neighbor]
  ) -> ([Neighbor], norm: Double) {
    if let known = known[article] { return known }
    let neighbors = find(article)
    var side = side ?? ExpansionScratch(vectors: vectors)
    side.load(vectors[article], neighbors: neighbors)
    let norm = side.dotWithExpanded(article, neighbors: neighbors).squareRoot()
    self.side = side
    known[article] = (neighbors, norm)
    return (neighbors, norm)
  }
}
