import Foundation
import Testing

@testable import RelatedNews

/// The fast paths of the second look against plain twins.
@Suite struct SecondLookTests {
  private static let archive = Archive.build(RandomNews(seed: 21).articles(150), jobs: 2)

  @Test("relatedness is made of what the plain formulas say, for many lists and for few")
  func parts() {
    let archive = Self.archive
    var options = RankingOptions()
    options.neighbors = 4
    let many = CandidateRanking(archive: archive, options: options, nearDuplicate: 0.9, jobs: 2)
    let few = CandidateRanking(archive: archive, options: options, nearDuplicate: 0.9)
    let twin = PlainRelatedness(archive: archive, options: options)
    let recommender = Recommender(archive: archive)
    var (manyScratch, fewScratch) = (many.makeScratch(), few.makeScratch())
    var passages = 0
    for source in 0..<archive.count {
      let query = recommender.source(number: source)
      let targets = (0..<archive.count).filter { ($0 + source) % 3 > 0 && $0 != source }
      let expected = targets.map { twin.parts(of: $0, for: source) }
      #expect(many.parts(of: targets, for: query, scratch: &manyScratch) == expected)
      #expect(few.parts(of: targets, for: query, scratch: &fewScratch) == expected)
      passages += expected.count { $0.passage > 0 && $0.expanded > 0 && $0.support > 0 }
    }
    #expect(passages > 1000, "the comparison is of something")
  }

  @Test(
    "who is passed over could not have been listed",
    arguments: [(1, 0, 0.9), (5, 0, 0.9), (5, 0.2, nil), (3, 0.1, 0.3)]
      as [(Int, Double, Double?)])
  func leadingGroups(limit: Int, hubPenalty: Double, nearDuplicate: Double?) {
    let archive = Archive.build(RandomNews(seed: 23).articles(240), jobs: 2)
    var options = RecommendationOptions()
    options.limit = limit
    options.minimumScore = 0.05
    options.nearDuplicate = nearDuplicate
    options.ranking.hubPenalty = hubPenalty
    let recommender = Recommender(archive: archive, options: options)
    let ranking = CandidateRanking(
      archive: archive, options: options.ranking, nearDuplicate: nearDuplicate, jobs: 2)
    var scratch = ranking.makeScratch()
    var passedOver = 0
    for number in 0..<archive.count {
      let source = recommender.source(number: number)
      let factor = recommender.factor(for: source)
      let candidates = archive.index.nearest(to: source.vector, limit: 30, weightedBy: factor)
      let scored = ranking.scores(of: candidates, for: source, scratch: &scratch, factor: factor)
      let all = ranking.groups(of: scored, for: source, scratch: &scratch).groups
      let leading = ranking.leadingGroups(
        of: candidates, for: source, limit: limit, scratch: &scratch, factor: factor,
        isGood: recommender.isGoodEnough
      ).groups
      #expect(
        leading.filter { recommender.isGoodEnough($0.best) }.prefix(limit)
          == all.filter { recommender.isGoodEnough($0.best) }.prefix(limit))
      passedOver += all.count - leading.count
    }
    #expect(passedOver > archive.count, "\(passedOver)")
  }

  @Test(
    "a list without the neighbours of some candidates is the list, or none",
    arguments: [(1, 0.9), (3, 0.3), (2, nil)] as [(Int, Double?)])
  func leadingLists(limit: Int, nearDuplicate: Double?) {
    let articles = RandomNews(seed: 24).articles(240)
    let archive = Archive.build(articles, jobs: 2)
    var options = RecommendationOptions()
    options.limit = limit
    options.minimumScore = 0.05
    options.nearDuplicate = nearDuplicate
    let recommender = Recommender(archive: archive, options: options)
    var random = SeededNumbers(seed: 25)
    var made = 0
    for number in 0..<archive.count {
      let source = recommender.source(number: number)
      let factor = recommender.factor(for: source)
      let candidates = archive.index.nearest(to: source.vector, limit: 30, weightedBy: factor)
      let start = Int.random(in: 0...candidates.count, using: &random)
      let others = Set(candidates[start...].map(\.article))
      guard let list = recommender.list(for: source, leavingOut: others) else { continue }
      #expect(list == recommender.list(for: source))
      made += others.isEmpty ? 0 : 1
    }
    #expect(made > 20, "\(made)")
  }

  @Test("the terms that tell most are those of a full sort")
  func tellingTerms() {
    let archive = Self.archive
    for source in 0..<archive.count {
      for target in 0..<archive.count where target != source {
        let (a, b) = (archive.index.articles[source], archive.index.articles[target])
        let sorted = a.products(with: b)
          .sorted { ($0.product, $1.feature) > ($1.product, $0.feature) }
        var named: [[Int]] = []
        for entry in sorted where named.count < 3 {
          let terms = archive.vectorizer.features.terms(of: Int(entry.feature))
          if named.contains(where: { phrase in terms.allSatisfy(phrase.contains) }) { continue }
          named.removeAll { word in word.allSatisfy(terms.contains) }
          named.append(terms)
        }
        #expect(archive.tellingTerms(a, b) == named.map(archive.name(ofTerms:)))
      }
    }
  }

  @Test("a sketch never bounds what two articles have in common too low")
  func sketches() {
    var random = SeededNumbers(seed: 22)
    var tightest = 1.0
    for _ in 0..<400 {
      let common = (0..<Int.random(in: 0...150, using: &random)).map { _ in random.next() }
      let sets = (0..<2).map { _ in
        common + (0..<Int.random(in: 0...100, using: &random)).map { _ in random.next() }
      }
      let containment = NearDuplicates.containment(
        Set(sets[0]).sorted(), Set(sets[1]).sorted())
      // Repeated shingles are counted, not told apart.
      let bound = ShingleSketch.greatestContainment(
        ShingleSketch(of: sets[0] + sets[0].prefix(9)), ShingleSketch(of: sets[1]))
      #expect(bound >= containment - 1e-12)
      tightest = min(tightest, bound)
    }
    #expect(tightest < 0.3, "most pairs are told apart")
  }

  @Test("sketches that are carried over find the versions that new ones find")
  func carriedSketches() {
    var news = ChangingNews(seed: 9, start: 120, isScattered: true)
    var archive = Archive.build(news.articles, isKept: true, jobs: 2)
    var found = 0
    for step in 0..<12 {
      let change = news.step()
      let before = NearDuplicates(threshold: 0.8, sequences: archive.analysis.sequences)
      let update = archive.updated(
        adding: change.adding, removing: change.removing, localShare: 1, jobs: 2)
      let oldCount = archive.analysis.vocabulary.count
      archive = update.archive
      guard let newFeatures = update.newFeatures else { continue }
      let plain = NearDuplicates(threshold: 0.8, sequences: archive.analysis.sequences)
      let carried = before.sketched(jobs: 1).updated(
        to: archive.analysis.sequences, origins: update.origins,
        newTerms: newFeatures[..<oldCount], termCount: archive.analysis.vocabulary.count)
      for article in 0..<archive.count {
        let versions = plain.versions(of: article, near: 0..<archive.count)
        #expect(carried.versions(of: article, near: 0..<archive.count) == versions, "step \(step)")
        found += versions.count - 1
      }
    }
    #expect(found > 100, "\(found)")
  }

  @Test("versions are the same with sketches and without")
  func versions() {
    let sequences = Self.archive.analysis.sequences
    let neighborhood = Neighborhood(of: Self.archive, limit: 10, jobs: 1)
    var found = 0
    for threshold in [0.2, 0.5, 0.9] {
      let plain = NearDuplicates(threshold: threshold, sequences: sequences)
      let sketched = plain.sketched(jobs: 2)
      let versions = ArticleVersions(in: neighborhood, duplicates: sketched, jobs: 2)
      for article in 0..<Self.archive.count {
        let own = plain.shingles(of: article)
        let expected = neighborhood.lists[article].filter {
          $0.score >= NearDuplicates.lowestCosine
            && plain.areVersions(own, plain.shingles(of: $0.article))
        }.map(\.article)
        #expect(versions[article] == expected)
        found += expected.count
      }
    }
    #expect(found > 10)
  }
}

/// What relatedness is made of, by the formulas: no shared work, no working memory.
private struct PlainRelatedness {
  let archive: Archive
  let options: RankingOptions
  private let neighbors: [[Neighbor]]

  init(archive: Archive, options: RankingOptions) {
    self.archive = archive
    self.options = options
    let vectors = archive.index.articles
    neighbors = (0..<archive.count).map { article in
      plainNeighbors(of: vectors[article], among: vectors, limit: options.neighbors) {
        $0 == article ? 0 : 1
      }
    }
  }

  func parts(of target: Int, for source: Int) -> RelatednessParts {
    var parts = RelatednessParts()
    let vectors = archive.index.articles
    let (cosine, support) = vectors[source].dotAndSupport(vectors[target])
    (parts.cosine, parts.support) = (Double(cosine), Double(support))
    let lengths = [source, target].map {
      Double(archive.analysis.sequences.termRange(ofArticle: $0).count)
    }
    parts.expansionShare =
      options.expansionLength
      / (options.expansionLength + (lengths[0] * lengths[1]).squareRoot())
    parts.expanded = min(
      1,
      product(source, target)
        / (length(source) * length(target)))
    parts.passage = passage(of: target, for: source)
    parts.hub =
      neighbors[target].reduce(0) { $0 + Double($1.score) } / Double(options.neighbors)
    return parts
  }

  /// a′·b′ = Σ over b and its neighbours of their weight times a′·x.
  private func product(_ source: Int, _ target: Int) -> Double {
    let vectors = archive.index.articles
    var expanded: [UInt32: Double] = [:]
    for (article, weight) in weighted(source) {
      for (feature, value) in zip(vectors[article].termIDs, vectors[article].weights) {
        expanded[feature, default: 0] += weight * Double(value)
      }
    }
    return weighted(target).reduce(0) { sum, entry in
      let vector = vectors[entry.article]
      let dot = zip(vector.termIDs, vector.weights).reduce(0.0) {
        $0 + expanded[$1.0, default: 0] * Double($1.1)
      }
      return sum + entry.weight * dot
    }
  }

  /// |a′|.
  private func length(_ article: Int) -> Double {
    var expanded: [UInt32: Double] = [:]
    var order: [UInt32] = []
    for (article, weight) in weighted(article) {
      let vector = archive.index.articles[article]
      for (feature, value) in zip(vector.termIDs, vector.weights) {
        if expanded[feature] == nil { order.append(feature) }
        expanded[feature, default: 0] += weight * Double(value)
      }
    }
    return order.reduce(0) { sum, feature in
      let weight = expanded[feature] ?? 0
      return sum + weight * weight
    }.squareRoot()
  }

  private func weighted(_ article: Int) -> [(article: Int, weight: Double)] {
    [(article, 1)] + neighbors[article].map { ($0.article, Double($0.score)) }
  }

  private func passage(of target: Int, for source: Int) -> Double {
    let sequences = archive.analysis.sequences
    var counter = FeatureCounter(vectorizer: archive.vectorizer)
    let opening = Openings(of: archive, length: options.openingLength)
      .vector(of: target, counter: &counter)
    let weights = archive.vectorizer.termWeights(of: source, in: sequences)
    let start = sequences.termRange(ofArticle: source).lowerBound
    let body = sequences.segments(of: source).filter {
      sequences.segmentFields[$0] == .body && !sequences.termRange(of: $0).isEmpty
    }
    let cosines = (body.isEmpty ? Array(sequences.segments(of: source)) : body).map { segment in
      let range = sequences.termRange(of: segment)
      counter.add(
        sequences.terms[range],
        termWeights: weights[range.lowerBound - start..<range.upperBound - start])
      return counter.unitVector().products(with: opening).reduce(0) { $0 + $1.product }
    }
    let best = cosines.sorted(by: >).prefix(options.passages)
    return best.isEmpty ? 0 : best.reduce(0, +) / Double(best.count)
  }
}
