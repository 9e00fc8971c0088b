/// Takes a pair's score apart, by the same parts that made it.
struct Explainer {
  let recommender: Recommender
  private var archive: Archive { recommender.archive }

  /// - Complexity: one list, and O(k² · m) for the terms, k neighbours of m features.
  func explanation(of target: Int, for source: QueryArticle) -> Explanation {
    let ranking = CandidateRanking(
      archive: archive, options: recommender.options.ranking, nearDuplicate: nil)
    var scratch = ranking.makeScratch()
    return explanation(of: target, for: source, ranking: ranking, scratch: &scratch)
  }

  /// - Parameters:
  ///   - placement: where the target stands, if that is known; nil finds it out.
  ///   - ranking: the one that made the list, with what it knows of neighbours.
  func explanation(
    of target: Int, for source: QueryArticle, placement: Explanation.Placement? = nil,
    ranking: CandidateRanking, scratch: inout RankingScratch
  ) -> Explanation {
    let options = recommender.options.ranking
    let parts = ranking.parts(of: [target], for: source, scratch: &scratch)[0]
    var values: [UInt32: Double] = [:]
    addCosine(of: target, source: source, share: 1 - parts.expansionShare, to: &values)
    addExpanded(
      of: target, source: source, parts: parts, ranking: ranking, scratch: &scratch, to: &values)
    for (feature, value) in scratch.passages.contributions(of: target) {
      values[feature, default: 0] += options.passageWeight * value
    }
    // Strongest first; features are in the order of their terms' bytes.
    let ranked = values.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    let contributions = ranked.prefix(Explanation.namedTerms).map { feature, value in
      let terms = archive.vectorizer.features.terms(of: Int(feature))
      return Explanation.Contribution(
        term: archive.name(ofTerms: terms), fields: fields(of: terms, in: target), value: value)
    }
    let others = ranked.dropFirst(Explanation.namedTerms)
    let relatedness = parts.total(options)
    let factor = Double(
      recommender.options.recency.factor(
        source: source.article.published, target: archive.articles[target].published))
    return Explanation(
      source: source.article, target: archive.articles[target],
      contributions: contributions,
      others: Explanation.Others(
        count: others.count, value: others.reduce(0) { $0 + $1.value }),
      hubDeduction: -options.hubPenalty * parts.hub, relatedness: relatedness,
      recencyFactor: factor, score: relatedness * factor,
      placement: placement
        ?? recommender.placement(
          of: target, for: source, support: parts.support, cosine: parts.cosine))
  }

  private func addCosine(
    of target: Int, source: QueryArticle, share: Double, to values: inout [UInt32: Double]
  ) {
    for (feature, product) in source.vector.products(with: archive.index.articles[target]) {
      values[feature, default: 0] += share * product
    }
  }

  /// The expanded similarity is a sum over the target's neighbours too: each brings its terms.
  private func addExpanded(
    of target: Int, source: QueryArticle, parts: RelatednessParts, ranking: CandidateRanking,
    scratch: inout RankingScratch, to values: inout [UInt32: Double]
  ) {
    guard parts.expansionShare > 0, parts.expanded > 0 else { return }
    let theirs = ranking.neighbors(of: target, scratch: &scratch)
    var sums: [UInt32: Double] = [:]
    for (article, weight) in [(target, 1.0)]
      + theirs.neighbors.map({ ($0.article, Double($0.score)) })
    {
      let vector = archive.index.articles[article]
      for (feature, value) in zip(vector.termIDs, vector.weights) {
        let product = weight * Double(value) * scratch.expanded.weight(of: feature)
        if product > 0 { sums[feature, default: 0] += product }
      }
    }
    let total = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    guard total > 0 else { return }
    for (feature, value) in sums {
      values[feature, default: 0] += parts.expansionShare * parts.expanded * value / total
    }
  }

  /// The fields of an article in which all of `terms` stand.
  private func fields(of terms: [Int], in article: Int) -> [ArticleField] {
    let sequences = archive.analysis.sequences
    var found: Set<ArticleField> = []
    for segment in sequences.segments(of: article) {
      let words = sequences.terms[sequences.termRange(of: segment)]
      if terms.allSatisfy({ words.contains(UInt32($0)) }) {
        found.insert(sequences.segmentFields[segment])
      }
    }
    return ArticleField.allCases.filter(found.contains)
  }
}

extension SparseVector {
  /// The products of shared features, by ascending id; they add up to the dot product.
  func products(with other: SparseVector) -> [(feature: UInt32, product: Double)] {
    var result: [(feature: UInt32, product: Double)] = []
    var i = 0
    var j = 0
    while i < count, j < other.count {
      let a = termIDs[i]
      let b = other.termIDs[j]
      if a == b { result.append((a, Double(weights[i]) * Double(other.weights[j]))) }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return result
  }
}
