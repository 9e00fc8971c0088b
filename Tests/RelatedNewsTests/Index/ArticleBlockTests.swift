import Testing

@testable import RelatedNews

/// What a rebuild makes of terms and articles before blocks meet.
@Suite struct ArticleBlockTests {
  @Test("levels hold every common term once, from the rarest to the commonest, none too large")
  func levels() {
    let articles = Self.manyCommonTerms()
    let common = CommonTerms(of: articles, postings: Postings(of: articles))
    let counts = common.levels.map(\.count)
    #expect(counts.reduce(0, +) == 2_400)
    #expect(counts.count == 2 + 2 && counts.prefix(2).allSatisfy { $0 <= CommonTerms.levelSize })
    #expect(counts.suffix(2) == [CommonTerms.tailSize, CommonTerms.tailSize])
    #expect(common.levels.flatMap { Array($0) } == Array(0..<2_400))
    #expect(common.levelOfRow.count == 2_400)
    for (level, rows) in common.levels.enumerated() {
      for row in rows { #expect(Int(common.levelOfRow[row]) == level) }
    }
  }

  @Test(
    "roles: single terms match nothing, rare ones are ranked by frequency, common ones have rows")
  func roles() {
    let articles = RandomArchive(articles: 1500, terms: 900, longest: 40, seed: 31).matrix()
    let postings = Postings(of: articles)
    let common = CommonTerms(of: articles, postings: postings)
    let frequencies = (0..<articles.termCount).map { postings.range(of: UInt32($0)).count }
    var byRank = [Int?](repeating: nil, count: common.rareCount)
    var byRow = [Int?](repeating: nil, count: common.levels.last?.upperBound ?? 0)
    for (term, role) in common.roles.enumerated() {
      switch (role.denseRow, role.rank) {
      case (let row?, nil):
        #expect(frequencies[term] >= 75 && byRow[row] == nil)
        byRow[row] = frequencies[term]
      case (nil, let rank?):
        #expect(frequencies[term] < 75 && byRank[rank] == nil)
        byRank[rank] = frequencies[term]
      default: #expect(frequencies[term] < 2 && role == .single)
      }
    }
    #expect(byRow.count > 10 && byRow.compactMap(\.self) == byRow.compactMap(\.self).sorted())
    #expect(byRank.count > 10 && byRank.compactMap(\.self).count == byRank.count)
    #expect(byRank.compactMap(\.self) == byRank.compactMap(\.self).sorted(by: >))
  }

  @Test("rows in another order keep what they have")
  func reorder() throws {
    let articles = RandomArchive(articles: 300, terms: 400, longest: 60, seed: 32).matrix()
    let common = CommonTerms(of: articles, postings: Postings(of: articles))
    var free = [UInt32](repeating: 0, count: common.rareCount)
    let block = ArticleBlock(
      of: articles, articles: (20..<230).map { Int32($0) }[...], common: common,
      quantizer: try #require(WeightQuantizer(articles)), free: &free)
    #expect(free.allSatisfy { $0 == 0 })
    var random = SeededNumbers(seed: 33)
    let order = Array(0..<210).shuffled(using: &random)
    var other = block
    other.reorder(RowOrder(oldRows: order))
    #expect(other.articles == order.map { Int32(20 + $0) })
    for (new, old) in order.enumerated() {
      #expect(other.margins[new] == block.margins[old])
      #expect(Row(new, of: other) == Row(old, of: block))
    }
    for block in [block, other] {
      for row in 0..<block.count { #expect(Row(row, of: block) == Row(transposed: row, of: block)) }
    }
    #expect(Row(0, of: block).weights.count > 20)
  }

  /// What a row has, by the ranks of its rare terms and the levels and dense rows of its common ones.
  private struct Row: Equatable {
    var weights: [[Int]: UInt16] = [:]
    var norms: [UInt16]

    init(_ row: Int, of block: ArticleBlock) {
      norms = block.levels.map { $0.norms[row] }
      for place in Int(block.rare.starts[row])..<Int(block.rare.starts[row + 1]) {
        weights[[Int(block.rare.ranks[Int(block.rare.terms[place])])]] = block.rare.weights[place]
      }
      for (level, common) in block.levels.enumerated() {
        for term in common.terms[Int(common.starts[row])..<Int(common.starts[row + 1])] {
          weights[[level, term.offset / CommonTermTiles.width]] = term.weight
        }
      }
    }

    /// The same from postings and tiles.
    init(transposed row: Int, of block: ArticleBlock) {
      norms = block.levels.map { $0.norms[row] }
      for (place, rank) in block.rare.ranks.enumerated() {
        let range = block.rare.postingStarts[place]..<block.rare.postingStarts[place + 1]
        for posting in block.rare.postings[Int(range.lowerBound)..<Int(range.upperBound)]
        where posting.place == row {
          weights[[Int(rank)]] = posting.weight
        }
      }
      let (tile, lane) = (row / CommonTermTiles.width, row % CommonTermTiles.width)
      for (level, common) in block.levels.enumerated() {
        let cells = Int(common.cellStarts[tile])..<Int(common.cellStarts[tile + 1])
        for cell in common.cells[cells] where cell.place % CommonTermTiles.width == lane {
          weights[[level, cell.place / CommonTermTiles.width]] = cell.weight
        }
      }
    }
  }

  /// 400 articles that share 2,400 terms of little weight, and one of their own each.
  private static func manyCommonTerms() -> SparseMatrix {
    var random = SeededNumbers(seed: 34)
    let rows = (0..<400).map { row in
      let terms = (0..<2_400).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
      return SparseVector(
        termIDs: terms.map(UInt32.init) + [UInt32(2_400 + row)],
        weights: terms.map { _ in Float(0.002) } + [1])
    }
    return SparseMatrix(rows: rows, termCount: 2_800)
  }
}
