/// The nearest articles of one vector, rare terms first.
///
/// Postings are walked from rare terms to common ones into partial sums. The best partial sums are
/// scored exactly, which gives a score that the list has for sure; then whoever cannot reach it with
/// the tails that are left is out (`TailNorms`). As soon as few are left they are scored exactly,
/// and the postings of the common terms, most of all postings, are never touched.
///
/// Partial sums are `Float`: `slack` is more than what thousands of roundings make.
///
/// Unsafe: sums are changed and compared through pointers without bounds checks.
/// `InvertedIndexTests` holds it to the plain twin.
struct NearestSearch {
  let index: InvertedIndex
  let limit: Int
  let minScore: Float
  let pairWeight: ((_ article: Int) -> Float)?

  /// So many articles are scored exactly rather than walking the next level of postings.
  private static let fewSurvivors = 256
  private static let slack: Float = 1.001

  /// Nil where the first look finds fewer than `limit` articles: then nothing can be left out.
  func list(for query: SparseVector) -> [Neighbor]? {
    let articles = index.articles
    guard articles.rowCount >= 4 * limit, articles.rowCount >= 256 else { return nil }
    var memory = index.memory.take()
    for (term, weight) in zip(query.termIDs, query.weights) where term < articles.termCount {
      memory.weights[Int(term)] = weight
    }
    let found = search(query, sums: &memory.sums, weights: memory.weights)
    for term in query.termIDs where term < articles.termCount { memory.weights[Int(term)] = 0 }
    memory.sums.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    index.memory.giveBack(memory)
    return found
  }

  private func search(
    _ query: SparseVector, sums: inout [Float], weights: [Float]
  ) -> [Neighbor]? {
    let levels = QueryLevels(query, index: index)
    let norms = index.tails.norms
    var level = 0
    // The first levels are so small that looking in between would cost more.
    var walked = 0
    while level < TailNorms.levelCount - 1, walked < index.articles.rowCount / 8 {
      walked += walk(levels.terms[level], into: &sums)
      level += 1
    }
    let seeds = strongest(sums)
    var best = BestNeighbors(limit: limit, minScore: minScore)
    for seed in seeds { score(seed.article, weights: weights, weight: seed.weight, into: &best) }
    guard best.list.count == limit else { return nil }
    let seeded = Set(seeds.map(\.article))

    while level < TailNorms.levelCount {
      let tail = levels.tails[level - 1] * Self.slack
      let norms = norms[level - 1]
      let floor = floor(of: best)
      if countSurvivors(sums, norms, tail: tail, floor: floor) <= Self.fewSurvivors {
        finish(sums, norms, tail: tail, seeded: seeded, weights: weights, into: &best)
        return best.list
      }
      _ = walk(levels.terms[level], into: &sums)
      level += 1
    }
    finish(sums, norms[0], tail: 0, seeded: seeded, weights: weights, into: &best)
    return best.list
  }
}

extension NearestSearch {
  /// The least score that an article must be able to reach.
  private func floor(of best: BestNeighbors) -> Float { best.list.last?.score ?? 0 }

  /// Adds the products of some terms of the query.
  ///
  /// - Returns: how many postings there were.
  private func walk(_ terms: [(term: UInt32, weight: Float)], into sums: inout [Float]) -> Int {
    var walked = 0
    sums.withUnsafeMutableBufferPointer { sums in
      index.postings.articles.withUnsafeBufferPointer { articles in
        index.postings.weights.withUnsafeBufferPointer { weights in
          for (term, weight) in terms {
            let range = index.postings.range(of: term)
            walked += range.count
            for place in range {
              let article = Int(truncatingIfNeeded: articles[place])
              sums[article] += weight * weights[place]
            }
          }
        }
      }
    }
    return walked
  }

  /// The articles with the greatest partial scores, pair weights included.
  private func strongest(_ sums: [Float]) -> [(article: Int, weight: Float)] {
    var best = BestNeighbors(limit: limit + limit / 2 + 4, minScore: 0)
    sums.withUnsafeBufferPointer { sums in
      for start in stride(from: 0, to: sums.count, by: 32) {
        let end = min(sums.count, start + 32)
        var most: Float = 0
        for article in start..<end { most = max(most, sums[article]) }
        guard best.mayTake(most) else { continue }
        for article in start..<end where best.mayTake(sums[article]) {
          best.insert(
            Neighbor(article: article, score: sums[article] * (pairWeight?(article) ?? 1)))
        }
      }
    }
    return best.list.map { ($0.article, pairWeight?($0.article) ?? 1) }
  }

  private func countSurvivors(
    _ sums: [Float], _ norms: [Float], tail: Float, floor: Float
  ) -> Int {
    var count = 0
    sums.withUnsafeBufferPointer { sums in
      norms.withUnsafeBufferPointer { norms in
        for article in 0..<sums.count {
          count &+= sums[article] * Self.slack + tail * norms[article] >= floor ? 1 : 0
        }
      }
    }
    return count
  }

  /// Scores exactly whoever may still be listed.
  private func finish(
    _ sums: [Float], _ norms: [Float], tail: Float, seeded: Set<Int>, weights: [Float],
    into best: inout BestNeighbors
  ) {
    sums.withUnsafeBufferPointer { sums in
      norms.withUnsafeBufferPointer { norms in
        for start in stride(from: 0, to: sums.count, by: 32) {
          let end = min(sums.count, start + 32)
          let least = floor(of: best)
          var count = 0
          for article in start..<end {
            count &+= sums[article] * Self.slack + tail * norms[article] >= least ? 1 : 0
          }
          guard count > 0 else { continue }
          for article in start..<end {
            let bound = sums[article] * Self.slack + tail * norms[article]
            guard bound >= floor(of: best), !seeded.contains(article) else { continue }
            let weight = pairWeight?(article) ?? 1
            guard bound * weight >= floor(of: best) else { continue }
            score(article, weights: weights, weight: weight, into: &best)
          }
        }
      }
    }
  }

  private func score(
    _ article: Int, weights: [Float], weight: Float, into best: inout BestNeighbors
  ) {
    guard weight > 0 else { return }
    let articles = index.articles
    var sum = 0.0
    for place in articles.rowStarts[article]..<articles.rowStarts[article + 1] {
      sum += Double(weights[Int(articles.termIDs[place])]) * Double(articles.weights[place])
    }
    best.insert(Neighbor(article: article, score: Float(sum) * weight))
  }
}

/// The terms of a query by the levels of an archive, with the lengths of its tails.
private struct QueryLevels {
  var terms: [[(term: UInt32, weight: Float)]]
  /// For each level but the last the length of what is beyond it, rounded up.
  var tails: [Float]

  init(_ query: SparseVector, index: InvertedIndex) {
    terms = Array(repeating: [], count: TailNorms.levelCount)
    let levels = index.tails.levels
    for (term, weight) in zip(query.termIDs, query.weights) where term < index.articles.termCount {
      terms[Int(levels[Int(term)])].append((term, weight))
    }
    var squares = 0.0
    tails = Array(repeating: 0, count: TailNorms.levelCount - 1)
    for level in tails.indices.reversed() {
      for (_, weight) in terms[level + 1] { squares += Double(weight) * Double(weight) }
      tails[level] = Float(squares.squareRoot()).nextUp
    }
  }
}
