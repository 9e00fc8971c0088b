/// Turns articles as terms into weighted vectors: fitted to an archive once, then frozen.
public struct Vectorizer: Sendable {
  public let options: VectorOptions
  public let features: FeatureSpace
  /// The number of articles that document frequencies count.
  public let articleCount: Int
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
      features: features, options: options, articleCount: archive.sequences.articleCount)
  }

  init(features: FeatureSpace, options: VectorOptions, articleCount: Int) {
    self.features = features
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

  /// The vectors of all articles, a row each. The result does not depend on `jobs`.
  public func vectors(
    of sequences: TermSequences, side: Side = .article, jobs: Int = 1
  ) -> SparseMatrix {
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var part = MatrixPart()
      var scratch = CountingScratch(featureCount: features.count)
      for article in ranges[piece] {
        append(article, of: sequences, side: side, to: &part, scratch: &scratch)
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

  /// Counts by feature with direct access, cleared after each article by the list of those seen.
  private struct CountingScratch {
    var counts: [Float]
    var seen: [UInt32] = []
    init(featureCount: Int) { counts = [Float](repeating: 0, count: featureCount) }
  }

  private func append(
    _ article: Int, of sequences: TermSequences, side: Side, to part: inout MatrixPart,
    scratch: inout CountingScratch
  ) {
    scratch.seen.removeAll(keepingCapacity: true)
    for segment in sequences.segments(of: article) {
      let fieldWeight = Float(options.weight(of: sequences.segmentFields[segment]))
      guard fieldWeight > 0 else { continue }
      features.forEachFeature(of: sequences.terms[sequences.termRange(of: segment)]) { feature in
        if scratch.counts[Int(feature)] == 0 { scratch.seen.append(feature) }
        scratch.counts[Int(feature)] += fieldWeight
      }
    }
    scratch.seen.sort()
    let scheme = side == .article ? options.weighting.articles : options.weighting.queries
    let (maximum, average) = Self.extent(of: scratch.seen, counts: scratch.counts)
    let start = part.weights.count
    var squares = 0.0
    for feature in scratch.seen {
      let frequency = Double(scratch.counts[Int(feature)])
      scratch.counts[Int(feature)] = 0
      let weight =
        scheme.termWeight(frequency: frequency, maximum: maximum, average: average)
        * idf(Int(feature), side: side)
      guard weight > 0 else { continue }
      squares += weight * weight
      part.ids.append(feature)
      part.weights.append(Float(weight))
    }
    if scheme.normalization == .cosine, squares > 0 {
      let scale = 1 / squares.squareRoot()
      for i in start..<part.weights.count {
        part.weights[i] = Float(Double(part.weights[i]) * scale)
      }
    }
    part.ends.append(part.ids.count)
  }

  private static func extent(of seen: [UInt32], counts: [Float]) -> (Double, Double) {
    guard !seen.isEmpty else { return (1, 1) }
    var maximum: Float = 0
    var sum = 0.0
    for feature in seen {
      maximum = max(maximum, counts[Int(feature)])
      sum += Double(counts[Int(feature)])
    }
    return (Double(maximum), sum / Double(seen.count))
  }
}
