/// An article of an index file on its way out: what changes for the others.
struct WithdrawalLanding {
  private let number: Int
  private let before: IndexFile
  /// Without the article, and nothing said of the others yet.
  private let now: IndexFile

  /// More articles whose neighbour or candidate it may have been are not looked at anew: a 32nd, of a
  /// small archive some.
  private static func mostLeft(on articleCount: Int) -> Int { max(256, articleCount / 32) }

  /// - Precondition: it is one of the file's own from which the archive does not learn.
  init(of number: Int, from file: IndexFile) {
    self.number = number
    before = file
    var landed = file.landed
    landed.append(.withdrawal(Withdrawal(of: number)))
    now = IndexFile(file, landed: landed)
  }

  /// Nil where it is near to too many.
  func withdrawal(jobs: Int) throws(IndexFileError) -> Withdrawal? {
    var lexicon = try Lexicon(of: now)
    let columns = try now.columns()
    let own = try ArchiveExcerpt(
      of: before, articles: [number], columns: columns, lexicon: &lexicon, jobs: 1)
    let left = try left(by: own, columns: columns, lexicon: &lexicon)
    guard left.count <= Self.mostLeft(on: now.counts.articles) else { return nil }
    var withdrawal = Withdrawal(of: number)
    for term in Set(own.text(of: 0).words.map(\.term)).sorted() {
      try take(Int(term), lexicon: &lexicon, into: &withdrawal)
    }
    let found = try nearness(of: left, columns: columns, lexicon: &lexicon, jobs: jobs)
    guard found.allSatisfy(\.isWithinBounds) else { return nil }
    withdrawal.left = zip(left, found).map { (UInt32($0), $1) }.sorted { $0.0 < $1.0 }
    return withdrawal
  }

  /// Those whose neighbour or candidate it may have been, in the archive's order.
  ///
  /// - Parameter own: the article alone.
  private func left(
    by own: ArchiveExcerpt, columns: IndexColumns, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [Int] {
    let products = try PostingSums(
      of: own.archive.index.articles[0], space: own.space, file: before, lexicon: &lexicon
    ).bounds(jobs: 1)
    let floors = try IndexFloors(of: before)
    let weight = CandidateWeight(columns, recency: before.counts.recency)
    var left: [Int] = []
    for article in products.sums.indices where products.sums[article] > 0 && article != number {
      let most = products.bounds(of: article, scale: columns.scale(article)).most
      let mayBeNeighbor = most >= floors.floor(article)
      var mayBeCandidate = false
      if before.counts.candidates > 0 {
        let floor = floors.candidateFloor(article)
        mayBeCandidate = most >= floor && most * weight(source: article, target: number) >= floor
      }
      if mayBeNeighbor || mayBeCandidate { left.append(article) }
    }
    return now.landed.sorted(left)
  }

  /// - Parameter articles: in the archive's order.
  private func nearness(
    of articles: [Int], columns: IndexColumns, lexicon: inout Lexicon, jobs: Int
  ) throws(IndexFileError) -> [Nearness] {
    let excerpt = try ArchiveExcerpt(
      of: now, articles: articles, columns: columns, lexicon: &lexicon, jobs: jobs)
    let weight = CandidateWeight(columns, recency: now.counts.recency)
    return try concurrentTryMap(count: articles.count, jobs: jobs, workspace: lexicon) {
      lexicon, place throws(IndexFileError) in
      // On one core each: sums in another order have other bounds.
      let products = try PostingSums(
        of: excerpt.archive.index.articles[place], space: excerpt.space, file: now,
        lexicon: &lexicon
      ).bounds(jobs: 1)
      return Nearness(
        of: articles[place], products: products, counts: now.counts, columns: columns,
        weight: weight)
    }
  }

  /// Whether a term of the article is lost, or known by another word now: the commonest in settled
  /// articles, of equally common ones the first by bytes. So nothing changes of what settled ones have.
  private func take(
    _ term: Int, lexicon: inout Lexicon, into withdrawal: inout Withdrawal
  ) throws(IndexFileError) {
    let row = try lexicon.row(ofTerm: term)
    guard row.settledFrequency == 0 else { return }
    let others = try now.articles(having: term, lexicon: &lexicon)
    guard !others.isEmpty else {
      withdrawal.lostTerms.append(UInt32(term))
      return
    }
    guard row.wordCount > 1 || others.contains(where: { $0 >= now.counts.articles }) else {
      return
    }
    let words = try words(ofTerm: term, in: others, lexicon: &lexicon)
    let first = words.min { $0.lexicographicallyPrecedes($1) }
    guard let first, try first != lexicon.displayedWord(ofTerm: term) else { return }
    withdrawal.displayedWords.append(
      LandedArticle.DisplayedWord(
        term: UInt32(term), word: String(decoding: first, as: UTF8.self)))
  }

  /// The words by which some articles say a term.
  private func words(
    ofTerm term: Int, in articles: [Int], lexicon: inout Lexicon
  ) throws(IndexFileError) -> Set<[UInt8]> {
    let text = String(decoding: try lexicon.text(ofTerm: term), as: UTF8.self)
    let labels = try now.seriesLabels()
    let own = articles.filter { $0 < now.counts.articles }
    let excerpt = try ArchiveExcerpt(
      of: now, articles: own, columns: try now.columns(), lexicon: &lexicon, jobs: 1)
    var words: Set<[UInt8]> = []
    for place in own.indices {
      for word in excerpt.text(of: place).words where word.term == UInt32(term) {
        words.insert(try lexicon.surface(ofWord: Int(word.number)))
      }
    }
    for article in articles {
      guard let story = now.landed[article] else { continue }
      _ = Analyzer.read(
        story.article, options: now.settings.analysis, seriesLabels: labels
      ) { other, word in
        if other.utf8.elementsEqual(text.utf8) { words.insert(Array(word.utf8)) }
        return nil
      }
    }
    return words
  }
}
