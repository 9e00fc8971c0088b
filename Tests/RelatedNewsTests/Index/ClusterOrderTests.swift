import Testing

@testable import RelatedNews

@Suite struct ClusterOrderTests {
  @Test("every article has one place, the same at any number of jobs", arguments: [1, 7, 900])
  func permutation(articles: Int) {
    let matrix = RandomArchive(articles: articles, terms: 500, longest: 30, seed: 61).matrix()
    let order = order(matrix, blockSize: 64, jobs: 1)
    #expect(order.sorted() == (0..<articles).map { Int32($0) })
    for jobs in [2, 5] { #expect(order == self.order(matrix, blockSize: 64, jobs: jobs)) }
  }

  @Test("each follows the leader that it shares most with, and keeps its turn")
  func followers() throws {
    let matrix = RandomArchive(articles: 700, terms: 900, longest: 40, seed: 62).matrix()
    let common = CommonTerms(of: matrix, postings: Postings(of: matrix))
    let leaders = (0..<32).map { $0 * 700 / 32 }
    func shared(_ article: Int, _ leader: Int) -> Float {
      var sum: Float = 0
      for (term, weight) in zip(matrix[article].termIDs, matrix[article].weights)
      where common.roles[Int(term)].rank != nil {
        guard let place = matrix[leader].termIDs.firstIndex(of: term) else { continue }
        sum += matrix[leader].weights[place] * weight
      }
      return sum
    }
    /// The first of those who share most.
    func nearest(_ article: Int, among places: [Int]) -> Int {
      places.reduce(places[0]) {
        shared(article, leaders[$1]) > shared(article, leaders[$0]) ? $1 : $0
      }
    }
    // A walk from each to the nearest one left.
    var walk = [0]
    while walk.count < leaders.count {
      let left = leaders.indices.filter { !walk.contains($0) }
      walk.append(nearest(leaders[walk[walk.count - 1]], among: left))
    }
    let expected = walk.flatMap { leader in
      (0..<700).filter { nearest($0, among: Array(leaders.indices)) == leader }.map { Int32($0) }
    }
    #expect(order(matrix, blockSize: 350, jobs: 2) == expected)
  }

  @Test("articles of a topic stand together wherever they are in the archive")
  func topics() {
    let rows = (0..<800).map { row in
      SparseVector(termIDs: [UInt32(row % 40), UInt32(40 + row / 2)], weights: [0.8, 0.6])
    }
    let order = order(SparseMatrix(rows: rows, termCount: 440), blockSize: 64, jobs: 2)
    // In the order of the archive every next article is of another topic.
    #expect(zip(order, order.dropFirst()).count { $0 % 40 != $1 % 40 } < 200)
  }

  private func order(_ matrix: SparseMatrix, blockSize: Int, jobs: Int) -> [Int32] {
    ClusterOrder(
      of: matrix, common: CommonTerms(of: matrix, postings: Postings(of: matrix)),
      blockSize: blockSize, jobs: jobs
    ).articles
  }
}
