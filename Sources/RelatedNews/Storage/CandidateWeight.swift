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

  func callAsFunction(source: Int, target: Int) -> Float {
    guard isPublished[columns.code(target)] else { return 0 }
    return curve.factor(source: columns.date(source), target: columns.date(target))
  }
}
