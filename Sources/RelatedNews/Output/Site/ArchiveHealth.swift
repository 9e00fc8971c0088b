import Foundation

/// How well an archive's boxes are filled and linked: what a newsroom should look at.
package struct ArchiveHealth: Sendable {
  /// An article in many boxes.
  package struct Hub: Sendable, Hashable {
    package let article: Int
    package let boxes: Int
  }

  /// A suggestion, by the positions of both articles, and how many days later the target is.
  package struct Link: Sendable, Hashable {
    package let source: Int
    package let target: Int
    package let days: Double
  }

  /// Boxes with as many entries as asked for, with fewer, with none; their articles by position.
  package let full: [Int]
  package let short: [Int]
  package let empty: [Int]
  /// The articles in nobody's box.
  package let orphans: [Int]
  /// The articles in more boxes than `hubThreshold`, the fullest first.
  package let hubs: [Hub]
  /// Four times a full box: every article that shows up so often takes the place of others.
  package let hubThreshold: Int
  /// The articles most often suggested, hubs or not.
  package let mostLinked: [Hub]
  /// Which boxes an article is in, by position.
  package let inbound: [[Int]]
  /// The suggestions that reach furthest back, and furthest forward.
  package let oldestLinks: [Link]
  package let newestLinks: [Link]
  /// How many suggestions score in each twentieth from 0 to 1.
  package let scoreCounts: [Int]
  package var linkCount: Int { scoreCounts.reduce(0, +) }

  /// - Parameters:
  ///   - articles: whose boxes they are, by position.
  ///   - targets: the positions in each box with their scores; what only fills a box scores 0.
  /// - Complexity: O(l log l), l the suggestions.
  package init(articles: [Article], targets: [[(article: Int, score: Float)]], limit: Int) {
    full = targets.indices.filter { targets[$0].count >= limit }
    short = targets.indices.filter { (1..<max(2, limit)).contains(targets[$0].count) && limit > 1 }
    empty = targets.indices.filter { targets[$0].isEmpty }
    var inbound = [[Int]](repeating: [], count: articles.count)
    var links: [Link] = []
    var scoreCounts = [Int](repeating: 0, count: 20)
    for (source, entries) in targets.enumerated() {
      for (target, score) in entries {
        inbound[target].append(source)
        if score > 0 { scoreCounts[Int(min(19, score * 20))] += 1 }
        if let from = articles[source].published, let to = articles[target].published {
          links.append(
            Link(source: source, target: target, days: to.timeIntervalSince(from) / 86_400))
        }
      }
    }
    self.inbound = inbound
    self.scoreCounts = scoreCounts
    orphans = inbound.indices.filter { inbound[$0].isEmpty }
    hubThreshold = 4 * limit
    let linked = inbound.indices.map { Hub(article: $0, boxes: inbound[$0].count) }
      .sorted { $0.boxes == $1.boxes ? $0.article < $1.article : $0.boxes > $1.boxes }
    hubs = linked.filter { $0.boxes > 4 * limit }
    mostLinked = Array(linked.prefix(10).filter { $0.boxes > 0 })
    let byDays = links.sorted {
      $0.days == $1.days ? ($0.source, $0.target) < ($1.source, $1.target) : $0.days < $1.days
    }
    oldestLinks = Array(byDays.prefix(5).filter { $0.days < 0 })
    newestLinks = Array(byDays.reversed().prefix(5).filter { $0.days > 0 })
  }
}
