/// What the cosine of a pair is multiplied by among candidates, as `CandidateLists.weight` has it, from the
/// columns of an index file.
struct CandidateWeight: Sendable {
  private let columns: IndexColumns
  private let isPublished: [Bool]
  private let curve: RecencyCurve

  init(_ columns: IndexColumns, recency: Recency) {
    self.columns = columns
    isPublished = columns.classes.map { $0.status == .published }
    curve = RecencyCurve(recency)
  }

  /// Whether an article may be a candidate of another.
  ///
  /// - Parameters:
  ///   - most: their product at most.
  ///   - floor: what the last candidate of the source scores at least.
  func mayReach(_ floor: Float, most: Float, source: Int, target: Int) -> Bool {
    most >= floor && most * self(source: source, target: target) >= floor
  }

  func callAsFunction(source: Int, target: Int) -> Float {
    guard isPublished[columns.code(target)] else { return 0 }
    return curve.factor(source: columns.date(source), target: columns.date(target))
  }
}
