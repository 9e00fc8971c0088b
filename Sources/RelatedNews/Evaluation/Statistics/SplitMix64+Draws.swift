/// What resampling and judging draw from the generator.
extension SplitMix64 {
  /// A number from 0 to `bound` - 1: the high half of a product, even to within bound / 2⁶⁴.
  package mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A random order (Fisher and Yates).
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in result.indices.reversed().dropLast() {
      result.swapAt(last, next(below: last + 1))
    }
    return result
  }
}
