import Testing

@testable import RelatedNews

/// The rebuild by blocks against the plain twin, where its shortcuts could go wrong.
@Suite struct BlockPairsTests {
  @Test(
    "sizes around the borders of tiles, groups and blocks",
    arguments: [63, 64, 65, 255, 256, 257, 511, 512, 513, 1089, 2047, 2049, 2561])
  func borders(articles: Int) {
    let archive = RandomArchive(articles: articles, terms: 900, longest: 40, seed: 11)
    expectEqualLists(archive.matrix(), limit: 10)
  }

  @Test("no term is common")
  func rare() {
    var random = SeededNumbers(seed: 15)
    let rows = (0..<1300).map { (row: Int) -> SparseVector in
      let terms: [Int] = [row / 9, 200 + row % 90, 300 + row % 130]
      let weights: [Float] = terms.map { _ in Float.random(in: 0.2...0.6, using: &random) }
      return SparseVector(termIDs: terms.map { UInt32($0) }, weights: weights)
    }
    expectEqualLists(SparseMatrix(rows: rows, termCount: 430), limit: 10)
  }

  @Test("every term is common")
  func common() {
    expectEqualLists(
      RandomArchive(articles: 1300, terms: 12, longest: 25, seed: 16).matrix(), limit: 10)
  }

  @Test("most articles are copies of each other, so that bounds cannot tell them apart")
  func copies() {
    let archive = RandomArchive(
      articles: 1100, terms: 60, longest: 20, duplicates: 0.97, coarse: true, seed: 12)
    expectEqualLists(archive.matrix(), limit: 3)
  }

  @Test("lengths of articles may differ by orders of magnitude")
  func lengths() {
    let plain = RandomArchive(articles: 1200, terms: 500, longest: 30, seed: 13).matrix()
    var weights = plain.weights
    for row in 0..<plain.rowCount {
      for place in plain.rowStarts[row]..<plain.rowStarts[row + 1] {
        weights[place] *= row % 7 == 0 ? 300 : row % 5 == 0 ? 0.001 : 1
      }
    }
    expectEqualLists(
      SparseMatrix(
        rowStarts: plain.rowStarts, termIDs: plain.termIDs, weights: weights,
        termCount: plain.termCount), limit: 10)
  }

  @Test("terms that every article has, and weights too small for 16 bits")
  func extremes() {
    var random = SeededNumbers(seed: 14)
    let rows = (0..<700).map { row in
      SparseVector(
        termIDs: [0, 1, UInt32(2 + row % 90), 95],
        weights: [0.5, .random(in: 0...0.01, using: &random), 0.7, 1e-30])
    }
    expectEqualLists(SparseMatrix(rows: rows, termCount: 96), limit: 10)
  }

  @Test(
    "sums are lower bounds, and upper ones with the margin", arguments: [21, 22, 23] as [UInt64])
  func margins(seed: UInt64) throws {
    let articles = RandomArchive(articles: 150, terms: 200, longest: 60, seed: seed).matrix()
    let quantizer = try #require(WeightQuantizer(articles))
    for a in 0..<articles.rowCount {
      for b in 0..<articles.rowCount {
        let (x, y) = (articles[a], articles[b])
        var sum = 0
        for (term, weight) in zip(x.termIDs, x.weights) {
          guard let place = y.termIDs.firstIndex(of: term) else { continue }
          sum +=
            (Int(quantizer.quantized(weight)) * Int(quantizer.quantized(y.weights[place]))) >> 16
        }
        let exact = quantizer.units(x.dot(y))
        let margin = quantizer.margin(count: x.count, sum: Double(x.weights.reduce(0, +)))
        #expect(Double(sum) <= exact + 0.01 && exact <= Double(sum) + Double(margin))
      }
    }
  }

  @Test("every wanted pair meets once, and no number is in two hands", arguments: [1, 2, 3, 8])
  func pairs(jobs: Int) {
    let count = 13
    let seen = Counters(count * count)
    let busy = Counters(count)
    let wasShared = Counters(1)
    let isWanted = { (row: Int, column: Int) in (row + column) % 5 != 1 }
    concurrentPairs(of: count, where: isWanted, jobs: jobs, workspace: Self.noWorkspace) {
      _, row, column in
      for number in Set([row, column]) where busy.add(1, to: number) != 1 {
        wasShared.add(1, to: 0)
      }
      seen.add(1, to: min(row, column) * count + max(row, column))
      for number in Set([row, column]) { busy.add(-1, to: number) }
    }
    #expect(wasShared[0] == 0)
    for row in 0..<count {
      for column in 0..<count {
        let isMet = row <= column && isWanted(row, column)
        #expect(seen[row * count + column] == (isMet ? 1 : 0))
      }
    }
  }

  @Test("blocks are whole tiles, large where they may be, and enough for all cores")
  func blockSizes() {
    #expect(BlockMeeting.blockSize(of: 100_000, jobs: 2) == BlockMeeting.blockSize)
    for count in [0, 1, 300, 5_000, 19_043] {
      for jobs in [1, 2, 16] {
        let size = BlockMeeting.blockSize(of: count, jobs: jobs)
        #expect(size % CommonTermTiles.width == 0)
        #expect((1...BlockMeeting.blockSize).contains(size))
        #expect(count < 256 * 4 * jobs || (count + size - 1) / size >= min(4 * jobs, 9))
      }
    }
  }

  @Sendable private static func noWorkspace() {}

  private func expectEqualLists(_ articles: SparseMatrix, limit: Int) {
    let index = InvertedIndex(articles: articles, jobs: 1)
    let expected = NeighborLists(
      rows: InvertedIndexTests.plainLists(articles, limit: limit), limit: limit)
    for jobs in [1, 3] {
      let lists = index.nearestOfAll(limit: limit, jobs: jobs)
      #expect(InvertedIndexTests.firstDifference(lists, expected) == nil)
    }
    // The same by single queries, which take another way.
    let some = Array(stride(from: 0, to: articles.rowCount, by: 17))
    let single = index.nearest(ofArticles: some, limit: limit, jobs: 2)
    let rows = NeighborLists(rows: some.map { expected[$0] }, limit: limit)
    #expect(InvertedIndexTests.firstDifference(single, rows) == nil)
  }
}
