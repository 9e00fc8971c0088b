import Foundation

/// How closely two series follow each other.
package enum Correlation {
  /// Pearson's r; 0 where one side does not vary.
  package static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    guard x.count > 1 else { return 0 }
    let n = Double(x.count)
    let mx = x.reduce(0, +) / n
    let my = y.reduce(0, +) / n
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xx > 0 && yy > 0 ? max(-1, min(1, xy / (xx * yy).squareRoot())) : 0
  }

  /// Spearman's ρ: Pearson's r of the ranks.
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    pearson(ranks(x), ranks(y))
  }

  /// Ranks from 1, equal values sharing the mean of theirs.
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for i in start..<end { result[order[i]] = Double(start + end + 1) / 2 }
      start = end
    }
    return result
  }

  /// The 95 % interval of Pearson's r, by Fisher's z; nil below four pairs.
  package static func pearsonInterval(_ r: Double, count: Int) -> ClosedRange<Double>? {
    interval(r, standardError: 1 / Double(max(1, count - 3)).squareRoot(), count: count)
  }

  /// The 95 % interval of Spearman's ρ, with the standard error of Bonett & Wright, "Sample size
  /// requirements for estimating Pearson, Kendall and Spearman correlations", Psychometrika 2000.
  package static func spearmanInterval(_ rho: Double, count: Int) -> ClosedRange<Double>? {
    let error = ((1 + rho * rho / 2) / Double(max(1, count - 3))).squareRoot()
    return interval(rho, standardError: error, count: count)
  }

  /// The 97.5 % point of the normal distribution.
  private static let point = 1.959_963_984_540_054

  private static func interval(
    _ r: Double, standardError: Double, count: Int
  ) -> ClosedRange<Double>? {
    guard count > 3 else { return nil }
    let z = atanh(r)
    return tanh(z - point * standardError)...tanh(z + point * standardError)
  }
}

/// The area under the ROC curve, for ratings of any number of levels.
package enum AreaUnderCurve {
  /// How likely of two pairs with different ratings the one rated higher also scores higher; equal
  /// scores count half. For two levels of rating it is the area under the ROC curve, for more
  /// (Somers' D + 1) / 2. Nil where all ratings are equal.
  ///
  /// - Complexity: O(n log n).
  package static func concordance(scores: [Double], ratings: [Double]) -> Double? {
    // By rating: each score meets the scores of all lower ratings, counted in a Fenwick tree.
    let rank = Dictionary(
      uniqueKeysWithValues: Set(scores).sorted().enumerated().map { ($1, $0 + 1) })
    var tree = [Int](repeating: 0, count: rank.count + 1)
    let order = ratings.indices.sorted { ratings[$0] < ratings[$1] }
    var (agreeing, pairs, seen) = (0.0, 0.0, 0)
    var start = 0
    while start < order.count {
      let group = order[start...].prefix { ratings[$0] == ratings[order[start]] }
      for index in group {
        let own = rank[scores[index]] ?? 0
        let (below, upTo) = (sum(tree, own - 1), sum(tree, own))
        agreeing += Double(below) + Double(upTo - below) / 2
        pairs += Double(seen)
      }
      for index in group { add(&tree, rank[scores[index]] ?? 0) }
      seen += group.count
      start += group.count
    }
    return pairs == 0 ? nil : agreeing / pairs
  }

  private static func sum(_ tree: [Int], _ end: Int) -> Int {
    var (index, sum) = (end, 0)
    while index > 0 {
      sum += tree[index]
      index &= index - 1
    }
    return sum
  }

  private static func add(_ tree: inout [Int], _ position: Int) {
    var index = position
    while index > 0, index < tree.count {
      tree[index] += 1
      index += index & -index
    }
  }
}
