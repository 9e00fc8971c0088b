/// What a score is worth: for bands of the score, the share of judged articles that is relevant.
///
/// Where people named the relevant articles only and nothing is judged irrelevant, that share would
/// be 1 everywhere: then unjudged articles count as irrelevant.
package struct ScoreCalibration: Sendable {
  /// A tenth of the articles, by score.
  package struct Band: Sendable {
    package let scores: ClosedRange<Double>
    /// How many articles count here.
    package let judged: Int
    package let relevant: Int

    package var share: Double { Double(relevant) / Double(judged) }
  }

  /// From low scores to high ones; of equal size, but equal scores stay together.
  package let bands: [Band]
  /// Whether unjudged articles count as irrelevant.
  package let countsUnjudged: Bool

  /// - Parameter depth: how far down each list to look.
  package init(of run: Run, judgedBy judgments: Judgments, depth: Int = 20, count: Int = 10) {
    let listed = judgments.queries.flatMap { query in
      zip(run.ranking(of: query), run.scores(of: query)).prefix(depth).map { article, score in
        (score: score, grade: judgments.grade(of: article, for: query) ?? JudgedRanking.unpooled)
      }
    }
    let countsUnjudged = !listed.contains { $0.grade == 0 }
    self.countsUnjudged = countsUnjudged
    let entries = listed.filter { countsUnjudged || $0.grade >= 0 }
      .map { (score: $0.score, isRelevant: $0.grade > 0) }.sorted { $0.score < $1.score }
    var bands: [Band] = []
    var start = 0
    for index in 1...max(1, count) {
      var end = entries.count * index / count
      while end > start, end < entries.count, entries[end].score == entries[end - 1].score {
        end += 1
      }
      guard end > start else { continue }
      let band = entries[start..<end]
      bands.append(
        Band(
          scores: entries[start].score...entries[end - 1].score, judged: band.count,
          relevant: band.count(where: \.isRelevant)))
      start = end
    }
    self.bands = bands
  }
}

/// What stands at each rank: how much of it is relevant, how much was judged.
package struct RankProfile: Sendable {
  package struct Rank: Sendable {
    package let rank: Int
    /// How many lists reach so far.
    package let count: Int
    package let judged: Int
    package let relevant: Int
    /// Precision at this rank: relevant articles down to here, over all places.
    package let precision: Double
  }

  package let ranks: [Rank]

  package init(of run: Run, judgedBy judgments: Judgments, depth: Int = 10) {
    var (count, judged, relevant) = (
      [Int](repeating: 0, count: depth), [Int](repeating: 0, count: depth),
      [Int](repeating: 0, count: depth)
    )
    let queries = judgments.queries.filter { query in
      judgments.judged(for: query)?.grades.contains { $0 > 0 } ?? false
    }
    for query in queries {
      for (index, article) in run.ranking(of: query).prefix(depth).enumerated() {
        count[index] += 1
        guard let grade = judgments.grade(of: article, for: query), grade >= 0 else { continue }
        judged[index] += 1
        if grade > 0 { relevant[index] += 1 }
      }
    }
    var found = 0
    ranks = (0..<depth).map { index in
      found += relevant[index]
      let places = max(1, queries.count * (index + 1))
      return Rank(
        rank: index + 1, count: count[index], judged: judged[index], relevant: relevant[index],
        precision: Double(found) / Double(places))
    }
  }
}
