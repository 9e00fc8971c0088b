import Foundation

/// Who may be among the nearest articles of a vector, by the postings of an index file.
struct IndexSearch {
  let file: IndexFile
  let columns: IndexColumns
  let options: RecommendationOptions
  let now: Date
  let jobs: Int
  /// Whether no other list of the file is expected.
  let isOnly: Bool
  private let eligibility: Eligibility
  private let excluded: Set<Int>
  /// Beside each class whether its articles may be listed.
  private let isListable: [Bool]

  init(
    _ file: IndexFile, columns: IndexColumns, options: RecommendationOptions, now: Date, jobs: Int,
    isOnly: Bool = false
  ) throws(IndexFileError) {
    self.file = file
    self.columns = columns
    self.options = options
    self.now = now
    self.jobs = jobs
    self.isOnly = isOnly
    var excluded: Set<Int> = []
    for id in options.eligibility.excludedIDs {
      if let number = try file.number(of: id) { excluded.insert(number) }
    }
    self.excluded = excluded
    var eligibility = options.eligibility
    eligibility.excludedIDs = []
    self.eligibility = eligibility
    isListable = columns.classes.map {
      eligibility.refusal(of: $0.article(), language: $0.analyzedLanguage, now: now) == nil
    }
  }

  struct Contenders {
    /// Who may be a candidate of the source's list.
    var candidates: [Int]
    /// Who may be among the nearest of its vector, the source itself left out.
    var nearest: [Int]
    /// Those of the candidates that will hardly be listed: nothing is proven of them, but that they
    /// are at most half as near as the last of the list. Empty where they are few.
    var unlikely: Set<Int>
  }

  /// Fewer are not worth a proof.
  private static let fewestUnlikely = 8

  /// All that are what they may be, and a few that are not.
  ///
  /// - Parameters:
  ///   - vector: in the numbers of `space`.
  ///   - number: the source's, if the archive has an article of its id.
  /// - Complexity: O(postings of the vector's features + n)
  func contenders(
    for source: Article, number: Int?, vector: SparseVector, space: LocalSpace,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> Contenders {
    let products = try PostingSums(of: vector, space: space, file: file, lexicon: &lexicon)
      .bounds(jobs: jobs, isOnly: isOnly)
    // By what they are at least: whoever is at most below the last of these is out.
    var candidates = BestNeighbors(limit: options.ranking.candidates, minScore: 0)
    var nearest = BestNeighbors(limit: options.ranking.neighbors, minScore: 0)
    var possible: [(article: Int, product: Float, score: Float)] = []
    /// Nobody who is at most below it is taken: most articles are, and are asked nothing else.
    var floor: Float = 0
    for article in products.sums.indices where products.sums[article] > 0 {
      let (least, most) = products.bounds(of: article, scale: columns.scale(article))
      guard most >= floor, nearest.mayTake(most) || candidates.mayTake(most), article != number
      else { continue }
      var score: Float = 0
      if candidates.mayTake(most) {
        let factor = try self.factor(of: article, for: source)
        score = most * factor
        candidates.insert(Neighbor(article: article, score: least * factor))
      }
      nearest.insert(Neighbor(article: article, score: least))
      floor = min(nearest.floor, candidates.floor)
      possible.append((article, most, score))
    }
    let last = candidates.list.prefix(options.limit).last
    let half = candidates.list.count > options.limit ? (last?.score ?? 0) / 2 : 0
    let taken = possible.filter { candidates.mayTake($0.score) }
    let unlikely = taken.filter { $0.score <= half }
    return Contenders(
      candidates: taken.map(\.article),
      nearest: possible.filter { nearest.mayTake($0.product) }.map(\.article),
      unlikely: unlikely.count < Self.fewestUnlikely ? [] : Set(unlikely.map(\.article)))
  }

  /// What the cosine with an article is multiplied by; 0 for one that must not be listed.
  private func factor(of article: Int, for source: Article) throws(IndexFileError) -> Float {
    guard isListable[columns.code(article)], !excluded.contains(article) else { return 0 }
    let date = columns.date(article)
    guard eligibility.refusalInTime(date, from: source.published) == nil else { return 0 }
    if options.rules.bans[source.id] != nil {
      guard options.rules.allows(try file.id(article), on: source.id) else { return 0 }
    }
    return options.recency.factor(source: source.published, target: date)
  }

  /// The newest articles of a section that may be listed beside the source, at most `limit`.
  func newest(
    in section: String, for source: Article, number: Int?, limit: Int
  ) throws(IndexFileError) -> [Int] {
    let isInSection = columns.classes.map { $0.section == section }
    var result: [Int] = []
    // The archive's order is newest first.
    try file.landed.forEachInOrder { article throws(IndexFileError) in
      guard result.count < limit else { return false }
      if isInSection[columns.code(article)], article != number,
        try factor(of: article, for: source) > 0
      {
        result.append(article)
      }
      return true
    }
    return result
  }
}
