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

  /// - Complexity: O(n·l), n articles and l leaders, with a tiny constant, and as many steps as
  ///   articles share rare terms with leaders.
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

    let ranks = Self.chain(leaders, count: leaderCount)
    // Its cluster is all that an article has here: so the postings are the clusters one by one.
    let clusters = SparseMatrix(
      rowStarts: Array(0...count), termIDs: nearest.map { UInt32(ranks[$0]) },
      weights: [Float](repeating: 1, count: count), termCount: leaderCount)
    articles = Postings(of: clusters).articles
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
  /// By term the places of leaders.
  private let postings: Postings

  init(of matrix: SparseMatrix, common: CommonTerms, leaders: [Int]) {
    self.matrix = matrix
    articles = leaders
    let rare = leaders.map { leader in
      let places = (matrix.rowStarts[leader]..<matrix.rowStarts[leader + 1])
        .filter { common.roles[Int(matrix.termIDs[$0])].rank != nil }
      return SparseVector(
        termIDs: places.map { matrix.termIDs[$0] }, weights: places.map { matrix.weights[$0] })
    }
    postings = Postings(of: SparseMatrix(rows: rare, termCount: matrix.termCount))
  }

  /// Adds the products of an article with every leader.
  func addProducts(of article: Int, to sums: inout [Float]) {
    for place in matrix.rowStarts[article]..<matrix.rowStarts[article + 1] {
      for posting in postings.range(of: matrix.termIDs[place]) {
        sums[Int(postings.articles[posting])] += postings.weights[posting] * matrix.weights[place]
      }
    }
  }
}
