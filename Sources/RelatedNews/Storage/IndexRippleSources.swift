import Foundation

/// Whose lists may have changed by stories that landed on an index file, by their ids.
///
/// A list follows from the article's own vector and neighbours, from its candidates and from their
/// vectors, neighbours and records; and words and pins reach further. Nothing that the file was written
/// whole with changes, so all of it follows from the stories.
struct IndexRippleSources: Sendable {
  /// The stories that landed, and the articles that were corrected or are gone.
  let changed: Set<Data>
  /// Terms, by their texts, that readers know by another word than before.
  let renamed: Set<Data>
  /// Whose lists may have changed.
  private(set) var all: Set<Data> = []
  /// Of these the ones that may say the same otherwise.
  private(set) var printedAnew: Set<Data> = []
  private let before: IndexFile
  private let now: IndexFile
  private let jobs: Int

  /// So many articles are asked at once whose candidates they may be; where too many are, the others are
  /// not.
  private static let targetsAtOnce = 256

  /// Nil where more lists may have changed than are worth a look.
  ///
  /// - Parameters:
  ///   - now: what `before.landing` made.
  ///   - most: so many lists may have changed.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: for each article whose neighbours may have changed the postings of its terms + O(n)
  ///   with a tiny constant.
  init?(
    from before: IndexFile, to now: IndexFile, rules: EditorialRules, most: Int, jobs: Int
  ) throws(IndexFileError) {
    self.before = before
    self.now = now
    self.jobs = jobs
    changed = try Self.changedStories(from: before, to: now)
    renamed = try Self.renamedTerms(from: before, to: now)
    printedAnew = changed
    for term in renamed {
      for file in [before, now] {
        let text = String(decoding: term, as: UTF8.self)
        try printedAnew.formUnion(file.ids(of: file.articles(having: text)))
      }
    }
    for (source, targets) in rules.pins
    where targets.contains(where: { changed.contains(Data($0.utf8)) }) {
      printedAnew.insert(Data(source.utf8))
    }
    var touched = changed
    for file in [before, now] { try touched.formUnion(neighborhoodsChanged(in: file)) }
    all = touched.union(printedAnew)
    guard all.count <= most else { return nil }
    // And of those who are not there any more, or not as they were.
    for (ids, file) in [(touched, now), (changed, before)] {
      guard let numbers = try listing(ids, in: file, most: most) else { return nil }
      try all.formUnion(file.ids(of: numbers))
    }
    guard all.count <= most else { return nil }
  }

  private static func changedStories(
    from before: IndexFile, to now: IndexFile
  ) throws(IndexFileError) -> Set<Data> {
    var changed: Set<Data> = []
    for (file, other) in [(before, now), (now, before)] {
      for story in file.landed.articles {
        let same = other.landed.number(ofID: story.article.id).flatMap { other.landed[$0] }
        if !(same?.isStill(story.article) ?? false) { changed.insert(Data(story.article.id.utf8)) }
      }
      for withdrawal in file.landed.withdrawals
      where !other.landed.isWithdrawn(withdrawal.article) {
        changed.insert(Data(try file.id(withdrawal.article).utf8))
      }
    }
    return changed
  }

  private static func renamedTerms(
    from before: IndexFile, to now: IndexFile
  ) throws(IndexFileError) -> Set<Data> {
    var lexicons = [try Lexicon(of: before), try Lexicon(of: now)]
    var renamed: Set<Data> = []
    for lexicon in lexicons {
      for term in lexicon.file.landed.renamedTerms {
        let text = try lexicon.text(ofTerm: term)
        var words: Set<[UInt8]> = []
        for place in lexicons.indices {
          let number = try lexicons[place].term(String(decoding: text, as: UTF8.self))
          if let number { words.insert(try lexicons[place].displayedWord(ofTerm: number)) }
        }
        // A term that one of the two does not have is of changed stories alone.
        if words.count == 2 { renamed.insert(Data(text)) }
      }
    }
    return renamed
  }

  /// Whose neighbours may be others by a story that changed; in either of the files.
  private func neighborhoodsChanged(in file: IndexFile) throws(IndexFileError) -> Set<Data> {
    var numbers: Set<Int> = []
    var own: Set<Int> = []
    for (place, story) in file.landed.articles.enumerated()
    where changed.contains(Data(story.article.id.utf8)) {
      own.insert(file.counts.articles + place)
      numbers.formUnion(story.listing.lazy.map { Int($0) })
    }
    for withdrawal in file.landed.withdrawals
    where changed.contains(Data(try file.id(withdrawal.article).utf8)) {
      numbers.formUnion(withdrawal.left.lazy.map { Int($0.article) })
    }
    return try file.ids(of: numbers.union(file.landed.haveNear(own)))
  }

  /// Whose candidates some articles may be; nil where these are more than `most`.
  private func listing(
    _ ids: Set<Data>, in file: IndexFile, most: Int
  ) throws(IndexFileError) -> Set<Int>? {
    let targets = try file.landed.sorted(file.numbers(of: ids))
    guard !targets.isEmpty else { return [] }
    var lexicon = try Lexicon(of: file)
    let columns = try file.columns()
    let floors = try candidateFloors(of: file)
    let weight = CandidateWeight(columns, recency: file.counts.recency)
    var listing: Set<Int> = []
    for start in stride(from: 0, to: targets.count, by: Self.targetsAtOnce) {
      let excerpt = try ArchiveExcerpt(
        of: file, articles: Array(targets[start...].prefix(Self.targetsAtOnce)), columns: columns,
        lexicon: &lexicon, jobs: jobs)
      let found = try excerpt.mapProducts(in: file, lexicon: lexicon, jobs: jobs) {
        target, products in
        products.sums.indices.filter { source in
          guard products.sums[source] > 0 else { return false }
          let most = products.bounds(of: source, scale: columns.scale(source)).most
          return weight.mayReach(floors[source], most: most, source: source, target: target)
        }
      }
      listing.formUnion(found.joined())
      guard listing.count <= most else { return nil }
    }
    return listing
  }

  /// Beside each article of the file what the last candidate of its list scores at least, before and now.
  private func candidateFloors(of file: IndexFile) throws(IndexFileError) -> [Float] {
    let others = try [before, now].map { file throws(IndexFileError) in
      (landed: file.landed, floors: try IndexFloors(of: file))
    }
    return (0..<file.landed.end).map { number in
      let id = file.landed[number]?.article.id
      return others.reduce(.infinity) { floor, other in
        let number = id == nil ? number : id.flatMap(other.landed.number(ofID:))
        return min(floor, number.map(other.floors.candidateFloor) ?? floor)
      }
    }
  }
}

extension IndexFile {
  func ids(of numbers: some Sequence<Int>) throws(IndexFileError) -> Set<Data> {
    var ids: Set<Data> = []
    for number in numbers { ids.insert(Data(try id(number).utf8)) }
    return ids
  }

  /// Of those that the file has, ascending.
  func numbers(of ids: Set<Data>) throws(IndexFileError) -> [Int] {
    var numbers: [Int] = []
    for id in ids {
      if let number = try number(of: String(decoding: id, as: UTF8.self)) { numbers.append(number) }
    }
    return numbers.sorted()
  }
}
