/// One article laid out densely, plain and expanded, to be multiplied with many others; used by one
/// task.
///
/// Unsafe: weights are read and changed without bounds checks by the features of the rows of an
/// index, which `Postings` has counted with them. `SecondLookTests` holds it to the plain twin.
struct ExpandedVector {
  private let vectors: SparseMatrix
  /// a′.
  private var expanded: [Double]
  /// a.
  private var plain: [Float]
  private var touched: [UInt32] = []
  /// Dot products with a′ that are known, valid where the stamp is current.
  private var known: [Double]
  private var stamps: [Int32]
  private var stamp: Int32 = 0

  /// - Parameter vectors: the rows of an index.
  init(vectors: SparseMatrix) {
    self.vectors = vectors
    expanded = [Double](repeating: 0, count: vectors.termCount)
    plain = [Float](repeating: 0, count: vectors.termCount)
    known = [Double](repeating: 0, count: vectors.rowCount)
    stamps = [Int32](repeating: 0, count: vectors.rowCount)
  }

  /// Makes a and a′ the loaded vectors.
  mutating func load(_ vector: SparseVector, neighbors: [Neighbor]) {
    clear()
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      plain[Int(feature)] = weight
      expanded[Int(feature)] += Double(weight)
    }
    touched += vector.termIDs
    for neighbor in neighbors { add(neighbor.article, times: Double(neighbor.score)) }
  }

  /// |a′|; a′ becomes the loaded vector.
  mutating func norm(of vector: SparseVector, neighbors: [Neighbor]) -> Double {
    load(vector, neighbors: neighbors)
    return loadedNorm(vector, neighbors: neighbors)
  }

  /// |a′|, of the vector and neighbours that are loaded.
  mutating func loadedNorm(_ vector: SparseVector, neighbors: [Neighbor]) -> Double {
    var sum = 0.0
    for (feature, weight) in zip(vector.termIDs, vector.weights) {
      sum += expanded[Int(feature)] * Double(weight)
    }
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum.squareRoot()
  }

  /// a′·b′.
  mutating func dotWithExpanded(_ article: Int, neighbors: [Neighbor]) -> Double {
    var sum = dot(article)
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum
  }

  /// a′·b′, the neighbours of b being its row of `lists`.
  mutating func dotWithExpanded(_ article: Int, in lists: NeighborLists) -> Double {
    var sum = dot(article)
    for place in lists.places(of: article) {
      sum += Double(lists.scores[place]) * dot(Int(lists.articles[place]))
    }
    return sum
  }

  /// a·b and what is left of it without its largest product, bit for bit as
  /// `SparseVector.dotAndSupport` has them: features that are not shared add 0.
  mutating func dotAndSupport(_ article: Int) -> (dot: Float, support: Float) {
    let sums = Self.sums(of: article, in: vectors, plain: plain, expanded: expanded)
    // The candidate is in the cache now: a′·b comes with it.
    known[article] = sums.expanded
    stamps[article] = stamp
    return (Float(sums.plain), Float(sums.plain - sums.largest))
  }

  /// The loaded a′'s weight of a feature.
  func weight(of feature: UInt32) -> Double { expanded[Int(feature)] }
}

extension ExpandedVector {
  private mutating func clear() {
    for feature in touched {
      expanded[Int(feature)] = 0
      plain[Int(feature)] = 0
    }
    touched.removeAll(keepingCapacity: true)
    stamp += 1
  }

  private mutating func add(_ article: Int, times factor: Double) {
    Self.add(article, of: vectors, times: factor, to: &expanded)
    touched += vectors.termIDs[vectors.rowStarts[article]..<vectors.rowStarts[article + 1]]
  }

  /// a′·b.
  private mutating func dot(_ article: Int) -> Double {
    if stamps[article] == stamp { return known[article] }
    let sum = Self.sum(of: article, in: vectors, expanded: expanded)
    stamps[article] = stamp
    known[article] = sum
    return sum
  }

  @inline(__always)
  private static func add(
    _ article: Int, of vectors: SparseMatrix, times factor: Double, to expanded: inout [Double]
  ) {
    let range = vectors.rowStarts[article]..<vectors.rowStarts[article + 1]
    let features = vectors.termIDs.span.extracting(range)
    let weights = vectors.weights.span.extracting(range)
    var expanded = expanded.mutableSpan
    for i in 0..<features.count {
      let feature = Int(truncatingIfNeeded: features[unchecked: i])
      expanded[unchecked: feature] += factor * Double(weights[unchecked: i])
    }
  }

  /// Summed by ascending feature.
  @inline(__always)
  private static func sum(
    of article: Int, in vectors: SparseMatrix, expanded: [Double]
  ) -> Double {
    let range = vectors.rowStarts[article]..<vectors.rowStarts[article + 1]
    let features = vectors.termIDs.span.extracting(range)
    let weights = vectors.weights.span.extracting(range)
    let expanded = expanded.span
    var sum = 0.0
    for i in 0..<features.count {
      let feature = Int(truncatingIfNeeded: features[unchecked: i])
      sum += expanded[unchecked: feature] * Double(weights[unchecked: i])
    }
    return sum
  }

  /// The same, with the products of the plain vector and the largest of them.
  @inline(__always)
  private static func sums(
    of article: Int, in vectors: SparseMatrix, plain: [Float], expanded: [Double]
  ) -> (plain: Double, largest: Double, expanded: Double) {
    let range = vectors.rowStarts[article]..<vectors.rowStarts[article + 1]
    let features = vectors.termIDs.span.extracting(range)
    let weights = vectors.weights.span.extracting(range)
    let plain = plain.span
    let expanded = expanded.span
    var sums = (plain: 0.0, largest: 0.0, expanded: 0.0)
    for i in 0..<features.count {
      let feature = Int(truncatingIfNeeded: features[unchecked: i])
      let weight = Double(weights[unchecked: i])
      let product = Double(plain[unchecked: feature]) * weight
      sums.plain += product
      sums.largest = max(sums.largest, product)
      sums.expanded += expanded[unchecked: feature] * weight
    }
    return sums
  }
}

extension NeighborLists {
  /// Where a row stands in `articles` and `scores`: read there, it costs no array of its own.
  func places(of row: Int) -> Range<Int> { row * limit..<row * limit + Int(counts[row]) }

  /// The mean score of the first `limit` of a row, missing ones counting 0.
  func meanScore(of row: Int, limit: Int) -> Double {
    limit == 0 ? 0 : places(of: row).reduce(0) { $0 + Double(scores[$1]) } / Double(limit)
  }
}
