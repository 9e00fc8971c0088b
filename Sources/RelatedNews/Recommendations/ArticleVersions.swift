/// Which of an article's nearest neighbours are versions of the same text, for every article.
struct ArticleVersions: Sendable {
  private let versions: [Int: [Int]]
  private let count: Int

  /// - Complexity: O(n · k · m), k neighbours, m the terms of an article; most pairs are too far apart.
  ///
  /// - Parameter articles: those whose versions are found, distinct; nil finds everybody's.
  init(
    of articles: [Int]? = nil, in neighborhood: Neighborhood, duplicates: NearDuplicates?, jobs: Int
  ) {
    count = neighborhood.norms.count
    guard let duplicates else {
      versions = [:]
      return
    }
    let ranges = evenRanges(of: articles?.count ?? count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      ranges[piece].map {
        let article = articles?[$0] ?? $0
        return duplicates.versions(of: article, among: neighborhood.lists[article])
      }
    }
    var versions: [Int: [Int]] = [:]
    for (place, found) in parts.joined().enumerated() where !found.isEmpty {
      versions[articles?[place] ?? place] = found
    }
    self.versions = versions
  }

  subscript(article: Int) -> [Int] { versions[article] ?? [] }

  /// Articles that are versions of one text, also by way of a third: ascending, by their first.
  func groups() -> [[Int]] {
    var group = Array(0..<count)
    for (article, others) in versions.sorted(by: { $0.key < $1.key }) {
      for other in others {
        let (a, b) = (Self.root(of: article, in: &group), Self.root(of: other, in: &group))
        group[max(a, b)] = min(a, b)
      }
    }
    var members: [[Int]] = Array(repeating: [], count: count)
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
