/// Counts the features of a few runs of terms and weighs them: one vector after the other, without
/// an allocation per feature. Used by one task.
package struct FeatureCounter {
  private let vectorizer: Vectorizer
  private var counts: [Float]
  private var seen: [UInt32] = []
  /// Term weights of the frequencies 0, 1, 2, … where those depend on nothing else: no power or
  /// logarithm an occurrence.
  private var knownWeights: [Weighting.Scheme: [Double]] = [:]

  package init(vectorizer: Vectorizer) {
    self.vectorizer = vectorizer
    counts = [Float](repeating: 0, count: vectorizer.features.count)
  }

  /// Counts every feature of a run of terms, each occurrence as `weight` times the least weight of
  /// its terms.
  ///
  /// - Parameter termWeights: beside each term of `terms` its weight, above 0.
  package mutating func add(
    _ terms: ArraySlice<UInt32>, weight: Float = 1, termWeights: ArraySlice<Float>
  ) {
    let shift = termWeights.startIndex - terms.startIndex
    vectorizer.features.forEachFeature(of: terms) { feature, places in
      if counts[Int(feature)] == 0 { seen.append(feature) }
      var least = termWeights[places.lowerBound + shift]
      for place in places.dropFirst() { least = min(least, termWeights[place + shift]) }
      counts[Int(feature)] += weight * least
    }
  }

  /// What was counted, by ascending feature; counting starts anew.
  mutating func takeCounts() -> [(feature: UInt32, count: Float)] {
    seen.sort()
    let result = seen.map { ($0, counts[Int($0)]) }
    for feature in seen { counts[Int(feature)] = 0 }
    seen.removeAll(keepingCapacity: true)
    return result
  }

  /// The vector of what was counted, of length 1 whatever the weighting's third letter; counting
  /// starts anew.
  package mutating func unitVector() -> SparseVector {
    take(side: .article, normalized: true)
  }

  /// The vector of what was counted, normalised as the weighting says; counting starts anew.
  mutating func take(side: Vectorizer.Side, normalized: Bool) -> SparseVector {
    seen.sort()
    let weighting = vectorizer.options.weighting
    let scheme = side == .article ? weighting.articles : weighting.queries
    var maximum: Float = 0
    var total = 0.0
    for feature in seen {
      maximum = max(maximum, counts[Int(feature)])
      total += Double(counts[Int(feature)])
    }
    let average = seen.isEmpty ? 1 : total / Double(seen.count)
    var ids: [UInt32] = []
    ids.reserveCapacity(seen.count)
    var weights: [Double] = []
    weights.reserveCapacity(seen.count)
    var squares = 0.0
    let known = weightsOfWholeFrequencies(in: scheme)
    for feature in seen {
      let frequency = counts[Int(feature)]
      let whole = frequency < Float(known.count) ? Int(frequency) : 0
      let termWeight =
        frequency == Float(whole) && whole > 0
        ? known[whole]
        : scheme.termWeight(
          frequency: Double(frequency), maximum: Double(maximum), average: average)
      let weight = termWeight * vectorizer.idf(Int(feature), side: side)
      counts[Int(feature)] = 0
      guard weight > 0 else { continue }
      squares += weight * weight
      ids.append(feature)
      weights.append(weight)
    }
    seen.removeAll(keepingCapacity: true)
    guard normalized, squares > 0 else {
      return SparseVector(termIDs: ids, weights: weights.map { Float($0) })
    }
    let scale = Self.scale(squares: squares)
    return SparseVector(termIDs: ids, weights: weights.map { Self.normalized($0, scale: scale) })
  }

  /// What the weights of a vector are multiplied by to give it length 1, in units of 2⁻²⁴.
  static func scale(squares: Double) -> Double { fixedPoint / squares.squareRoot() }

  /// The weight in a vector of length 1.
  static func normalized(_ weight: Double, scale: Double) -> Float {
    Float((weight * scale).rounded() / fixedPoint)
  }

  /// Empty where the weight of a term depends on the other terms of the article.
  private mutating func weightsOfWholeFrequencies(in scheme: Weighting.Scheme) -> [Double] {
    if let known = knownWeights[scheme] { return known }
    let known =
      scheme.termFrequency == .augmented || scheme.termFrequency == .logAverage
      ? [] : (0..<64).map { scheme.termWeight(frequency: Double($0), maximum: 1, average: 1) }
    knownWeights[scheme] = known
    return known
  }

  /// Weights of a vector of length 1 are whole multiples of 2⁻²⁴. A product of two is one of 2⁻⁴⁸,
  /// and a `Double` adds up such products without rounding: a cosine has the same bits in whatever
  /// order, on whatever path, it is summed. The weights lose at most 3·10⁻⁸.
  private static let fixedPoint = 16_777_216.0
}
