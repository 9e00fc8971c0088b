import Foundation

/// Makes recommendation lists: exact candidates by cosine, a second look at the best of them, then
/// what an editor would do: leave out, fold copies, cut at the floor.
///
///     let archive = Archive.build(articles, jobs: 4)
///     let recommender = Recommender(archive: archive, jobs: 4)
///     let list = recommender.list(for: newArticle)
///
/// A value, frozen and `Sendable`: any number of tasks may ask one at a time.
public struct Recommender: Sendable {
  public let archive: Archive
  public let options: RecommendationOptions
  /// The support (cosine without the strongest shared term) below which a pair is likely chance; 0
  /// where `options` name a minimum score instead.
  public let floor: Float
  let now: Date
  let isListable: [Bool]

  /// - Complexity: O(n) and, without a minimum score in `options`, the floor's sample.
  public init(
    archive: Archive, options: RecommendationOptions = RecommendationOptions(), jobs: Int = 1
  ) {
    self.archive = archive
    self.options = options
    let now = options.now ?? Date()
    self.now = now
    isListable = zip(archive.articles, archive.analysis.languages).map { article, language in
      options.eligibility.refusal(of: article, language: language, now: now) == nil
    }
    floor = options.minimumScore == nil ? archive.floor ?? archive.calibratedFloor(jobs: jobs) : 0
  }

  private init(_ recommender: Recommender, archive: Archive) {
    self.archive = archive
    options = recommender.options
    now = recommender.now
    isListable = recommender.isListable
    floor = recommender.floor
  }

  /// The same of the same articles, with more known of them.
  func with(_ archive: Archive) -> Recommender { Recommender(self, archive: archive) }

  // MARK: The jobs

  /// Related stories for one article, which need not be in the archive.
  ///
  /// An article of the same id in the archive is not listed.
  /// - Complexity: O(postings of its terms), then O(candidates · features).
  public func list(for article: Article) -> RecommendationList {
    list(for: source(article))
  }

  /// The lists of every article of the archive, in input order. The same at any number of `jobs`.
  public func lists(jobs: Int = 1) -> [RecommendationList] {
    lists(of: archive.inputOrder, jobs: jobs)
  }

  /// The lists of some articles of the archive, given by number.
  public func lists(of numbers: [Int], jobs: Int = 1) -> [RecommendationList] {
    Rebuild(of: numbers, by: self, jobs: jobs).lists(at: numbers.indices, jobs: jobs)
  }

  /// How related two articles of the archive are by their text alone: the mean of both directions.
  public func relatedness(_ first: Int, _ second: Int) -> Double {
    let ranking = CandidateRanking(
      archive: archive, options: options.ranking, nearDuplicate: nil)
    var scratch = ranking.makeScratch()
    let forward = ranking.parts(of: [second], for: source(number: first), scratch: &scratch)
    let backward = ranking.parts(of: [first], for: source(number: second), scratch: &scratch)
    return (forward[0].total(options.ranking) + backward[0].total(options.ranking)) / 2
  }

  /// Why one article of the archive is on the list of another, term by term, or why it is not.
  public func explanation(of target: Int, for source: Int) -> Explanation {
    Explainer(recommender: self).explanation(of: target, for: self.source(number: source))
  }

  /// Why an article of the archive is on the list of an article that need not be in it.
  public func explanation(of target: Int, for article: Article) -> Explanation {
    Explainer(recommender: self).explanation(of: target, for: source(article))
  }

  // MARK: Stages

  func source(_ article: Article) -> QueryArticle {
    let sequences = Analyzer.analyze(article, knownTo: archive.analysis)
    return QueryArticle(
      article: article, number: archive.number(of: article.id), isOfArchive: false,
      sequences: sequences, sequenceIndex: 0,
      vector: archive.vectorizer.vectors(of: sequences, side: .query)[0])
  }

  /// An article of the archive as a query.
  func source(number: Int) -> QueryArticle {
    QueryArticle(
      article: archive.articles[number], number: number, isOfArchive: true,
      sequences: archive.analysis.sequences, sequenceIndex: number, vector: archive.queries[number])
  }

  func list(for source: QueryArticle) -> RecommendationList {
    let ranking = CandidateRanking(
      archive: archive, options: options.ranking, nearDuplicate: options.nearDuplicate)
    var scratch = ranking.makeScratch()
    let groups = groups(for: source, ranking: ranking, scratch: &scratch)
    return list(for: source, groups: groups, ranking: ranking, scratch: &scratch)
  }

  private func groups(
    for source: QueryArticle, ranking: CandidateRanking, scratch: inout RankingScratch
  ) -> VersionGroups {
    let weight = factor(for: source)
    let candidates = archive.index.nearest(
      to: source.vector, limit: options.ranking.candidates, weightedBy: weight)
    let scored = ranking.scores(of: candidates, for: source, scratch: &scratch, factor: weight)
    return ranking.groups(of: scored, for: source, scratch: &scratch)
  }

  /// Where `target` stands for `source`, or what keeps it off the list.
  func placement(
    of target: Int, for source: QueryArticle, support: Double, cosine: Double
  ) -> Explanation.Placement {
    if target == source.number { return .sameArticle }
    let article = archive.articles[target]
    let ranking = CandidateRanking(
      archive: archive, options: options.ranking, nearDuplicate: options.nearDuplicate)
    var scratch = ranking.makeScratch()
    let groups = groups(for: source, ranking: ranking, scratch: &scratch)
    let items = list(for: source, groups: groups, ranking: ranking, scratch: &scratch).items
    // The list itself has the last word: a pin overrules filters, a fallback the floor.
    if let index = items.firstIndex(where: { $0.article.id.utf8.elementsEqual(article.id.utf8) }) {
      if items[index].isPinned { return .pinned(rank: index + 1) }
      return items[index].fallback == nil ? .listed(rank: index + 1) : .filler(rank: index + 1)
    }
    let refusal =
      options.eligibility.refusal(
        of: article, language: archive.analysis.languages[target], now: now)
      ?? options.eligibility.refusalInTime(article.published, from: source.article.published)
    if let refusal { return .refused(refusal) }
    if !options.rules.allows(article.id, on: source.article.id) { return .refused(.banned) }
    if cosine == 0 { return .nothingShared }
    if groups.copiesOfSource.contains(target) { return .copyOfSource }
    if let group = groups.groups.first(where: {
      $0.best.article != target && $0.versions.contains(target)
    }) {
      return .foldedInto(archive.articles[group.best.article].id)
    }
    guard groups.groups.contains(where: { $0.best.article == target }) else {
      return .notAmongCandidates(options.ranking.candidates)
    }
    if support < Double(floor) { return .belowFloor(support: support, floor: Double(floor)) }
    let good = groups.groups.filter { isGoodEnough($0.best) }
    guard let index = good.firstIndex(where: { $0.best.article == target }) else {
      return .belowMinimum(options.minimumScore ?? 0)
    }
    if let other = items.first(where: {
      !options.rules.allows(article.id, beside: CollectionOfOne($0.article.id))
    }) {
      return .keptApart(from: other.article.id)
    }
    return index < options.limit ? .displaced(rank: index + 1) : .beyondLimit(rank: index + 1)
  }

  /// The nearest articles of each of `numbers` that may be listed there: row i is what there is for
  /// `numbers[i]`.
  func candidates(of numbers: [Int], jobs: Int) -> NeighborLists {
    guard let kept = keptCandidates else { return foundCandidates(of: numbers, jobs: jobs) }
    var rows = numbers.map { kept.listed(of: $0) }
    let unknown = rows.indices.filter { rows[$0] == nil }
    let found = foundCandidates(of: unknown.map { numbers[$0] }, jobs: jobs)
    for (place, row) in unknown.enumerated() { rows[row] = found[place] }
    return NeighborLists(rows: rows.map { $0 ?? [] }, limit: options.ranking.candidates)
  }

  /// The archive's own candidates, if they are those of these options.
  var keptCandidates: KeptCandidates? {
    guard let candidates = archive.candidates, candidates.fit(options) else { return nil }
    return KeptCandidates(candidates: candidates, recommender: self)
  }

  /// The candidates of every article and the neighbourhood, found together; nil where the archive
  /// keeps one of them, or its queries weigh otherwise than its articles.
  func candidatesWithNeighborhood(
    jobs: Int
  ) -> (candidates: NeighborLists, neighborhood: Neighborhood)? {
    let neighbors = options.ranking.neighbors
    guard archive.vectorizer.options.weighting.isSymmetric, keptCandidates == nil,
      archive.neighborhood(limit: neighbors) == nil
    else { return nil }
    let (neighborhood, candidates) = Neighborhood.neighborhood(
      of: archive, limit: neighbors,
      beside: ListSearch(limit: options.ranking.candidates, pairWeight: pairWeight), jobs: jobs)
    return (candidates, neighborhood)
  }

  private func foundCandidates(of numbers: [Int], jobs: Int) -> NeighborLists {
    let weight = pairWeight
    let limit = options.ranking.candidates
    guard archive.vectorizer.options.weighting.isSymmetric else {
      let queries = SparseMatrix(
        rows: numbers.map { archive.queries[$0] }, termCount: archive.queries.termCount)
      return archive.index.nearest(ofEach: queries, limit: limit, jobs: jobs) { row, target in
        numbers[row] == target ? 0 : weight(numbers[row], target)
      }
    }
    return archive.index.nearest(
      ofArticles: numbers, limit: limit, jobs: jobs, weightedBy: weight)
  }

  /// What the cosine of two articles of the archive is multiplied by; 0 for one that must not be
  /// listed.
  private var pairWeight: ListSearch.PairWeight {
    let dates = archive.articles.map(\.published)
    let recency = RecencyCurve(options.recency)
    let hasBans = !options.rules.bans.isEmpty
    let isUnbanned: @Sendable (Int, Int) -> Bool = { target, source in
      !hasBans
        || options.rules.allows(archive.articles[target].id, on: archive.articles[source].id)
    }
    return { source, target in
      guard isListable[target], isUnbanned(target, source),
        options.eligibility.refusalInTime(dates[target], from: dates[source]) == nil
      else { return 0 }
      return recency.factor(source: dates[source], target: dates[target])
    }
  }

  /// What the relatedness to each article is multiplied by; 0 for one that must not be listed.
  func factor(for source: QueryArticle) -> (Int) -> Float {
    let date = source.article.published
    let hasBans = options.rules.bans[source.article.id] != nil
    let recency = RecencyCurve(options.recency)
    return { target in
      guard target != source.number, isListable[target],
        !hasBans || options.rules.allows(archive.articles[target].id, on: source.article.id)
      else { return 0 }
      let other = archive.articles[target].published
      guard options.eligibility.refusalInTime(other, from: date) == nil else { return 0 }
      return recency.factor(source: date, target: other)
    }
  }

  /// The list of a source whose candidates are scored and folded, best first.
  func list(
    for source: QueryArticle, groups: VersionGroups, ranking: CandidateRanking,
    scratch: inout RankingScratch
  ) -> RecommendationList {
    var chosen = groups.groups.filter { isGoodEnough($0.best) }
    if options.diversity > 0 {
      chosen = MarginalRelevance(vectors: archive.index.articles, diversity: options.diversity)
        .chosen(from: chosen, limit: options.limit)
    }
    var items = pinned(for: source)
    for group in chosen where items.count < options.limit {
      let article = archive.articles[group.best.article]
      let listed = items.map(\.article.id)
      // Ids are compared by their bytes; `String` takes the two spellings of é for one.
      guard options.rules.allows(article.id, beside: listed),
        !listed.contains(where: { $0.utf8.elementsEqual(article.id.utf8) })
      else { continue }
      items.append(
        recommendation(of: group, for: source, ranking: ranking, scratch: &scratch))
    }
    if items.count < options.minimumResults {
      items += fallback(for: source, count: options.minimumResults - items.count, beside: items)
    }
    return RecommendationList(id: source.article.id, items: items)
  }

  private func recommendation(
    of group: VersionGroups.Group, for source: QueryArticle, ranking: CandidateRanking,
    scratch: inout RankingScratch
  ) -> Recommendation {
    let number = group.best.article
    return Recommendation(
      article: archive.articles[number], score: group.best.score,
      because: archive.tellingTerms(source.vector, archive.index.articles[number]),
      versions: group.versions.map { archive.articles[$0].id },
      explanation: options.explains
        ? Explainer(recommender: self).explanation(
          of: number, for: source, placement: .listed(rank: 0), ranking: ranking,
          scratch: &scratch) : nil)
  }

  /// What an editor put first, as far as it may be published.
  private func pinned(for source: QueryArticle) -> [Recommendation] {
    (options.rules.pins[source.article.id] ?? []).compactMap(archive.number(of:))
      .filter { isListable[$0] && $0 != source.number }
      .prefix(options.limit)
      .map { number in
        Recommendation(
          article: archive.articles[number], score: 1,
          because: archive.tellingTerms(source.vector, archive.index.articles[number]),
          isPinned: true)
      }
  }

  func isGoodEnough(_ candidate: ScoredCandidate) -> Bool {
    candidate.score > 0 && candidate.support >= floor
      && Double(candidate.score) >= options.minimumScore ?? 0
  }

  /// The newest of the same section that may be listed, for those who need a full box.
  private func fallback(
    for source: QueryArticle, count: Int, beside items: [Recommendation]
  ) -> [Recommendation] {
    guard let section = source.article.section else { return [] }
    let listed = Set(items.map { Data($0.article.id.utf8) })
    let factor = factor(for: source)
    // The archive's order is newest first.
    return archive.articles.indices.lazy
      .filter { archive.articles[$0].section == section && factor($0) > 0 }
      .filter { !listed.contains(Data(archive.articles[$0].id.utf8)) }
      .prefix(count)
      .map {
        Recommendation(
          article: archive.articles[$0], score: 0, fallback: "same section, newest")
      }
  }
}
