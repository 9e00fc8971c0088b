/// One ranking as the judges see it: `[2, -1, 0]` is a first article of grade 2, a second that
/// nobody judged, a third judged irrelevant. All measures are functions of this.
package struct JudgedRanking: Sendable, Hashable {
  /// The grade of each retrieved article, best ranked first; `unpooled` or `unjudged` without one.
  package let grades: [Int]
  /// How many articles the judges gave each grade from 0 on: the highest grade is the last.
  package let gradeCounts: [Int]
  /// From this grade on an article is relevant.
  package let relevanceLevel: Int
  /// How many articles there are at all; 0 unless known.
  package let collectionSize: Int
  /// How many retrieved articles are relevant.
  package let relevantRetrieved: Int
  /// How many relevant articles there are.
  package let relevant: Int

  /// Nobody looked at the article.
  package static let unpooled = -1
  /// The article was picked for judging but was not judged (as infAP samples a pool).
  package static let unjudged = -2

  /// - Precondition: no grade is below `unjudged`.
  package init(
    grades: [Int], gradeCounts: [Int], relevanceLevel: Int = 1, collectionSize: Int = 0
  ) {
    self.grades = grades
    // Without an article the highest grade is no grade.
    self.gradeCounts = Array(gradeCounts[..<((gradeCounts.lastIndex { $0 > 0 } ?? -1) + 1)])
    self.relevanceLevel = relevanceLevel
    self.collectionSize = collectionSize
    relevantRetrieved = grades.count { $0 >= 0 && $0 >= relevanceLevel }
    relevant = gradeCounts.indices.reduce(0) { sum, grade in
      sum + (grade >= relevanceLevel ? gradeCounts[grade] : 0)
    }
  }

  /// A ranking of one article that nobody judged: what trec_eval takes a missing list for.
  static func missing(
    _ judged: JudgedArticles, _ options: JudgingOptions
  ) -> JudgedRanking {
    JudgedRanking(
      grades: [unpooled], gradeCounts: judged.gradeCounts, relevanceLevel: options.relevanceLevel,
      collectionSize: options.collectionSize)
  }

  init(
    _ entries: ArraySlice<Run.Entry>, of run: Run, judged: JudgedArticles, _ options: JudgingOptions
  ) {
    let span = run.bytes.span
    var grades: [Int] = []
    grades.reserveCapacity(entries.count)
    for entry in entries.prefix(options.maximumResults) {
      let grade = judged.grade(of: span.extracting(entry.range))
      grades.append(grade.map { $0 < 0 ? Self.unjudged : $0 } ?? Self.unpooled)
    }
    self.init(
      grades: options.judgedOnly ? grades.filter { $0 >= 0 } : grades,
      gradeCounts: judged.gradeCounts, relevanceLevel: options.relevanceLevel,
      collectionSize: options.collectionSize)
  }

  package func isRelevant(_ grade: Int) -> Bool { grade >= 0 && grade >= relevanceLevel }
}

/// What counts when a ranking meets judgments: trec_eval's options.
package struct JudgingOptions: Sendable, Hashable {
  /// `-l`: from this grade on an article is relevant.
  package var relevanceLevel = 1
  /// `-M`: the rest of a list is left out.
  package var maximumResults = Int.max
  /// `-J`: articles that nobody judged are left out before anything is measured.
  package var judgedOnly = false
  /// `-N`: how many articles there are, for `utility`.
  package var collectionSize = 0

  package init() {}
}

extension JudgedArticles {
  /// How many articles have each grade from 0 on.
  var gradeCounts: [Int] {
    var counts = [Int](repeating: 0, count: max(0, (grades.max() ?? 0) + 1))
    for grade in grades where grade >= 0 { counts[grade] += 1 }
    return counts
  }
}
