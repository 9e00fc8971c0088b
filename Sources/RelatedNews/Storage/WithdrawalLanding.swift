import Foundation

/// An article of an index file on its way out: what changes for the others.
struct WithdrawalLanding {
  private let number: Int
  private let before: IndexFile
  /// Without the article, and nothing said of the others yet.
  private let now: IndexFile

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
    guard left.count <= Withdrawal.mostLeft(on: now.counts.articles) else { return nil }
    var withdrawal = Withdrawal(of: number)
    let terms = Set(own.text(of: 0).words.map(\.term)).sorted()
    try take(terms, lexicon: &lexicon, into: &withdrawal)
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
    let floors = try IndexFloors(of: before)
    let weight = CandidateWeight(columns, recency: before.counts.recency)
    let left = try own.mapProducts(in: before, lexicon: lexicon, jobs: 1) { target, products in
      products.sums.indices.filter { source in
        guard products.sums[source] > 0, source != target else { return false }
        let most = products.bounds(of: source, scale: columns.scale(source)).most
        return most >= floors.floor(source)
          || before.counts.candidates > 0
            && weight.mayReach(
              floors.candidateFloor(source), most: most, source: source, target: target)
      }
    }
    return now.landed.sorted(left.joined())
  }

  /// - Parameter articles: in the archive's order.
  private func nearness(
    of articles: [Int], columns: IndexColumns, lexicon: inout Lexicon, jobs: Int
  ) throws(IndexFileError) -> [Nearness] {
    let excerpt = try ArchiveExcerpt(
      of: now, articles: articles, columns: columns, lexicon: &lexicon, jobs: jobs)
    let weight = CandidateWeight(columns, recency: now.counts.recency)
    return try excerpt.mapProducts(in: now, lexicon: lexicon, jobs: jobs) { number, products in
      Nearness(
        of: number, products: products, counts: now.counts, columns: columns, weight: weight)
    }
  }

  /// Which terms of the article are lost, or known by another word now: the commonest in settled
  /// articles, of equally common ones the first by bytes. So nothing changes of what settled ones have.
  ///
  /// - Parameter terms: ascending.
  private func take(
    _ terms: [UInt32], lexicon: inout Lexicon, into withdrawal: inout Withdrawal
  ) throws(IndexFileError) {
    /// Beside each term that may be known by another word who else has it.
    var others: [UInt32: [Int]] = [:]
    for term in terms {
      let row = try lexicon.row(ofTerm: Int(term))
      guard row.settledFrequency == 0 else { continue }
      let articles = try now.articles(having: Int(term), lexicon: &lexicon)
      if articles.isEmpty {
        withdrawal.lostTerms.append(term)
      } else if row.wordCount > 1 || articles.contains(where: { $0 >= now.counts.articles }) {
        others[term] = articles
      }
    }
    let words = try words(
      ofTerms: Set(others.keys), in: Set(others.values.joined()), lexicon: &lexicon)
    for term in others.keys.sorted() {
      let first = words[term]?.min { $0.lexicographicallyPrecedes($1) }
      guard let first, try first != lexicon.displayedWord(ofTerm: Int(term)) else { continue }
      withdrawal.displayedWords.append(
        LandedArticle.DisplayedWord(term: term, word: String(decoding: first, as: UTF8.self)))
    }
  }

  /// Beside each of some terms the words by which some articles say it.
  private func words(
    ofTerms terms: Set<UInt32>, in articles: Set<Int>, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [UInt32: Set<[UInt8]>] {
    guard !terms.isEmpty else { return [:] }
    var words: [UInt32: Set<[UInt8]>] = [:]
    let own = articles.filter { $0 < now.counts.articles }.sorted()
    let excerpt = try ArchiveExcerpt(
      of: now, articles: own, columns: try now.columns(), lexicon: &lexicon, jobs: 1)
    for place in own.indices {
      for word in excerpt.text(of: place).words where terms.contains(word.term) {
        words[word.term, default: []].insert(try lexicon.surface(ofWord: Int(word.number)))
      }
    }
    var termOfText: [Data: UInt32] = [:]
    for term in terms { termOfText[Data(try lexicon.text(ofTerm: Int(term)))] = term }
    let labels = try now.seriesLabels()
    for article in articles {
      guard let story = now.landed[article] else { continue }
      _ = Analyzer.read(
        story.article, options: now.settings.analysis, seriesLabels: labels
      ) { text, word in
        if let term = termOfText[Data(text.utf8)] {
          words[term, default: []].insert(Array(word.utf8))
        }
        return nil
      }
    }
    return words
  }
}
