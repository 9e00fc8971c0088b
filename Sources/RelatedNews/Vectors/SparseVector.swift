/// `[(3, 0.8), (7, 0.6)]`: feature 3 weighs 0.8, feature 7 weighs 0.6; ids ascend, length is 1.
public struct SparseVector: Sendable, Hashable {
  public let termIDs: [UInt32]
  public let weights: [Float]

  /// - Precondition: as many ids as weights, ids ascending.
  public init(termIDs: [UInt32], weights: [Float]) {
    precondition(termIDs.count == weights.count)
    self.termIDs = termIDs
    self.weights = weights
  }

  public var count: Int { termIDs.count }

  /// The sum of products over shared features, in ascending order of their ids, in double
  /// precision: the one canonical order, so that a score has the same bits on every path.
  ///
  /// - Complexity: O(m + n), the features of both.
  public func dot(_ other: SparseVector) -> Float { Float(sumOfProducts(other).sum) }

  /// The dot product, and what is left of it without its largest product: two texts that share one
  /// striking word only have a cosine, but nothing left.
  ///
  /// - Complexity: O(m + n), the features of both.
  package func dotAndSupport(_ other: SparseVector) -> (dot: Float, support: Float) {
    let (sum, largest) = sumOfProducts(other)
    return (Float(sum), Float(sum - largest))
  }

  @inline(__always)
  private func sumOfProducts(_ other: SparseVector) -> (sum: Double, largest: Double) {
    var sum = 0.0
    var largest = 0.0
    var i = 0
    var j = 0
    while i < count, j < other.count {
      let a = termIDs[i]
      let b = other.termIDs[j]
      if a == b {
        let product = Double(weights[i]) * Double(other.weights[j])
        sum += product
        largest = max(largest, product)
      }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return (sum, largest)
  }
}
