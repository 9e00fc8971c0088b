/// What lists of all articles are to hold: the `limit` others of highest score.
struct ListSearch: Sendable {
  /// What the score of `target` on the list of `source` is multiplied by, 0 to 1. It need not be
  /// symmetric.
  typealias PairWeight = @Sendable (_ source: Int, _ target: Int) -> Float

  /// Entries in a list at most.
  let limit: Int
  /// Entries below are left out.
  var minScore: Float = 0
  /// Nil is 1 for all.
  var pairWeight: PairWeight?

  @inline(__always)
  func weight(_ source: Int, _ target: Int) -> Float { pairWeight?(source, target) ?? 1 }
}
