/// Makes lists of candidates: scores them exactly.
struct CandidateScorer {
  private let minScore: Float
  private let pairWeight: BlockMeeting.PairWeight?
  private var scorer: ExactScorer

  init(articles: SparseMatrix, minScore: Float, pairWeight: BlockMeeting.PairWeight?) {
    self.minScore = minScore
    self.pairWeight = pairWeight
    scorer = ExactScorer(articles: articles)
  }

  /// The list of the article `source` from the candidates of its row.
  mutating func best(of row: Int, in lists: borrowing BlockCandidates, source: Int) -> [Neighbor] {
    var best = BestNeighbors(limit: lists.limit, minScore: minScore)
    scorer.load(source)
    let candidates = lists.candidates(of: row)
    for article in candidates { scorer.fetch(Int(article)) }
    for article in candidates {
      let target = Int(article)
      let dot = scorer.dot(target)
      guard best.mayTake(dot) else { continue }
      best.insert(Neighbor(article: target, score: dot * (pairWeight?(source, target) ?? 1)))
    }
    return best.list
  }
}
