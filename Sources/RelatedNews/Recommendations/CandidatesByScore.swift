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
    return sums.indices.contains { score(at: $0, of: source, from: floor, sums: sums) > 0 }
  }

  /// What the target at a place scores on the list of an article, of which `sums` are the products; 0
  /// where that is less than `floor`.
  @inline(__always)
  func score(at place: Int, of source: Int, from floor: Float, sums: [Double]) -> Float {
    let product = Float(sums[place])
    guard product > 0, product >= floor, targets[place] != source else { return 0 }
    let score = product * weight(source, targets[place])
    return score >= floor ? score : 0
  }
}
