/// Turns articles as terms into weighted vectors: fitted to an archive once, then frozen.
public struct Vectorizer: Sendable {
  public let options: VectorOptions
  public let features: FeatureSpace
  /// The number of articles of the archive.
  public let articleCount: Int
  /// Nil where the options do not split them.
  package let sharedRuns: SharedRuns?
  private let articleRarities: Rarities
  private let queryRarities: Rarities
  /// Whether a run of words that is shared consists of pairs that are features.
  private let runsHavePairs: Bool

  /// Learns the features of an archive and how rare each is.
  ///
  /// - Complexity: O(t log t), t the terms of all articles.
  public static func fit(
    _ archive: AnalyzedArchive, options: VectorOptions = VectorOptions(), jobs: Int = 1
  ) -> Vectorizer {
    let features = FeatureSpaceBuilder(
      options: options, sequences: archive.sequences, termCount: archive.vocabulary.count,
      jobs: jobs
    ).build()
    let pairs =
      options.runsHavePairs(articleCount: archive.sequences.articleCount)
      ? features.onlyPairs : nil
    return Vectorizer(
      features: features,
      sharedRuns: options.splitsSharedRuns
        ? SharedRuns(
          of: archive.sequences,
          settled: SettledNumbers(of: archive.sequences.articleCount, options),
          vocabulary: archive.vocabulary, pairs: pairs, jobs: jobs) : nil,
      options: options, articleCount: archive.sequences.articleCount)
  }

  init(
    features: FeatureSpace, sharedRuns: SharedRuns?, options: VectorOptions, articleCount: Int
  ) {
    self.features = features
    self.sharedRuns = sharedRuns
    self.options = options
    self.articleCount = articleCount
    func rarities(_ scheme: Weighting.Scheme) -> Rarities {
      Rarities(
        of: features, settledCount: options.settledCount(of: articleCount), scheme: scheme)
    }
    articleRarities = rarities(options.weighting.articles)
    queryRarities =
      options.weighting.isSymmetric ? articleRarities : rarities(options.weighting.queries)
    runsHavePairs = options.runsHavePairs(articleCount: articleCount)
  }

  /// Which side of a comparison a vector stands on; the two may be weighted differently.
  public enum Side: Sendable { case article, query }

  /// How rare a feature is, as the weighting's second letter says.
  @inline(__always)
  public func idf(_ feature: Int, side: Side = .article) -> Double {
    side == .article ? articleRarities[feature] : queryRarities[feature]
  }

  /// The weight of each term of an article, in text order: less than 1 in boilerplate.
  package func termWeights(of article: Int, in sequences: TermSequences) -> [Float] {
    sharedRuns?.weights(of: article, in: sequences)
      ?? [Float](repeating: 1, count: sequences.termRange(ofArticle: article).count)
  }

  /// The same with what `features.onlyPairs` says of its terms; nil where all weights are 1.
  func termWeights(
    of article: Int, in sequences: TermSequences, pairs: [UInt32]
  ) -> [Float]? {
    let areKnown = runsHavePairs && features.onlyPairs != nil
    return sharedRuns?.weights(of: article, in: sequences, pairs: areKnown ? pairs : nil)
  }

  /// The shared runs of an article, by the place of their first term, and what each counts as.
  ///
  /// - Parameter pairs: what `features.onlyPairs` says of its terms; empty where there is none.
  func sharedRuns(
    of article: Int, in sequences: TermSequences, pairs: [UInt32]
  ) -> [(start: Int, grade: UInt8)] {
    let areKnown = runsHavePairs && features.onlyPairs != nil
    return sharedRuns?.runs(of: article, in: sequences, pairs: areKnown ? pairs : nil) ?? []
  }

  /// The vectors of all articles, a row each. The result does not depend on `jobs`.
  public func vectors(
    of sequences: TermSequences, side: Side = .article, jobs: Int = 1
  ) -> SparseMatrix {
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs * 16)
    let (parts, _) = concurrentMap(
      count: ranges.count, jobs: jobs, workspace: FeatureCounter(vectorizer: self)
    ) { counter, piece in
      var rows = MatrixRows()
      for article in ranges[piece] {
        counter.add(article, of: sequences)
        counter.take(side: side, to: &rows)
      }
      return rows
    }
    return SparseMatrix(joining: parts.map(\.result), termCount: features.count, jobs: jobs)
  }
}

extension VectorOptions {
  /// Whether each pair of a run of words that several articles share is a feature: it stands in at
  /// least as many. Then a run with any other pair need not be looked at.
  fileprivate func runsHavePairs(articleCount: Int) -> Bool {
    let fewest = SharedRuns.fewestArticles
    return minimumNgram <= 2 && maximumNgram == 2 && minimumNgramFrequency <= fewest
      && minimumDocumentFrequency.articles(of: articleCount) <= Double(fewest)
      && maximumDocumentFrequency.articles(of: articleCount) >= Double(articleCount)
  }
}
