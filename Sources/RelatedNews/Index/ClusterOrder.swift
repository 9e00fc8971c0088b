/// The articles of an archive in an order in which like ones stand together, so that most of who is
/// near an article is met first and limits are soon near what they become.
///
/// Some articles, evenly taken, are leaders; every other follows the one that it shares most with
/// (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 7.1.6, where searches
/// look at followers of near leaders only; here nobody is left out and nothing but time depends on
/// it). From each leader the order goes on to the nearest one left.
struct ClusterOrder: Sendable {
  /// The numbers of the articles.
  let articles: [Int32]

  /// Clusters of some 128 articles, where blocks are as large as they may be.
  private static let clustersPerBlock = 16

  /// - Complexity: O(p·l / n) for p weights, n articles and l leaders, and O(l²).
  init(of matrix: SparseMatrix, common: CommonTerms, blockSize: Int, jobs: Int) {
    let count = matrix.rowCount
    let leaderCount = min(count, Self.clustersPerBlock * ((count + blockSize - 1) / blockSize))
    let leaders = LeaderTerms(
      of: matrix, common: common, leaders: (0..<leaderCount).map { $0 * count / leaderCount })
    let ranges = evenRanges(of: count, pieces: 8 * jobs)
    let nearest = concurrentMap(
      count: ranges.count, jobs: jobs, workspace: [Float](repeating: 0, count: leaderCount)
    ) { sums, part in
      ranges[part].map { article in
        leaders.addProducts(of: article, to: &sums)
        return Self.takeGreatest(of: &sums)
      }
    }.results.flatMap(\.result)

    // Counted, so that the articles of a cluster stay in order.
    let ranks = Self.chain(leaders, count: leaderCount)
    var free = [Int](repeating: 0, count: leaderCount + 1)
    for leader in nearest { free[ranks[leader] + 1] += 1 }
    for rank in 0..<leaderCount { free[rank + 1] += free[rank] }
    var articles = [Int32](repeating: 0, count: count)
    for (article, leader) in nearest.enumerated() {
      articles[free[ranks[leader]]] = Int32(article)
      free[ranks[leader]] += 1
    }
    self.articles = articles
  }

  /// The place of the greatest number, the first of several; afterwards all are 0.
  private static func takeGreatest(of sums: inout [Float]) -> Int {
    var greatest = 0
    for place in sums.indices where sums[place] > sums[greatest] { greatest = place }
    for place in sums.indices { sums[place] = 0 }
    return greatest
  }

  /// Beside each leader its place in a walk that goes to the nearest one left.
  private static func chain(_ leaders: LeaderTerms, count: Int) -> [Int] {
    var ranks = [Int](repeating: -1, count: count)
    var sums = [Float](repeating: 0, count: count)
    var leader = 0
    for rank in 0..<count {
      ranks[leader] = rank
      leaders.addProducts(of: leaders.articles[leader], to: &sums)
      // Those that are left stand above all others, even who shares nothing.
      for other in sums.indices { sums[other] = ranks[other] < 0 ? sums[other] + 1 : 0 }
      leader = takeGreatest(of: &sums)
    }
    return ranks
  }
}

/// Which leaders have a term: of the terms that not so many articles share that they say nothing.
private struct LeaderTerms: Sendable {
  /// The numbers of the leaders.
  let articles: [Int]
  private let matrix: SparseMatrix
  /// Term t has `postings[starts[t]..<starts[t + 1]]`, the place of a leader each.
  private let starts: [Int32]
  private let postings: [(leader: Int32, weight: Float)]

  init(of matrix: SparseMatrix, common: CommonTerms, leaders: [Int]) {
    self.matrix = matrix
    articles = leaders
    func forEachWeight(_ body: (_ leader: Int, _ term: Int, _ weight: Float) -> Void) {
      for (leader, article) in leaders.enumerated() {
        for place in matrix.rowStarts[article]..<matrix.rowStarts[article + 1] {
          let term = Int(matrix.termIDs[place])
          if common.roles[term].rank != nil { body(leader, term, matrix.weights[place]) }
        }
      }
    }
    var starts = [Int32](repeating: 0, count: matrix.termCount + 1)
    forEachWeight { _, term, _ in starts[term + 1] += 1 }
    for term in 0..<matrix.termCount { starts[term + 1] += starts[term] }
    var postings = [(leader: Int32, weight: Float)](
      repeating: (0, 0), count: Int(starts[matrix.termCount]))
    var free = starts
    forEachWeight { leader, term, weight in
      postings[Int(free[term])] = (Int32(leader), weight)
      free[term] += 1
    }
    self.starts = starts
    self.postings = postings
  }

  /// Adds the products of an article with every leader.
  func addProducts(of article: Int, to sums: inout [Float]) {
    for place in matrix.rowStarts[article]..<matrix.rowStarts[article + 1] {
      let term = Int(matrix.termIDs[place])
      for posting in Int(starts[term])..<Int(starts[term + 1]) {
        let (leader, weight) = postings[posting]
        sums[Int(leader)] += weight * matrix.weights[place]
      }
    }
  }
}
