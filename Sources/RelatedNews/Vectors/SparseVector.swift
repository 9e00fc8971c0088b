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
  public func dot(_ other: SparseVector) -> Float {
    var sum = 0.0
    var i = 0
    var j = 0
    while i < count, j < other.count {
      let a = termIDs[i]
      let b = other.termIDs[j]
      if a == b { sum += Double(weights[i]) * Double(other.weights[j]) }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return Float(sum)
  }
}
