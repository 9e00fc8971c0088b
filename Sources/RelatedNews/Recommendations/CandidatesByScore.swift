/// Whose candidates some articles may be, by what they score.
struct CandidatesByScore: Sendable {
  private let targets: [Int]
  /// Of every article with each of them.
  let scores: ChangedRowScores
  private let weight: @Sendable (_ source: Int, _ target: Int) -> Float

  /// - Parameter weight: of a pair, as in `InvertedIndex.nearestOfAll`.
  init(
    _ targets: [Int], in index: InvertedIndex,
    weight: @escaping @Sendable (_ source: Int, _ target: Int) -> Float, jobs: Int
  ) {
    self.targets = targets
    scores = ChangedRowScores(of: targets, in: index, jobs: jobs)
    self.weight = weight
  }

  /// Whether it costs less to tell whose candidates so many may be than to score everybody.
  static func areFew(_ count: Int, among all: Int) -> Bool { count * 200 <= all }

  func makeSums() -> [Double] { scores.makeSums() }

  /// Whether one of them scores `floor` or more on the list of an article.
  func hasAny(of source: Int, from floor: Float, sums: inout [Double]) -> Bool {
    scores.sum(source, into: &sums)
    return zip(targets, sums).contains { target, sum in
      guard sum > 0, Float(sum) >= floor, target != source else { return false }
      let score = Float(sum) * weight(source, target)
      return score > 0 && score >= floor
    }
  }
}
