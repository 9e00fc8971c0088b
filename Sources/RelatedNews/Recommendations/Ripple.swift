import Foundation

/// The lists that an update changed, and only those: when a story lands, these pages are written anew.
///
///     let ripple = Ripple(of: update, options: options, jobs: 4)
///     let changes = ripple.changes(jobs: 4) { $0 != $1 }
///
/// Equal to the difference of two full rebuilds, before and after. Which lists *can* differ follows
/// from what the update touched; they are made twice, before and now, and compared.
package struct Ripple: Sendable {
  /// Articles (their numbers now) whose list can differ from before, ascending.
  package let affected: [Int]
  private let update: ArchiveUpdate
  private let before: Recommender
  private let now: Recommender
  private let rankings: RippleRankings?

  /// - Parameter options: of the lists; embargoes and expiries are judged by one moment, before and
  ///   after.
  package init(of update: ArchiveUpdate, options: RecommendationOptions, jobs: Int) {
    var options = options
    options.now = options.now ?? Date()
    let sources = RippleSources(
      of: update, before: Recommender(archive: update.before, options: options, jobs: jobs),
      now: Recommender(archive: update.archive, options: options, jobs: jobs), jobs: jobs)
    self.update = sources.update
    before = sources.before
    now = sources.now
    affected = sources.numbers
    rankings = sources.rankings
  }

  /// The changes in the input order of the archive as it is; lists that are gone come last.
  ///
  /// - Parameter areDifferent: whether two lists of one article differ, such as in what is printed.
  package func changes(
    jobs: Int, where areDifferent: (RecommendationList, RecommendationList) -> Bool
  ) -> [ListChange] {
    var isAffected = [Bool](repeating: false, count: update.archive.count)
    for number in affected { isAffected[number] = true }
    let numbers = update.archive.inputOrder.filter { isAffected[$0] }
    let removed = update.before.inputOrder.filter {
      update.archive.number(of: update.before.articles[$0].id) == nil
    }
    let previous = numbers.map(update.previousNumber)
    func lists(
      of numbers: [Int], by recommender: Recommender, _ ranking: CandidateRanking?
    ) -> [RecommendationList] {
      Rebuild(of: numbers, by: recommender, ranking: ranking, jobs: jobs)
        .lists(at: numbers.indices, jobs: jobs)
    }
    let newLists = lists(of: numbers, by: now, rankings?.now)
    var oldLists = lists(
      of: previous.compactMap { $0 } + removed, by: before, rankings?.before)[...]
    var changes: [ListChange] = []
    for (list, previous) in zip(newLists, previous) {
      let old = previous == nil ? nil : oldLists.popFirst()
      if let old, !areDifferent(old, list) { continue }
      changes.append(ListChange(before: old, now: list))
    }
    return changes + oldLists.map { ListChange(before: $0, now: nil) }
  }
}

/// How one list changed.
package struct ListChange: Sendable, Hashable {
  /// Nil for a new article.
  package let before: RecommendationList?
  /// Nil for an article that was removed.
  package let now: RecommendationList?

  package var id: String { now?.id ?? before?.id ?? "" }

  /// The entries that were not there before, with their ranks now.
  package var entered: [(rank: Int, item: Recommendation)] { Self.entries(of: now, notIn: before) }

  /// The entries that are gone, with their ranks before.
  package var left: [(rank: Int, item: Recommendation)] { Self.entries(of: before, notIn: now) }

  private static func entries(
    of list: RecommendationList?, notIn other: RecommendationList?
  ) -> [(rank: Int, item: Recommendation)] {
    let others = Set((other?.items ?? []).map { Data($0.article.id.utf8) })
    return (list?.items ?? []).enumerated().compactMap { index, item in
      others.contains(Data(item.article.id.utf8)) ? nil : (index + 1, item)
    }
  }
}

extension ArchiveUpdate {
  /// The number before of the article of the same id, also of one that was replaced.
  func previousNumber(of number: Int) -> Int? {
    origins[number].oldNumber ?? before.number(of: archive.articles[number].id)
  }
}
