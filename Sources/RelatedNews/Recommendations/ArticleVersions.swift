/// Which of an article's nearest neighbours are versions of the same text, for every article.
struct ArticleVersions: Sendable {
  /// Beside each article where its versions stand in `members`; the last one is their number.
  private let starts: [Int32]
  private let members: [Int32]

  /// - Complexity: O(n · k · m), k neighbours, m the terms of an article; most pairs are too far apart.
  ///
  /// - Parameters:
  ///   - articles: those whose versions are found, distinct, ascending; nil finds everybody's.
  ///   - known: the versions of an article where somebody knows them.
  init(
    of articles: [Int]? = nil, in neighborhood: Neighborhood, duplicates: NearDuplicates?,
    jobs: Int, known: (@Sendable (Int) -> [Int]?)? = nil
  ) {
    let count = neighborhood.norms.count
    guard let duplicates else {
      starts = [Int32](repeating: 0, count: count + 1)
      members = []
      return
    }
    let ranges = evenRanges(of: articles?.count ?? count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      ranges[piece].map {
        let article = articles?[$0] ?? $0
        return known?(article)
          ?? duplicates.versions(of: article, among: neighborhood.lists[article])
      }
    }
    var starts: [Int32] = []
    var members: [Int32] = []
    starts.reserveCapacity(count + 1)
    for (place, found) in parts.joined().enumerated() where !found.isEmpty {
      let article = articles?[place] ?? place
      while starts.count <= article { starts.append(Int32(members.count)) }
      members += found.map(Int32.init)
    }
    while starts.count <= count { starts.append(Int32(members.count)) }
    self.starts = starts
    self.members = members
  }

  /// Whether an article has versions.
  func hasAny(_ article: Int) -> Bool { starts[article] < starts[article + 1] }

  subscript(article: Int) -> [Int] {
    let range = Int(starts[article])..<Int(starts[article + 1])
    return range.isEmpty ? [] : members[range].map(Int.init)
  }

  /// Articles that are versions of one text, also by way of a third: ascending, by their first.
  func groups() -> [[Int]] {
    let articles = 0..<starts.count - 1
    var group = Array(articles)
    for article in articles {
      for other in self[article] {
        let (a, b) = (Self.root(of: article, in: &group), Self.root(of: other, in: &group))
        group[max(a, b)] = min(a, b)
      }
    }
    var members: [[Int]] = Array(repeating: [], count: articles.count)
    for article in group.indices { members[Self.root(of: article, in: &group)].append(article) }
    return members.filter { $0.count > 1 }
  }

  private static func root(of article: Int, in group: inout [Int]) -> Int {
    var article = article
    while group[article] != article {
      group[article] = group[group[article]]
      article = group[article]
    }
    return article
  }
}
