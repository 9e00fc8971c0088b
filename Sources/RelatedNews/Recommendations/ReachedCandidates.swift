extension ArchiveUpdate {
  /// The update with the candidates of the articles whose candidates it may reach, before and now, where
  /// the archives keep none that fit: for a `Ripple`.
  ///
  /// Only lists that may name somebody who scores otherwise, or may get to, are found. The others are the
  /// same before and now, with the same scores all over, and stay unknown. Which these are is told by
  /// what last candidates score, where the archive keeps that; else everybody meets everybody in bounds,
  /// as in a rebuild.
  /// - Parameters:
  ///   - before: of the lists wanted; its archive is the one of before.
  ///   - isNeeded: articles, by their numbers now, whose candidates are wanted whatever they are.
  ///   - isWatched: articles of before that score otherwise now, or may be refused.
  /// - Complexity: two searches for each list that is found, and the postings of whoever is watched or,
  ///   for want of floors, a search of all neighbours without the scores.
  func withCandidates(
    for before: Recommender, isNeeded: [Bool], isWatched: [Bool], jobs: Int
  ) -> ArchiveUpdate {
    guard let rowChange, before.keptCandidates == nil,
      archive.vectorizer.options.weighting.isSymmetric, !before.options.eligibility.dependsOnTime
    else { return self }
    let recency = before.options.recency
    let weight = CandidateLists.weight(of: archive.articles, recency: recency)
    // Nil where they are so many that who is reached costs more to tell than to score.
    let arrivals =
      CandidatesByScore.areFew(rowChange.changed.count, among: archive.count)
      ? CandidatesByScore(rowChange.changed, in: archive.index, weight: weight, jobs: jobs) : nil
    let (lists, isKnown) =
      candidatesByFloors(
        for: before, isNeeded: isNeeded, isWatched: isWatched, arrivals: arrivals, jobs: jobs)
      ?? self.before.index.nearestOfAll(
        limit: before.options.ranking.candidates, jobs: jobs,
        weightedBy: CandidateLists.weight(of: self.before.articles, recency: recency)
      ) { list in
        guard let arrivals, let now = numbersNow[list.row], !isNeeded[now] else { return true }
        var sums = arrivals.makeSums()
        return list.articles.contains { isWatched[Int($0)] }
          || arrivals.hasAny(of: now, from: list.least, sums: &sums)
      }
    let update = lists.updated(
      after: rowChange, scores: arrivals?.scores, index: archive.index, isKnown: isKnown,
      jobs: jobs, weightedBy: weight)
    return ArchiveUpdate(
      before: self.before.with(
        CandidateLists(lists: lists, recency: recency, isKnown: isKnown)),
      archive: archive.with(
        CandidateLists(
          lists: update.lists, recency: recency,
          isKnown: origins.map { $0.oldNumber.map { isKnown[$0] } ?? true })),
      remarks: remarks, origins: origins, isChanged: isChanged,
      isNeighborhoodChanged: isNeighborhoodChanged, areCandidatesChanged: update.isChanged,
      renamedTerms: renamedTerms, newFeatures: newFeatures, rowChange: rowChange)
  }

  /// The candidates of before of those articles whose candidates the update may reach; nil where the
  /// archive does not keep the floors that tell, or so many are watched or changed that a search of all is
  /// quicker.
  private func candidatesByFloors(
    for recommender: Recommender, isNeeded: [Bool], isWatched: [Bool], arrivals: CandidatesByScore?,
    jobs: Int
  ) -> (lists: NeighborLists, isKnown: [Bool])? {
    let options = recommender.options
    let watched = isWatched.indices.filter { isWatched[$0] }
    guard let floors = before.candidateFloors, floors.limit == options.ranking.candidates,
      floors.recency == options.recency, let arrivals,
      CandidatesByScore.areFew(watched.count, among: before.count)
    else { return nil }
    let weight = CandidateLists.weight(of: before.articles, recency: floors.recency)
    let candidates = CandidatesByScore(watched, in: before.index, weight: weight, jobs: jobs)
    let ranges = evenRanges(of: before.count, pieces: jobs * 8)
    let isKnown = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var sums = (watched: candidates.makeSums(), arrivals: arrivals.makeSums())
      return ranges[piece].map { old in
        guard let now = numbersNow[old], !isNeeded[now] else { return true }
        return candidates.hasAny(of: old, from: floors.floor(of: old), sums: &sums.watched)
          || arrivals.hasAny(of: now, from: floors.floor(of: old), sums: &sums.arrivals)
      }
    }.flatMap { $0 }
    let known = isKnown.indices.filter { isKnown[$0] }
    let found = before.index.nearest(
      ofArticles: known, limit: floors.limit, jobs: jobs, weightedBy: weight)
    var rows = [[Neighbor]](repeating: [], count: before.count)
    for (place, row) in known.enumerated() { rows[row] = found[place] }
    return (NeighborLists(rows: rows, limit: floors.limit), isKnown)
  }
}

extension Archive {
  /// The same archive with these candidates.
  ///
  /// - Precondition: it keeps its neighbours and its floor.
  fileprivate func with(_ candidates: CandidateLists) -> Archive {
    guard let neighborhood, let floor else { return self }
    return with(neighborhood: neighborhood, candidates: candidates, floor: floor)
  }
}
