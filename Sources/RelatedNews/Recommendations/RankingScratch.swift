/// Working memory of one task: holds nothing that outlives a list but allocations and, for single
/// lists, the neighbours already looked up.
struct RankingScratch {
  var expanded: ExpandedVector
  var passages: PassageMatcher
  private var side: ExpandedVector?
  private var known: [Int: ArticleNeighbors] = [:]
  private let archive: Archive
  private let neighborLimit: Int
  private let neighborhood: Neighborhood?
  private let duplicates: NearDuplicates?

  init(
    archive: Archive, openings: Openings, options: RankingOptions, neighborhood: Neighborhood?,
    duplicates: NearDuplicates?
  ) {
    self.neighborhood = neighborhood
    self.duplicates = duplicates
    self.archive = archive
    neighborLimit = options.neighbors
    expanded = ExpandedVector(vectors: archive.index.articles)
    passages = PassageMatcher(
      archive: archive, openings: openings, passageCount: options.passages)
  }

  mutating func neighbors(of article: Int) -> ArticleNeighbors {
    if let known = known[article] { return known }
    let (neighbors, norm) = nearest(to: article)
    let result = ArticleNeighbors(
      neighbors: neighbors, norm: norm,
      versions: duplicates?.versions(of: article, among: neighbors) ?? [])
    known[article] = result
    return result
  }

  private mutating func nearest(to article: Int) -> ([Neighbor], norm: Double) {
    if let neighborhood { return (neighborhood.lists[article], neighborhood.norms[article]) }
    let vector = archive.index.articles[article]
    let neighbors = archive.index.nearest(to: vector, limit: neighborLimit) {
      $0 == article ? 0 : 1
    }
    var side = side ?? ExpandedVector(vectors: archive.index.articles)
    let norm = side.norm(of: vector, neighbors: neighbors)
    self.side = side
    return (neighbors, norm)
  }
}
