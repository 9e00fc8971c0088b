/// The second look at the candidates of a source: what plain cosine does not see.
struct CandidateRanking: Sendable {
  let archive: Archive
  let options: RankingOptions
  /// The archive's own or one made for many lists; nil where neighbours are looked up as they are
  /// needed.
  private let neighborhood: Neighborhood?
  /// Of every article, for many lists; nil where they are found as they are needed.
  let versions: ArticleVersions?
  private let openings: Openings
  private let duplicates: NearDuplicates?
  /// Beside each article whether what lists need of it was made; empty where it was of all, or none.
  private let isMade: [Bool]

  /// For few lists: what the archive does not keep is looked up when needed.
  init(archive: Archive, options: RankingOptions, nearDuplicate: Double?) {
    duplicates = nearDuplicate.map {
      NearDuplicates(threshold: $0, sequences: archive.analysis.sequences)
    }
    self.archive = archive
    self.options = options
    neighborhood = archive.neighborhood(limit: options.neighbors)
    versions = nil
    openings = Openings(of: archive, length: options.openingLength)
    isMade = []
  }

  /// For many lists: what they need of each of their candidates is made at once.
  ///
  /// - Parameters:
  ///   - candidates: all that the lists look at, distinct; nil for any article.
  ///   - sketches: whether copies are told by sketches of all articles; nil where all are candidates.
  ///   - neighborhood: of the archive, by `options`; nil: its own, or found.
  init(
    archive: Archive, options: RankingOptions, nearDuplicate: Double?, candidates: [Int]? = nil,
    sketches: Bool? = nil, neighborhood: Neighborhood? = nil, jobs: Int
  ) {
    duplicates = nearDuplicate.map {
      let duplicates = NearDuplicates(threshold: $0, sequences: archive.analysis.sequences)
      // Sketches are of all articles: a few lists are done before those are.
      return sketches ?? (candidates == nil) ? duplicates.sketched(jobs: jobs) : duplicates
    }
    self.archive = archive
    self.options = options
    let neighborhood =
      neighborhood ?? archive.neighborhood(limit: options.neighbors)
      ?? Neighborhood(of: archive, limit: options.neighbors, jobs: jobs)
    self.neighborhood = neighborhood
    versions = ArticleVersions(
      of: candidates, in: neighborhood, duplicates: duplicates, jobs: jobs)
    openings = Openings(of: archive, length: options.openingLength)
      .computed(for: candidates, jobs: jobs)
    isMade = Self.marks(candidates, count: archive.count)
  }

  /// The ranking of an archive that was brought up to date, with what is known from before: the same
  /// as one made of the archive alone.
  ///
  /// Openings keep their weights where nothing of an article changed; versions stay where neighbours
  /// do, as no kept article's body changes.
  /// - Parameters:
  ///   - before: of the archive before, by the same options.
  ///   - neighborhood: the archive's own.
  init(
    updating before: CandidateRanking, by update: ArchiveUpdate, newFeatures: [UInt32],
    neighborhood: Neighborhood, candidates: [Int]?, jobs: Int
  ) {
    archive = update.archive
    options = before.options
    duplicates = before.duplicates?.updated(
      to: archive.analysis.sequences, origins: update.origins,
      newTerms: newFeatures[..<update.before.analysis.vocabulary.count],
      termCount: archive.analysis.vocabulary.count)
    self.neighborhood = neighborhood
    versions = ArticleVersions(
      of: candidates, in: neighborhood, duplicates: duplicates, jobs: jobs
    ) { article in
      guard !update.isNeighborhoodChanged[article],
        let old = update.origins[article].oldNumber, before.isMade(old)
      else { return nil }
      return before.versions?[old].compactMap { update.numbersNow[$0] }
    }
    openings = Openings(of: archive, length: options.openingLength)
      .computed(for: candidates, jobs: jobs) { article in
        guard !update.isChanged[article], let old = update.origins[article].oldNumber,
          let vector = before.openings.madeVector(of: old)
        else { return nil }
        return SparseVector(
          termIDs: vector.termIDs.map { newFeatures[Int($0)] }, weights: vector.weights)
      }
    isMade = Self.marks(candidates, count: archive.count)
  }

  private static func marks(_ articles: [Int]?, count: Int) -> [Bool] {
    guard let articles else { return [] }
    var isMade = [Bool](repeating: false, count: count)
    for article in articles { isMade[article] = true }
    return isMade
  }

  /// Whether what lists need of a candidate was made ahead.
  func isMade(_ article: Int) -> Bool { versions != nil && (isMade.isEmpty || isMade[article]) }

  func makeScratch() -> RankingScratch {
    RankingScratch(
      archive: archive, openings: openings, options: options, neighborhood: neighborhood,
      duplicates: duplicates)
  }

  /// The candidates by score, equal scores by article number.
  func scores(
    of candidates: [Neighbor], for source: QueryArticle, scratch: inout RankingScratch,
    factor: (Int) -> Float
  ) -> [ScoredCandidate] {
    let parts = parts(of: candidates.map(\.article), for: source, scratch: &scratch)
    return zip(candidates, parts).map { candidate, parts in
      scored(candidate.article, parts, factor: factor(candidate.article))
    }.sorted(by: ScoredCandidate.isOrdered(_:before:))
  }

  /// A candidate by what its relatedness is made of.
  func scored(_ article: Int, _ parts: RelatednessParts, factor: Float) -> ScoredCandidate {
    let relatedness = parts.total(options)
    return ScoredCandidate(
      article: article, score: Float(relatedness * Double(factor)),
      relatedness: Float(relatedness), cosine: Float(parts.cosine), support: Float(parts.support))
  }

  /// The scored candidates with copies folded.
  func groups(
    of scored: [ScoredCandidate], for source: QueryArticle, scratch: inout RankingScratch
  ) -> VersionGroups {
    guard duplicates != nil else { return VersionGroups(unfolded: scored) }
    return VersionGroups(folding: scored, copiesOfSource: copies(of: source, among: scored)) {
      versions?[$0] ?? scratch.neighbors(of: $0).versions
    }
  }

  /// Those of the candidates that are versions of the source.
  func copies(of source: QueryArticle, among scored: [ScoredCandidate]) -> Set<Int> {
    guard let duplicates else { return [] }
    let near = scored.lazy.filter { $0.cosine >= NearDuplicates.lowestCosine }.map(\.article)
    if let number = source.number, source.isOfArchive {
      return Set(duplicates.versions(of: number, near: near))
    }
    guard !near.isEmpty else { return [] }
    let own = NearDuplicates.shingles(of: source.sequenceIndex, in: source.sequences)
    return Set(near.filter { duplicates.areVersions(own, duplicates.shingles(of: $0)) })
  }

  /// What the relatedness of each of `articles` with the source is made of.
  ///
  /// - Complexity: O(c · k · m), c articles of m features, k neighbours each.
  func parts(
    of articles: [Int], for source: QueryArticle, scratch: inout RankingScratch
  ) -> [RelatednessParts] {
    let loaded = load(source, scratch: &scratch)
    return articles.map { article in
      var parts = firstParts(of: article, for: loaded, scratch: &scratch)
      addExpanded(of: article, for: loaded, scratch: &scratch, to: &parts)
      return parts
    }
  }

  /// A source in the working memory.
  struct LoadedSource {
    /// |a′|.
    let norm: Double
    /// How many terms it has.
    let length: Double
  }

  /// Makes an article the source that others are compared with.
  func load(_ source: QueryArticle, scratch: inout RankingScratch) -> LoadedSource {
    let own = neighbors(of: source, scratch: &scratch)
    scratch.expanded.load(source.vector, neighbors: own)
    scratch.passages.load(source)
    return LoadedSource(
      norm: scratch.expanded.loadedNorm,
      length: Double(source.sequences.termRange(ofArticle: source.sequenceIndex).count))
  }

  /// All parts but the expanded similarity, which costs most.
  func firstParts(
    of article: Int, for source: LoadedSource, scratch: inout RankingScratch
  ) -> RelatednessParts {
    var parts = ownParts(of: article, for: source, scratch: &scratch)
    let norm: Double
    if let neighborhood {
      norm = neighborhood.norms[article]
      parts.hub = neighborhood.lists.meanScore(of: article, limit: options.neighbors)
    } else {
      let theirs = scratch.neighbors(of: article)
      norm = theirs.norm
      parts.hub = theirs.meanScore(of: options.neighbors)
    }
    if !(norm > 0) { parts.expansionShare = 0 }
    return parts
  }

  /// The parts that do not ask for an article's neighbours; the share of the expanded similarity as if
  /// there was one.
  private func ownParts(
    of article: Int, for source: LoadedSource, scratch: inout RankingScratch
  ) -> RelatednessParts {
    var parts = RelatednessParts()
    let (cosine, support) = scratch.expanded.dotAndSupport(article)
    parts.cosine = Double(cosine)
    parts.support = Double(support)
    if options.expansionLength > 0, source.norm > 0 {
      let length = Double(archive.analysis.sequences.termRange(ofArticle: article).count)
      parts.expansionShare =
        options.expansionLength / (options.expansionLength + (source.length * length).squareRoot())
    }
    if options.passageWeight > 0 { parts.passage = scratch.passages.nearness(of: article) }
    return parts
  }

  /// What a candidate is at most, whatever its neighbours are: with the expanded similarity of 1 and
  /// near to nothing else. Every step from there to the score rounds more to no less.
  func atMost(
    _ article: Int, for source: LoadedSource, scratch: inout RankingScratch, factor: Float
  ) -> ScoredCandidate {
    var parts = ownParts(of: article, for: source, scratch: &scratch)
    parts.expanded = 1
    return scored(article, parts, factor: factor)
  }

  /// Adds the expanded similarity, where it has a share.
  func addExpanded(
    of article: Int, for source: LoadedSource, scratch: inout RankingScratch,
    to parts: inout RelatednessParts
  ) {
    guard parts.expansionShare > 0 else { return }
    if let neighborhood {
      let dot = scratch.expanded.dotWithExpanded(article, in: neighborhood.lists)
      parts.expanded = min(1, dot / (source.norm * neighborhood.norms[article]))
    } else {
      let theirs = scratch.neighbors(of: article)
      let dot = scratch.expanded.dotWithExpanded(article, neighbors: theirs.neighbors)
      parts.expanded = min(1, dot / (source.norm * theirs.norm))
    }
  }

  private func neighbors(
    of source: QueryArticle, scratch: inout RankingScratch
  ) -> [Neighbor] {
    if let number = source.number, source.isOfArchive {
      return neighbors(of: number, scratch: &scratch).neighbors
    }
    return archive.index.nearest(to: source.vector, limit: options.neighbors) {
      $0 == source.number ? 0 : 1
    }
  }

  func neighbors(
    of article: Int, scratch: inout RankingScratch
  ) -> ArticleNeighbors {
    guard let neighborhood, let versions else { return scratch.neighbors(of: article) }
    return ArticleNeighbors(
      neighbors: neighborhood.lists[article], norm: neighborhood.norms[article],
      versions: versions[article])
  }
}

extension Archive {
  /// The neighbourhood that the archive keeps, if it is of `limit` neighbours.
  func neighborhood(limit: Int) -> Neighborhood? {
    neighborhood.flatMap { $0.limit == limit ? $0 : nil }
  }
}
