/// A vectorizer brought up to date: equal to one fitted afresh, and which articles that concerns.
package struct VectorizerUpdate: Sendable {
  package let vectorizer: Vectorizer
  /// Beside each feature of before its number now; `FeatureSpace.none` where it is none any more.
  /// Ascending.
  package let newFeatures: [UInt32]
  /// Beside each pair of before its place among the pairs now, or `FeatureSpace.none`. Ascending.
  package let newPairs: [UInt32]
  /// Beside each article, by its number now, whether its vector or that of any part of it may be another
  /// than before: a feature of another weight, or other words.
  package let isChanged: [Bool]
}

extension Vectorizer {
  /// The vectorizer of an archive whose articles changed; nil where everything changes, as where the
  /// number of settled articles makes a large step or passes a power of two, where the options ask for
  /// a fit from scratch, or where counts do not add up, as in an index file that contradicts itself.
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
    let settledNow = SettledNumbers(of: origins.count, options)
    let settled = SettledSequenceChanges(
      changes, before: SettledNumbers(of: articleCount, options), now: settledNow)
    let terms = changes.termFrequencies(before: features)
    let pairs = features.levels.first.map {
      PairChanges(
        of: $0, frequencies: features.settledFrequencies[features.levelStarts[1]...],
        changes: changes, settled: settled, minimum: options.minimumNgramFrequency, jobs: jobs)
    }
    let newPairs = pairs?.newPlaces ?? []
    let newFeatures =
      update.newTerms
      + newPairs.map { $0 == FeatureSpace.none ? $0 : $0 + UInt32(terms.count) }
    guard terms.allSatisfy({ $0 > 0 }) else { return nil }
    let space = FeatureSpace(
      terms: FeatureSpace.Frequencies(terms),
      pairs: pairs.map { FeatureSpace.Frequencies($0.frequencies) }, keys: pairs?.keys ?? []
    ).counting(unsettled: settledNow.first, of: changes.now)
    guard space.settledFrequencies.allSatisfy({ $0 >= 0 }) else { return nil }
    let runs = sharedRuns.flatMap {
      RunChanges(
        of: $0, changes: changes, settled: settled, features: features, found: pairs?.found ?? [:],
        articlesHaving: articlesHaving)
    }
    guard (runs == nil) == (sharedRuns == nil) else { return nil }
    let vectorizer = Vectorizer(
      features: space, sharedRuns: runs?.runs, options: options, articleCount: origins.count)
    var reached = ReachedArticles(changes: changes, articlesHaving: articlesHaving)
    reached.change(runs?.articles ?? [])
    for articles in pairs?.newPairs ?? [] { reached.change(articles) }
    for place in pairs?.droppedPlaces ?? [] {
      reached.change(reached.articles(having: features.levelStarts[1] + place))
    }
    for (feature, now) in newFeatures.enumerated() {
      if now == FeatureSpace.none {
        guard reached.articles(having: feature).allSatisfy({ reached.isChanged[$0] }) else {
          return nil
        }
      } else if idf(feature) != vectorizer.idf(Int(now))
        || idf(feature, side: .query) != vectorizer.idf(Int(now), side: .query)
      {
        reached.change(reached.articles(having: feature))
      }
    }
    return VectorizerUpdate(
      vectorizer: vectorizer, newFeatures: newFeatures, newPairs: newPairs,
      isChanged: reached.isChanged)
  }

  /// Whether most weights stay as they are when the archive grows from `before` to `now` articles,
  /// and the features of an article can be told from its row.
  private func keepsStill(from before: Int, to now: Int) -> Bool {
    let schemes = [options.weighting.articles, options.weighting.queries]
    let step = options.settledCount(of: now) - options.settledCount(of: before)
    return before > 0 && now > 0 && abs(step) <= Self.largestStep
      && schemes.allSatisfy {
        [.none, .smoothed, .graded].contains($0.documentFrequency)
          && $0.inverseDocumentFrequency(1, of: options.settledCount(of: before))
            == $0.inverseDocumentFrequency(1, of: options.settledCount(of: now))
      }
      && ArticleField.allCases.allSatisfy { options.weight(of: $0) > 0 }
      && options.minimumNgram == 1 && options.maximumNgram <= 2
      && options.minimumDocumentFrequency.articles(of: before) <= 1
      && options.minimumDocumentFrequency.articles(of: now) <= 1
      && options.maximumDocumentFrequency == .share(1)
  }

  /// A step that settles more articles at once changes the weights of most.
  private static let largestStep = 16
}

/// The articles that a change reaches, by their numbers now.
private struct ReachedArticles {
  let changes: SequenceChanges
  let articlesHaving: (UInt32) -> ArraySlice<Int32>
  /// As in `VectorizerUpdate`.
  private(set) var isChanged: [Bool]

  init(changes: SequenceChanges, articlesHaving: @escaping (UInt32) -> ArraySlice<Int32>) {
    self.changes = changes
    self.articlesHaving = articlesHaving
    isChanged = changes.isIncoming
  }

  /// Those of the articles that stay that had a feature of before.
  func articles(having feature: Int) -> [Int] {
    articlesHaving(UInt32(feature)).map { changes.newNumbers[Int($0)] }.filter { $0 >= 0 }
  }

  mutating func change(_ articles: [Int]) { for article in articles { isChanged[article] = true } }
}
