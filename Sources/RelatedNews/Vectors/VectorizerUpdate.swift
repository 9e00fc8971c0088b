/// A vectorizer brought up to date: equal to one fitted afresh, and which articles that concerns.
package struct VectorizerUpdate: Sendable {
  package let vectorizer: Vectorizer
  /// Beside each feature of before its number now; `FeatureSpace.none` where it is none any more.
  /// Ascending.
  package let newFeatures: [UInt32]
  /// Beside each pair of before its place among the pairs now, or `FeatureSpace.none`. Ascending.
  package let newPairs: [UInt32]
  /// Beside each article, by its number now, whether its vector or that of any part of it may differ
  /// from before: a feature more, less, or of another weight, or other words.
  package let isChanged: [Bool]
}

extension Vectorizer {
  /// The vectorizer of an archive whose articles changed; nil where everything changes, as where the
  /// number of articles passes a power of two, or where the options ask for a fit from scratch.
  ///
  /// - Parameters:
  ///   - articlesHaving: the articles of before that have a feature, by their numbers then.
  /// - Complexity: O(t) at memory speed, t the terms of all articles, and the postings of the
  ///   features that change.
  package func updated(
    from old: AnalyzedArchive, by update: AnalysisUpdate, origins: [ArticleOrigin],
    articlesHaving: @escaping (UInt32) -> ArraySlice<Int32>, jobs: Int
  ) -> VectorizerUpdate? {
    guard keepsStill(from: old.sequences.articleCount, to: origins.count),
      features.termOfFeature.count == old.vocabulary.count
    else { return nil }
    let changes = SequenceChanges(from: old, by: update, origins: origins)
    var isChanged = changes.isIncoming
    func markArticles(having feature: Int) {
      for article in articlesHaving(UInt32(feature)) {
        let now = changes.newNumbers[Int(article)]
        if now >= 0 { isChanged[now] = true }
      }
    }
    let terms = changes.termFrequencies(before: features)
    var newFeatures = update.newTerms
    var newPairs: [UInt32] = []
    var keptPairs: (keys: [UInt64], frequencies: [Int])?
    var found: [UInt64: [Int]] = [:]
    if let table = features.levels.first {
      let pairs = PairChanges(
        of: table, frequencies: features.documentFrequencies[features.levelStarts[1]...],
        changes: changes, minimum: options.minimumNgramFrequency, jobs: jobs)
      newPairs = pairs.newPlaces
      newFeatures += newPairs.map { $0 == FeatureSpace.none ? $0 : $0 + UInt32(terms.count) }
      for article in pairs.articlesOfNewPairs { isChanged[article] = true }
      for place in pairs.droppedPlaces { markArticles(having: features.levelStarts[1] + place) }
      keptPairs = (pairs.keys, pairs.frequencies)
      found = pairs.found
    }
    let space = FeatureSpace(termFrequencies: terms, pairs: keptPairs)
    let runs = sharedRuns.map {
      RunChanges(
        of: $0, changes: changes, features: features, found: found, articlesHaving: articlesHaving)
    }
    for article in runs?.articles ?? [] { isChanged[article] = true }
    let vectorizer = Vectorizer(
      features: space, sharedRuns: runs?.runs, options: options, articleCount: origins.count)
    for (feature, now) in newFeatures.enumerated() where now != FeatureSpace.none {
      if idf(feature) != vectorizer.idf(Int(now))
        || idf(feature, side: .query) != vectorizer.idf(Int(now), side: .query)
      {
        markArticles(having: feature)
      }
    }
    return VectorizerUpdate(
      vectorizer: vectorizer, newFeatures: newFeatures, newPairs: newPairs, isChanged: isChanged)
  }

  /// Whether most weights stay as they are when the archive grows from `before` to `now` articles,
  /// and the features of an article can be told from its row.
  private func keepsStill(from before: Int, to now: Int) -> Bool {
    let schemes = [options.weighting.articles, options.weighting.queries]
    return before > 0 && now > 0
      && schemes.allSatisfy {
        [.none, .smoothed, .graded].contains($0.documentFrequency)
          && $0.inverseDocumentFrequency(1, of: before) == $0.inverseDocumentFrequency(1, of: now)
      }
      && ArticleField.allCases.allSatisfy { options.weight(of: $0) > 0 }
      && options.minimumNgram == 1 && options.maximumNgram <= 2
      && options.minimumDocumentFrequency.articles(of: before) <= 1
      && options.minimumDocumentFrequency.articles(of: now) <= 1
      && options.maximumDocumentFrequency == .share(1)
  }
}
