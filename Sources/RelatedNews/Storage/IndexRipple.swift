import Foundation

/// The lists that stories which land on an index file change, or their corrections and withdrawals, from
/// parts of the file: what `Ripple` tells of whole archives.
///
///     let landing = try index.landing(stories)
///     let ripple = try IndexRipple(from: index, to: landing.file, options: options, jobs: 2)
///     let changes = try ripple?.changes(where: ChangedLists.areDifferent)
///
/// A story is a candidate of few articles, and a neighbour of few others. Who these may be is told by
/// products and by what last neighbours and last candidates score at least, which the file keeps; their
/// lists are made twice, before and now, and compared.
package struct IndexRipple {
  private let before: IndexFile
  private let now: IndexFile
  private let options: RecommendationOptions
  private let jobs: Int
  private let sources: IndexRippleSources

  /// For more of an archive's lists it is as quick to read all of the archive: their candidates and the
  /// neighbours of these are a third of it then.
  private static func most(of count: Int) -> Int { count / 128 }

  /// Nil where lists reach further than candidates and neighbours do, where other candidates are asked
  /// for than the file knows the last ones of, or where too many lists may have changed: then it takes a
  /// `Ripple`.
  ///
  /// - Parameters:
  ///   - now: what `before.landing` made.
  ///   - most: so many lists may have changed; nil for as many as pays.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: the postings of each article whose neighbours may have changed.
  package init?(
    from before: IndexFile, to now: IndexFile, options: RecommendationOptions, most: Int? = nil,
    jobs: Int
  ) throws(IndexFileError) {
    self.before = before
    self.now = now
    self.jobs = jobs
    var wanted = options
    // One moment for both.
    wanted.now = options.now ?? Date()
    self.options = wanted
    for file in [before, now] {
      let knows = try file.located { () throws(IndexFileError) in
        try Self.knowsLastCandidates(of: wanted, in: file)
      }
      guard knows else { return nil }
    }
    let most = most ?? Self.most(of: now.count)
    let sources = try now.located { () throws(IndexFileError) in
      try IndexRippleSources(from: before, to: now, rules: wanted.rules, most: most, jobs: jobs)
    }
    // An explanation names the terms of neighbours too.
    guard let sources, sources.renamed.isEmpty || !options.explains else { return nil }
    self.sources = sources
  }

  /// How many lists are looked at.
  var affectedCount: Int { sources.all.count }

  private static func knowsLastCandidates(
    of options: RecommendationOptions, in file: IndexFile
  ) throws(IndexFileError) -> Bool {
    let counts = file.counts
    let eligibility = options.eligibility
    guard counts.candidates == options.ranking.candidates, counts.recency == options.recency,
      counts.neighbors == options.ranking.neighbors,
      IndexRecommender(file, options: options).isLazy,
      options.minimumResults == 0, options.rules.bans.isEmpty, eligibility.excludedIDs.isEmpty,
      !eligibility.dependsOnTime
    else { return false }
    // Who stands behind a candidate that is refused is not known.
    let now = options.now ?? Date()
    return try file.columns().classes.allSatisfy {
      $0.status != .published
        || eligibility.refusal(of: $0.article(), language: $0.analyzedLanguage, now: now) == nil
    }
  }

  /// The changes in the input order of the archive as it is; lists that are gone come last.
  ///
  /// - Parameter areDifferent: whether two lists of one article differ, such as in what is printed.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: the postings of each article whose candidates or neighbours may have changed, and what
  ///   `IndexLists` costs of those that these may be candidates of.
  package func changes(
    where areDifferent: (RecommendationList, RecommendationList) -> Bool
  ) throws(IndexFileError) -> [ListChange] {
    try now.located { () throws(IndexFileError) in
      let sources = sources.all
      let candidates = try candidates()
      var now = try FileLists(
        of: sources, candidates: candidates.now, in: now, options: options, jobs: jobs)
      var before = try FileLists(
        of: sources, candidates: candidates.before, in: before, options: options, jobs: jobs)
      var changes: [ListChange] = []
      for id in try now.idsInInputOrder() {
        guard let list = now.list(id) else { continue }
        guard let old = before.list(id) else {
          changes.append(ListChange(before: nil, now: try now.printed(id)))
          continue
        }
        guard old != list || self.sources.printedAnew.contains(id) || namesChanged(list) else {
          continue
        }
        if let old = try before.printed(id), let list = try now.printed(id), areDifferent(old, list)
        {
          changes.append(ListChange(before: old, now: list))
        }
      }
      for id in try before.idsInInputOrder() where now.list(id) == nil {
        changes.append(ListChange(before: try before.printed(id), now: nil))
      }
      return changes
    }
  }

  private func namesChanged(_ list: RecommendationList) -> Bool {
    list.items.contains { item in
      sources.changed.contains(Data(item.article.id.utf8))
        || item.versions.contains { sources.changed.contains(Data($0.utf8)) }
    }
  }

  /// Who may be a candidate of one of the sources, in both files: of the stories that changed all, of the
  /// others those that are now, among whoever stayed.
  private func candidates() throws(IndexFileError) -> (before: Set<Int>, now: Set<Int>) {
    let changed = sources.changed
    var options = options
    options.eligibility.excludedIDs = changed.map { String(decoding: $0, as: UTF8.self) }
    let common = try IndexLists.candidates(
      of: now.numbers(of: sources.all),
      by: IndexRecommender(now, options: options), jobs: jobs)
    let gone = try before.numbers(of: changed)
    var candidates = (
      before: try IndexLists.candidates(
        of: gone, by: IndexRecommender(before, options: options), jobs: jobs
      ).union(gone),
      now: common.union(try now.numbers(of: changed))
    )
    for number in common {
      let same = now.landed[number].map { before.landed.number(ofID: $0.article.id) } ?? number
      if let same { candidates.before.insert(same) }
    }
    return candidates
  }
}

/// The lists of some articles in one of two files.
private struct FileLists {
  private let file: IndexFile
  private let numbers: [Int]
  private let ids: [Data]
  private let places: [Data: Int]
  private let lists: IndexLists
  private var lexicon: Lexicon

  /// - Parameter ids: those that the file does not have are left out.
  init(
    of ids: Set<Data>, candidates: Set<Int>, in file: IndexFile, options: RecommendationOptions,
    jobs: Int
  ) throws(IndexFileError) {
    self.file = file
    numbers = try file.numbers(of: ids)
    var own: [Data] = []
    for number in numbers { own.append(Data(try file.id(number).utf8)) }
    self.ids = own
    places = Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1, $0) })
    lists = try IndexLists(
      of: numbers, candidates: candidates,
      by: IndexRecommender(file, options: options, jobs: jobs), jobs: jobs)
    lexicon = try Lexicon(of: file)
  }

  func list(_ id: Data) -> RecommendationList? { places[id].map { lists.lists[$0] } }

  mutating func printed(_ id: Data) throws(IndexFileError) -> RecommendationList? {
    guard let place = places[id] else { return nil }
    return try lists.printed(place, lexicon: &lexicon)
  }

  func idsInInputOrder() throws(IndexFileError) -> [Data] {
    let ranks = try file.inputRanks(of: numbers)
    return zip(ranks, ids).sorted { $0.0 < $1.0 }.map(\.1)
  }
}
