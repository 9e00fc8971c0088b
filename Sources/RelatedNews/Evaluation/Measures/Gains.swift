/// What an article of each grade is worth: by default its grade, `ndcg.1=3.5,2=9` says otherwise.
struct Gains {
  struct Level: Hashable {
    let grade: Int
    /// How many articles were judged so.
    var count: Int
    var gain: Double
  }

  /// By gain, ascending.
  private(set) var levels: [Level]

  init(_ pairs: [(name: String, value: Double)], of ranking: JudgedRanking) {
    levels = pairs.compactMap { pair in
      Int(pair.name).map { Level(grade: $0, count: 0, gain: pair.value) }
    }
    for (grade, count) in ranking.gradeCounts.enumerated() {
      if let index = levels.firstIndex(where: { $0.grade == grade }) {
        levels[index].count = count
      } else {
        levels.append(Level(grade: grade, count: count, gain: Double(grade)))
      }
    }
    levels = Self.sorted(levels[...])
  }

  /// The gain of a retrieved article; 0 where nobody judged it.
  func gain(of grade: Int) -> Double { levels.first { $0.grade == grade }?.gain ?? 0 }

  /// The gains of all judged articles, best first, as far as they are above 0.
  var ideal: [Double] {
    guard let best = levels.last, best.gain > 0 else { return [] }
    return levels.reversed().filter { $0.count > 0 }.prefix { $0.gain > 0 }
      .flatMap { [Double](repeating: $0.gain, count: $0.count) }
  }

  /// trec_eval compares gains by the whole part of their difference, so that 4.5 and 4 are equal
  /// and which one comes first depends on the sort: merge sort, as in glibc.
  private static func sorted(_ levels: ArraySlice<Level>) -> [Level] {
    guard levels.count > 1 else { return Array(levels) }
    let middle = levels.startIndex + levels.count / 2
    var (left, right) = (sorted(levels[..<middle])[...], sorted(levels[middle...])[...])
    var result: [Level] = []
    while let a = left.first, let b = right.first {
      result.append((a.gain - b.gain).rounded(.towardZero) <= 0 ? a : b)
      if result.last == a { left.removeFirst() } else { right.removeFirst() }
    }
    return result + left + right
  }
}
