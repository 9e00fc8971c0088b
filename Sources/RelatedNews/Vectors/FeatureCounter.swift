/// Counts the features of a few runs of terms and weighs them: one vector after the other, without
/// an allocation per feature. Used by one task.
package struct FeatureCounter {
  private let vectorizer: Vectorizer
  private var counts: FeatureCounts
  /// Beside each term of the last run the pair that it begins, where pairs are the only n-grams.
  private var pairs: [UInt32] = []
  private var knownWeights: [(scheme: Weighting.Scheme, weights: TermWeights)] = []

  package init(vectorizer: Vectorizer) {
    self.vectorizer = vectorizer
    counts = FeatureCounts(featureCount: vectorizer.features.count)
  }

  /// Counts every feature of a run of terms, each occurrence as `weight` times the least weight of
  /// its terms.
  ///
  /// - Parameter termWeights: beside each term of `terms` its weight, above 0; nil where all are 1.
  package mutating func add(
    _ terms: ArraySlice<UInt32>, weight: Float = 1, termWeights: ArraySlice<Float>?
  ) {
    terms.withUnsafeBufferPointer { terms in
      lookUpPairs(of: terms)
      add(terms, pairsFrom: 0, weight: weight, termWeights: termWeights)
    }
  }

  /// Counts the features of an article.
  mutating func add(_ article: Int, of sequences: TermSequences) {
    let options = vectorizer.options
    let all = sequences.termRange(ofArticle: article)
    sequences.terms.withUnsafeBufferPointer { terms in
      lookUpPairs(of: .init(rebasing: terms[all]))
      let termWeights = vectorizer.termWeights(of: article, in: sequences, pairs: pairs)
      for segment in sequences.segments(of: article) {
        let weight = Float(options.weight(of: sequences.segmentFields[segment]))
        guard weight > 0 else { continue }
        let range = sequences.termRange(of: segment)
        let start = range.lowerBound - all.lowerBound
        add(
          .init(rebasing: terms[range]), pairsFrom: start, weight: weight,
          termWeights: termWeights?[start..<start + range.count])
      }
    }
  }

  /// The weight of each term of an article, in text order; nil where all are 1.
  ///
  /// - Parameter phrases: of `sequences`, where they are known.
  mutating func termWeights(
    of article: Int, in sequences: TermSequences, phrases: Phrases?
  ) -> [Float]? {
    if let phrases {
      pairs.removeAll(keepingCapacity: true)
      pairs += phrases.pairs[sequences.termRange(ofArticle: article)]
      return SharedRuns.weights(
        of: article, in: sequences, stretches: phrases.stretches(of: article))
    }
    sequences.terms[sequences.termRange(ofArticle: article)].withUnsafeBufferPointer {
      lookUpPairs(of: $0)
    }
    return vectorizer.termWeights(of: article, in: sequences, pairs: pairs)
  }

  /// Counts a stretch of the article whose term weights were asked for last.
  ///
  /// - Parameters:
  ///   - places: of its terms, within a segment.
  ///   - start: the place of the article's first term.
  mutating func add(
    _ places: Range<Int>, of sequences: TermSequences, from start: Int,
    termWeights: ArraySlice<Float>?
  ) {
    sequences.terms.withUnsafeBufferPointer { terms in
      add(
        .init(rebasing: terms[places]), pairsFrom: places.lowerBound - start, weight: 1,
        termWeights: termWeights)
    }
  }

  /// Makes `pairs` those of a run of terms.
  private mutating func lookUpPairs(of terms: UnsafeBufferPointer<UInt32>) {
    if let table = vectorizer.features.onlyPairs { table.ids(of: terms, to: &pairs) }
  }

  private mutating func add(
    _ terms: UnsafeBufferPointer<UInt32>, pairsFrom start: Int, weight: Float,
    termWeights: ArraySlice<Float>?
  ) {
    let features = vectorizer.features
    pairs.withUnsafeBufferPointer { pairs in
      let pairs = pairs[min(start, pairs.count)...]
      counts.add(atMost: terms.count * (1 + features.levels.count)) { room in
        var count = 0
        guard let termWeights else {
          features.forEachFeature(of: terms, pairs: pairs) { feature, _ in
            room[count] = .init(feature: feature, count: weight)
            count += 1
          }
          return count
        }
        return termWeights.withUnsafeBufferPointer { termWeights in
          features.forEachFeature(of: terms, pairs: pairs) { feature, places in
            var least = termWeights[places.lowerBound]
            for place in places.dropFirst() { least = min(least, termWeights[place]) }
            room[count] = .init(feature: feature, count: weight * least)
            count += 1
          }
          return count
        }
      }
    }
  }

  /// What was counted, by ascending feature; counting starts anew.
  mutating func takeCounts() -> [(feature: UInt32, count: Float)] {
    var result: [(feature: UInt32, count: Float)] = []
    counts.drain { seen in result = seen.map { ($0.feature, $0.count) } }
    return result
  }

  /// The vector of what was counted, of length 1 whatever the weighting's third letter; counting
  /// starts anew.
  package mutating func unitVector() -> SparseVector {
    var row = MatrixRows()
    take(side: .article, normalized: true, to: &row)
    return SparseVector(termIDs: row.termIDs, weights: row.weights)
  }

  /// Appends the vector of what was counted, normalised as the weighting says; counting starts anew.
  mutating func take(side: Vectorizer.Side, to rows: inout MatrixRows) {
    let weighting = vectorizer.options.weighting
    let scheme = side == .article ? weighting.articles : weighting.queries
    take(side: side, normalized: scheme.normalization == .cosine, to: &rows)
  }

  private mutating func take(
    side: Vectorizer.Side, normalized: Bool, to rows: inout MatrixRows
  ) {
    let weighting = vectorizer.options.weighting
    let scheme = side == .article ? weighting.articles : weighting.queries
    let termWeights = termWeights(in: scheme)
    counts.drain { seen in
      let (maximum, average) =
        scheme.termFrequency.followsFromCount ? (1, 1) : Self.maximumAndAverage(of: seen)
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: seen.count) { features in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: seen.count) { weights in
          var count = 0
          var squares = 0.0
          for next in seen {
            let weight =
              termWeights.weight(of: next.count, maximum: maximum, average: average)
              * vectorizer.idf(Int(next.feature), side: side)
            guard weight > 0 else { continue }
            squares += weight * weight
            features.initializeElement(at: count, to: next.feature)
            weights.initializeElement(at: count, to: weight)
            count += 1
          }
          let scale = normalized && squares > 0 ? Self.scale(squares: squares) : nil
          rows.append(UnsafeBufferPointer(rebasing: features[..<count])) { place in
            scale.map { Self.normalized(weights[place], scale: $0) } ?? Float(weights[place])
          }
        }
      }
    }
  }

  private static func maximumAndAverage(
    of seen: Slice<UnsafeMutableBufferPointer<FeatureCounts.Occurrence>>
  ) -> (Double, Double) {
    guard !seen.isEmpty else { return (0, 1) }
    let maximum = seen.reduce(0) { max($0, Double($1.count)) }
    return (maximum, seen.reduce(0) { $0 + Double($1.count) } / Double(seen.count))
  }

  /// What the weights of a vector are multiplied by to give it length 1, in units of 2⁻²⁴.
  static func scale(squares: Double) -> Double { fixedPoint / squares.squareRoot() }

  /// The weight in a vector of length 1.
  static func normalized(_ weight: Double, scale: Double) -> Float {
    Float(rounded(weight * scale) / fixedPoint)
  }

  /// To the nearest whole number, halves up: `x.rounded()` without a call of the C library, which
  /// processors of before 2008 need. Below 2⁶² and not negative.
  @inline(__always)
  static func rounded(_ x: Double) -> Double {
    let whole = Double(Int(x))
    return x - whole >= 0.5 ? whole + 1 : whole
  }

  private mutating func termWeights(in scheme: Weighting.Scheme) -> TermWeights {
    if let known = knownWeights.first(where: { $0.scheme == scheme }) { return known.weights }
    let weights = TermWeights(of: scheme)
    knownWeights.append((scheme, weights))
    return weights
  }

  /// Weights of a vector of length 1 are whole multiples of 2⁻²⁴. A product of two is one of 2⁻⁴⁸,
  /// and a `Double` adds up such products without rounding: a cosine has the same bits in whatever
  /// order, on whatever path, it is summed. The weights lose at most 3·10⁻⁸.
  private static let fixedPoint = 16_777_216.0
}
