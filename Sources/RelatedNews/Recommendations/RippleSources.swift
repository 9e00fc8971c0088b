import Foundation

/// Whose lists an update can have changed, told from what it touched.
///
/// A list follows from the article's own vector and neighbours, from its candidates and from their
/// vectors, neighbours and records; and a few words and rules reach further.
struct RippleSources {
  /// Numbers now, ascending.
  private(set) var numbers: [Int] = []
  /// What their lists need, where much of it was made to tell them.
  private(set) var rankings: RippleRankings?
  /// The update, with candidates where the archives keep none.
  private(set) var update: ArchiveUpdate
  private(set) var before: Recommender
  private(set) var now: Recommender
  private var isAffected: [Bool]
  /// Articles that score otherwise than before, on whatever list.
  private let isTouched: [Bool]

  /// - Complexity: O(n · c), c the candidates of an article, and a few scores for each list that the
  ///   change reaches.
  init(of update: ArchiveUpdate, before: Recommender, now: Recommender, jobs: Int) {
    self.update = update
    self.before = before
    self.now = now
    isTouched = zip(update.isChanged, update.isNeighborhoodChanged).map { $0 || $1 }
    isAffected = isTouched
    if isWorldAnother {
      isAffected = isAffected.map { _ in true }
    } else {
      addByNames()
      addByPins()
      addBySection()
    }
    findCandidates(jobs: jobs)
    guard !isWorldAnother, areCandidatesKept else {
      numbers = Array(isAffected.indices)
      rankings = RippleRankings(
        of: self.update, before: self.before, now: self.now, sources: numbers, jobs: jobs)
      return
    }
    addByCandidates(jobs: jobs)
    numbers = isAffected.indices.filter { isAffected[$0] }
  }

  /// Whether everybody's list must be looked at: another floor or other weights.
  private var isWorldAnother: Bool { before.floor != now.floor || !isTouched.contains(false) }

  private var areCandidatesKept: Bool {
    before.keptCandidates != nil && now.keptCandidates != nil
  }

  private mutating func findCandidates(jobs: Int) {
    let (before, now) = (before, now)
    let hasBans = !now.options.rules.bans.isEmpty
    let isWatched = update.numbersNow.enumerated().map { old, number in
      guard let number else { return true }
      return hasBans || isTouched[number] || !before.isListable[old] || !now.isListable[number]
    }
    update = update.withCandidates(
      for: before, isNeeded: isAffected, isWatched: isWatched, jobs: jobs)
    self.before = before.with(update.before)
    self.now = now.with(update.archive)
  }

  private mutating func addByCandidates(jobs: Int) {
    guard let kept = now.keptCandidates else { return }
    let sources = isAffected.indices.filter { number in
      !isAffected[number]
        && (update.areCandidatesChanged[number]
          || kept.candidates.has(number)
            && (kept.listed(of: number)?.contains { isTouched[$0.article] } ?? true))
    }
    rankings = RippleRankings(
      of: update, before: before, now: now,
      sources: isAffected.indices.filter { isAffected[$0] } + sources, jobs: jobs)
    let filter = rankings.flatMap {
      RippleFilter(of: update, before: before, now: now, isTouched: isTouched, rankings: $0)
    }
    for number in filter?.unproven(of: sources, jobs: jobs) ?? sources { isAffected[number] = true }
  }

  /// Lists print the words that readers know; an explanation prints those of neighbours too.
  private mutating func addByNames() {
    guard !update.renamedTerms.isEmpty else { return }
    let archive = update.archive
    var hasRenamed = [Bool](repeating: false, count: archive.count)
    for term in update.renamedTerms {
      let feature = archive.vectorizer.features.featureOfTerm[term]
      guard feature != FeatureSpace.none else {
        isAffected = isAffected.map { _ in true }
        return
      }
      for article in archive.index.articles(having: feature) { hasRenamed[Int(article)] = true }
    }
    for number in isAffected.indices where !isAffected[number] {
      isAffected[number] =
        hasRenamed[number]
        || now.options.explains
          && (archive.neighborhood?.lists[number].contains { hasRenamed[$0.article] } ?? true)
    }
  }

  private mutating func addByPins() {
    for (source, targets) in now.options.rules.pins {
      guard let number = update.archive.number(of: source) else { continue }
      let isOther = targets.contains { target in
        guard let now = update.archive.number(of: target) else {
          return before.archive.number(of: target) != nil
        }
        return isTouched[now]
      }
      if isOther { isAffected[number] = true }
    }
  }

  /// Short lists are filled with the newest of the section.
  private mutating func addBySection() {
    guard now.options.minimumResults > 0 else { return }
    let update = update
    let removed = before.archive.articles.filter { article in
      update.archive.number(of: article.id).map { update.origins[$0] == .new } ?? true
    }
    let new = update.origins.indices.lazy.filter { update.origins[$0] == .new }
      .map { update.archive.articles[$0] }
    let sections = Set((removed + new).compactMap(\.section))
    for number in isAffected.indices where !isAffected[number] {
      isAffected[number] = update.archive.articles[number].section.map(sections.contains) ?? false
    }
  }
}
