/// Makes lists of candidates: scores them exactly.
struct CandidateScorer {
  private var scorer: ExactScorer

  init(articles: SparseMatrix) {
    scorer = ExactScorer(articles: articles)
  }

  /// The list of the article `source` from its candidates.
  mutating func best(
    of source: Int, among candidates: UnsafeBufferPointer<Int32>, by search: ListSearch
  ) -> [Neighbor] {
    var best = BestNeighbors(limit: search.limit, minScore: search.minScore)
    scorer.load(source)
    for article in candidates { scorer.fetch(Int(article)) }
    for article in candidates {
      let target = Int(article)
      let dot = scorer.dot(target)
      guard best.mayTake(dot) else { continue }
      best.insert(Neighbor(article: target, score: dot * search.weight(source, target)))
    }
    return best.list
  }
}
