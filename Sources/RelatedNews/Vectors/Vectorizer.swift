/// Turns articles as terms into weighted vectors: fitted to an archive once, then frozen.
public struct Vectorizer: Sendable {
  public let options: VectorOptions
  public let features: FeatureSpace
  /// The number of articles that document frequencies count.
  public let articleCount: Int
  /// Nil where the options do not split them.
  package let sharedRuns: SharedRuns?
  private let articleIDF: [Double]
  private let queryIDF: [Double]

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
    return Vectorizer(
      features: features,
      sharedRuns: options.splitsSharedRuns
        ? SharedRuns(of: archive.sequences, vocabulary: archive.vocabulary, jobs: jobs) : nil,
      options: options, articleCount: archive.sequences.articleCount)
  }

  init(
    features: FeatureSpace, sharedRuns: SharedRuns?, options: VectorOptions, articleCount: Int
  ) {
    self.features = features
    self.sharedRuns = sharedRuns
    self.options = options
    self.articleCount = articleCount
    func table(_ scheme: Weighting.Scheme) -> [Double] {
      features.documentFrequencies.map { scheme.inverseDocumentFrequency($0, of: articleCount) }
    }
    articleIDF = table(options.weighting.articles)
    queryIDF = options.weighting.isSymmetric ? articleIDF : table(options.weighting.queries)
  }

  /// Which side of a comparison a vector stands on; the two may be weighted differently.
  public enum Side: Sendable { case article, query }

  /// How rare a feature is, as the weighting's second letter says.
  public func idf(_ feature: Int, side: Side = .article) -> Double {
    side == .article ? articleIDF[feature] : queryIDF[feature]
  }

  /// The weight of each term of an article, in text order: less than 1 in boilerplate.
  package func termWeights(of article: Int, in sequences: TermSequences) -> [Float] {
    sharedRuns?.weights(of: article, in: sequences)
      ?? [Float](repeating: 1, count: sequences.termRange(ofArticle: article).count)
  }

  /// The vectors of all articles, a row each. The result does not depend on `jobs`.
  public func vectors(
    of sequences: TermSequences, side: Side = .article, jobs: Int = 1
  ) -> SparseMatrix {
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = MatrixPart()
      var counter = FeatureCounter(vectorizer: self)
      for article in ranges[piece] {
        append(article, of: sequences, side: side, to: &part, counter: &counter)
      }
      return part
    }
    var starts = [0]
    starts.reserveCapacity(sequences.articleCount + 1)
    var ids: [UInt32] = []
    var weights: [Float] = []
    let total = parts.reduce(0) { $0 + $1.ids.count }
    ids.reserveCapacity(total)
    weights.reserveCapacity(total)
    for part in parts {
      starts += part.ends.map { $0 + ids.count }
      ids += part.ids
      weights += part.weights
    }
    return SparseMatrix(
      rowStarts: starts, termIDs: ids, weights: weights, termCount: features.count)
  }

  private struct MatrixPart: Sendable {
    var ends: [Int] = []
    var ids: [UInt32] = []
    var weights: [Float] = []
  }

  /// Counts the features of an article.
  func count(_ article: Int, of sequences: TermSequences, counter: inout FeatureCounter) {
    let termWeights = termWeights(of: article, in: sequences)
    let start = sequences.termRange(ofArticle: article).lowerBound
    for segment in sequences.segments(of: article) {
      let fieldWeight = Float(options.weight(of: sequences.segmentFields[segment]))
      guard fieldWeight > 0 else { continue }
      let range = sequences.termRange(of: segment)
      counter.add(
        sequences.terms[range], weight: fieldWeight,
        termWeights: termWeights[range.lowerBound - start..<range.upperBound - start])
    }
  }

  private func append(
    _ article: Int, of sequences: TermSequences, side: Side, to part: inout MatrixPart,
    counter: inout FeatureCounter
  ) {
    count(article, of: sequences, counter: &counter)
    let scheme = side == .article ? options.weighting.articles : options.weighting.queries
    let vector = counter.take(side: side, normalized: scheme.normalization == .cosine)
    part.ids += vector.termIDs
    part.weights += vector.weights
    part.ends.append(part.ids.count)
  }
}
