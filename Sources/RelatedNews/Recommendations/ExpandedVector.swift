/// One article, plain and expanded, to be multiplied with many others; used by one task.
///
/// Few features of an archive are in an article or its neighbours. So each of these has a slot, and
/// what is looked up at random is one number a feature, 0 for nearly all; the weights by slot stay in
/// the first-level cache.
///
/// Unsafe: slots are read without bounds checks by the features of the rows of an index, which
/// `Postings` has counted with them. `SecondLookTests` holds it to the plain twin.
struct ExpandedVector {
  private let vectors: SparseMatrix
  /// Beside each feature its place in the weights.
  private var slots: [UInt32]
  /// By slot the features; slot 0 is of those that are not there and weigh nothing.
  private var features: [UInt32] = [0]
  /// Slots in use.
  private var count = 1
  /// By slot the weights of a′.
  private var expanded: [Double] = [0]
  /// By slot the weights of a.
  private var plain: [Double] = [0]
  /// Dot products with a′ that are known, valid where the stamp is current.
  private var known: [Double]
  private var stamps: [Int32]
  private var stamp: Int32 = 0

  /// - Parameter vectors: the rows of an index.
  init(vectors: SparseMatrix) {
    self.vectors = vectors
    slots = [UInt32](repeating: 0, count: vectors.termCount)
    known = [Double](repeating: 0, count: vectors.rowCount)
    stamps = [Int32](repeating: 0, count: vectors.rowCount)
  }

  /// Makes a and a′ the loaded vectors.
  mutating func load(_ vector: SparseVector, neighbors: [Neighbor]) {
    precondition(vector.termIDs.allSatisfy { $0 < slots.count }, "features are the index's")
    clear()
    makeRoom(
      for: neighbors.reduce(vector.count) {
        $0 + vectors.rowStarts[$1.article + 1] - vectors.rowStarts[$1.article]
      })
    add(0..<vector.count, vector.termIDs, vector.weights, times: 1)
    // The first slots are the vector's own, in its order.
    for (place, weight) in vector.weights.enumerated() { plain[place + 1] = Double(weight) }
    for neighbor in neighbors {
      add(
        vectors.rowStarts[neighbor.article]..<vectors.rowStarts[neighbor.article + 1],
        vectors.termIDs, vectors.weights, times: Double(neighbor.score))
    }
  }

  /// |a′|; a′ becomes the loaded vector.
  mutating func norm(of vector: SparseVector, neighbors: [Neighbor]) -> Double {
    load(vector, neighbors: neighbors)
    return loadedNorm
  }

  /// |a′| of what is loaded.
  var loadedNorm: Double {
    var squares = 0.0
    for slot in 1..<count { squares += expanded[slot] * expanded[slot] }
    return squares.squareRoot()
  }

  /// a′·b′.
  mutating func dotWithExpanded(_ article: Int, neighbors: [Neighbor]) -> Double {
    var sum = dot(article)
    for neighbor in neighbors { sum += Double(neighbor.score) * dot(neighbor.article) }
    return sum
  }

  /// a′·b′, the neighbours of b being its row of `lists`.
  mutating func dotWithExpanded(_ article: Int, in lists: NeighborLists) -> Double {
    let places = lists.places(of: article)
    // Two at a time, as each waits for its last sum most of the time.
    var waiting: Int?
    for place in places {
      let neighbor = Int(lists.articles[place])
      guard stamps[neighbor] != stamp else { continue }
      guard let other = waiting else {
        waiting = neighbor
        continue
      }
      let sums = Self.sums(of: other, neighbor, in: vectors, slots: slots, expanded: expanded)
      know(other, sums.0)
      know(neighbor, sums.1)
      waiting = nil
    }
    var sum = dot(article)
    for place in places { sum += Double(lists.scores[place]) * dot(Int(lists.articles[place])) }
    return sum
  }

  /// a·b and what is left of it without its largest product, bit for bit as
  /// `SparseVector.dotAndSupport` has them: features that are not shared add 0.
  mutating func dotAndSupport(_ article: Int) -> (dot: Float, support: Float) {
    let sums = Self.sums(
      of: article, in: vectors, slots: slots, plain: plain, expanded: expanded)
    // The candidate is in the cache now: a′·b comes with it.
    know(article, sums.expanded)
    return (Float(sums.plain), Float(sums.plain - sums.largest))
  }

  /// The loaded a′'s weight of a feature.
  func weight(of feature: UInt32) -> Double { expanded[Int(slots[Int(feature)])] }
}

extension ExpandedVector {
  private mutating func clear() {
    for slot in 1..<count { slots[Int(features[slot])] = 0 }
    count = 1
    stamp += 1
  }

  /// Makes sure of slots for so many features.
  private mutating func makeRoom(for more: Int) {
    guard features.count < more + 1 else { return }
    let missing = more + 1 - features.count
    features += repeatElement(0, count: missing)
    expanded += repeatElement(0, count: missing)
    plain += repeatElement(0, count: missing)
  }

  /// Adds some entries of a matrix or a vector to a′, for which there is room.
  private mutating func add(
    _ places: Range<Int>, _ termIDs: [UInt32], _ weights: [Float], times factor: Double
  ) {
    count = Self.add(
      termIDs.span.extracting(places), weights.span.extracting(places), times: factor,
      slots: &slots, features: &features, expanded: &expanded, plain: &plain, count: count)
  }

  /// - Returns: how many slots are in use then.
  private static func add(
    _ added: Span<UInt32>, _ weights: Span<Float>, times factor: Double, slots: inout [UInt32],
    features: inout [UInt32], expanded: inout [Double], plain: inout [Double], count: Int
  ) -> Int {
    precondition(count + added.count <= min(features.count, expanded.count, plain.count))
    var count = count
    var slots = slots.mutableSpan
    var features = features.mutableSpan
    var expanded = expanded.mutableSpan
    var plain = plain.mutableSpan
    for i in 0..<added.count {
      let feature = added[unchecked: i]
      let value = factor * Double(weights[unchecked: i])
      let slot = Int(slots[unchecked: Int(feature)])
      if slot > 0 {
        expanded[unchecked: slot] += value
      } else {
        slots[unchecked: Int(feature)] = UInt32(truncatingIfNeeded: count)
        features[unchecked: count] = feature
        expanded[unchecked: count] = value
        plain[unchecked: count] = 0
        count += 1
      }
    }
    return count
  }

  private mutating func know(_ article: Int, _ dot: Double) {
    stamps[article] = stamp
    known[article] = dot
  }

  /// a′·b.
  private mutating func dot(_ article: Int) -> Double {
    if stamps[article] == stamp { return known[article] }
    let sum = Self.sum(of: article, in: vectors, slots: slots, expanded: expanded)
    know(article, sum)
    return sum
  }

  /// Summed by ascending feature.
  private static func sum(
    of article: Int, in vectors: SparseMatrix, slots: [UInt32], expanded: [Double]
  ) -> Double {
    let row = vectors.rowStarts[article]..<vectors.rowStarts[article + 1]
    return sum(
      from: 0, vectors.termIDs.span.extracting(row), vectors.weights.span.extracting(row),
      0..<row.count, slots: slots.span, expanded: expanded.span)
  }

  /// Goes on with some features of an article.
  @inline(__always)
  private static func sum(
    from start: Double, _ features: Span<UInt32>, _ weights: Span<Float>, _ places: Range<Int>,
    slots: Span<UInt32>, expanded: Span<Double>
  ) -> Double {
    var sum = start
    for i in places {
      sum +=
        expanded[unchecked: Int(slots[unchecked: Int(features[unchecked: i])])]
        * Double(weights[unchecked: i])
    }
    return sum
  }

  /// The same of two articles, each summed for itself.
  private static func sums(
    of first: Int, _ second: Int, in vectors: SparseMatrix, slots: [UInt32], expanded: [Double]
  ) -> (Double, Double) {
    let firstRow = vectors.rowStarts[first]..<vectors.rowStarts[first + 1]
    let secondRow = vectors.rowStarts[second]..<vectors.rowStarts[second + 1]
    let firstFeatures = vectors.termIDs.span.extracting(firstRow)
    let firstWeights = vectors.weights.span.extracting(firstRow)
    let secondFeatures = vectors.termIDs.span.extracting(secondRow)
    let secondWeights = vectors.weights.span.extracting(secondRow)
    let slots = slots.span
    let expanded = expanded.span
    var sums = (0.0, 0.0)
    let both = min(firstRow.count, secondRow.count)
    for i in 0..<both {
      sums.0 +=
        expanded[unchecked: Int(slots[unchecked: Int(firstFeatures[unchecked: i])])]
        * Double(firstWeights[unchecked: i])
      sums.1 +=
        expanded[unchecked: Int(slots[unchecked: Int(secondFeatures[unchecked: i])])]
        * Double(secondWeights[unchecked: i])
    }
    sums.0 = sum(
      from: sums.0, firstFeatures, firstWeights, both..<firstRow.count, slots: slots,
      expanded: expanded)
    sums.1 = sum(
      from: sums.1, secondFeatures, secondWeights, both..<secondRow.count, slots: slots,
      expanded: expanded)
    return sums
  }

  /// a′·b, with the products of the plain vector and the largest of them.
  private static func sums(
    of article: Int, in vectors: SparseMatrix, slots: [UInt32], plain: [Double],
    expanded: [Double]
  ) -> (plain: Double, largest: Double, expanded: Double) {
    let row = vectors.rowStarts[article]..<vectors.rowStarts[article + 1]
    let features = vectors.termIDs.span.extracting(row)
    let weights = vectors.weights.span.extracting(row)
    let slots = slots.span
    let plain = plain.span
    let expanded = expanded.span
    var sums = (plain: 0.0, largest: 0.0, expanded: 0.0)
    for i in 0..<features.count {
      let slot = Int(slots[unchecked: Int(features[unchecked: i])])
      let weight = Double(weights[unchecked: i])
      let product = plain[unchecked: slot] * weight
      sums.plain += product
      sums.largest = max(sums.largest, product)
      sums.expanded += expanded[unchecked: slot] * weight
    }
    return sums
  }
}

extension NeighborLists {
  /// The mean score of the first `limit` of a row, missing ones counting 0.
  func meanScore(of row: Int, limit: Int) -> Double {
    limit == 0 ? 0 : places(of: row).reduce(0) { $0 + Double(scores[$1]) } / Double(limit)
  }
}
