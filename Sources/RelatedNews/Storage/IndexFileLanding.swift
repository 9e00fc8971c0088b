import Foundation

extension IndexFile {
  /// This file with stories that land on it, new ones that are dated after all from which the archive
  /// learns, or with some that landed corrected or withdrawn. To be written by
  /// `IndexFileWriter.write(_:to:)`, which copies the rest as it is.
  ///
  /// What becomes of versions of one id is as in `Archive.updated`, and lists are those of an archive
  /// built afresh of the same articles. It reads what a list of each story would read, and the stories
  /// that landed before.
  ///
  /// - Returns: nil where more would change: by an article that the file was written whole with, an
  ///   older one, or so many that the archive learns from others (`SettledArticles`) or is due to be
  ///   written whole.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: O(postings of its terms + n) with a tiny constant for each story that is added and
  ///   for those that landed after one that is corrected or withdrawn.
  package func landing(
    _ articles: [Article], removing: [String] = []
  ) throws(IndexFileError) -> (file: IndexFile, remarks: [ReadingRemark])? {
    try located { () throws(IndexFileError) in
      for id in articles.map(\.id) + removing {
        guard try ownNumber(of: id) == nil else { return nil }
      }
      let changes = landed.changes(adding: articles, removing: removing)
      let stories = changes.inputOrder.map { changes.articles[$0] }
      guard mayHave(landed: stories.count) else { return nil }
      // Who landed before the first that changed stays as it is.
      let still = zip(stories, landed.articles).prefix { $1.isStill($0) }.count
      var file = IndexFile(self, landed: landed.first(still))
      for article in stories[still...] {
        guard let landing = try Landing(of: article, on: file), let next = try landing.file()
        else { return nil }
        file = next
      }
      return (file, changes.remarks)
    }
  }

  /// Whether all stays as it is while so many stories landed.
  func mayHave(landed count: Int) -> Bool {
    let own = counts.articles
    return settings.hasPostings && counts.neighbors > 0 && count <= LandedArticles.most(on: own)
      && settings.vectors.keepStill(from: own, to: own + count)
  }
}

extension VectorOptions {
  /// Whether what articles are follows from the settled ones and themselves alone, and these stay the
  /// same when an archive grows.
  fileprivate func keepStill(from before: Int, to now: Int) -> Bool {
    settledCount(of: before) == settledCount(of: now)
      && [weighting.articles, weighting.queries].allSatisfy {
        [.graded, .none].contains($0.documentFrequency)
      }
      && minimumDocumentFrequency.articles(of: now) <= 1
      && maximumDocumentFrequency == .share(1)
  }
}

/// A story on its way into a file: its new terms are numbered, the rest is to be found.
private struct Landing {
  /// With the story as far as it is known.
  private let begun: IndexFile
  private let text: QueryText

  /// Nil for one that is older than a settled article.
  init?(of article: Article, on file: IndexFile) throws(IndexFileError) {
    let place = try Self.place(of: article, in: file)
    let own = file.counts.articles
    guard place <= own - file.settings.vectors.settledCount(of: own) else { return nil }
    var lexicon = try Lexicon(of: file)
    var words = NewWords(of: file)
    text = try QueryText(of: article, in: file, lexicon: &lexicon) { lexicon, term, word in
      try words.number(of: term, word: word, lexicon: &lexicon)
    }
    var landed = file.landed
    landed.append(
      LandedArticle(
        article: article, language: text.language, place: place, newTerms: words.terms,
        displayedWords: words.displayed.sorted { $0.key < $1.key }.map {
          LandedArticle.DisplayedWord(term: UInt32($0.key), word: $0.value)
        }))
    begun = IndexFile(file, landed: landed)
  }

  /// How many of the file's own articles precede it.
  private static func place(
    of article: Article, in file: IndexFile
  ) throws(IndexFileError) -> Int {
    let columns = try file.columns()
    var low = 0
    var high = file.counts.articles
    while low < high {
      let middle = (low + high) / 2
      let other = Article(id: try file.id(middle), published: columns.date(middle))
      if Archive.isOrdered(other, before: article) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The file with the whole story; nil where its weights are out of all bounds.
  func file() throws(IndexFileError) -> IndexFile? {
    var lexicon = try Lexicon(of: begun)
    let space = try LocalSpace(
      of: SequenceBuffer(), query: text, file: begun, lexicon: &lexicon, namesAll: false)
    guard let sequences = space.query else { throw LandedArticle.broken("no text") }
    let counts = ArticleCounts(of: sequences, vectorizer: space.vectorizer, jobs: 1)
    let vector = space.vectorizer.vectors(of: sequences)[0]
    let near = try near(to: vector, space: space, lexicon: &lexicon)
    var landed = begun.landed
    let isWithinBounds = landed.completeLast { story in
      story.text = landedText(space: space, sequences: sequences)
      let features = zip(counts.features, counts.counts).map {
        (code: space.code(of: Int($0)).bits, count: $1)
      }.sorted { $0.code < $1.code }
      story.features = features.map(\.code)
      story.counts = features.map(\.count)
      story.scale = counts.scales[0]
      (story.floor, story.candidateFloor) = (near.floor, near.candidateFloor)
      (story.neighbors, story.listing) = (near.neighbors, near.listing)
      return story.isWithinBounds
    }
    return isWithinBounds ? IndexFile(begun, landed: landed) : nil
  }

  private func landedText(space: LocalSpace, sequences: TermSequences) -> LandedArticle.Text {
    var phrases = Phrases()
    var found: [UInt32] = []
    phrases.append(0, of: sequences, vectorizer: space.vectorizer, found: &found)
    return LandedArticle.Text(
      terms: text.sequences.terms,
      // The pair that a term begins is the one that the next ends.
      pairs: phrases.pairs.indices.map { place in
        let pair = place == 0 ? FeatureSpace.none : phrases.pairs[place - 1]
        return pair == FeatureSpace.none
          ? SequenceBuffer.noPair : UInt32(space.pairs[Int(pair)])
      },
      segments: sequences.segmentFields.indices.map {
        LandedArticle.Segment(
          field: sequences.segmentFields[$0], length: sequences.termRange(of: $0).count)
      }, stretches: Array(phrases.stretches(of: 0)))
  }

  /// Who may be near to it, and to whom it may be near; by what products are at least and at most, so
  /// that nobody is missing and few are too many.
  private func near(
    to vector: SparseVector, space: LocalSpace, lexicon: inout Lexicon
  ) throws(IndexFileError) -> Nearness {
    // On one core: sums in another order have other bounds.
    let products = try PostingSums(of: vector, space: space, file: begun, lexicon: &lexicon)
      .bounds(jobs: 1)
    let columns = try begun.columns()
    let floors = try begun.section(.floors).all()
    let weight = CandidateWeight(columns, recency: begun.counts.recency)
    let own = begun.count - 1
    var nearest = BestNeighbors(limit: begun.counts.neighbors, minScore: 0)
    var candidates = BestNeighbors(limit: begun.counts.candidates, minScore: 0)
    var possible: [(article: Int, product: Float)] = []
    var listing: [UInt32] = []
    for article in products.sums.indices where products.sums[article] > 0 {
      let (least, most) = products.bounds(of: article, scale: columns.scale(article))
      let floor = begun.landed[article]?.floor ?? FloorCode.floor(floors[article])
      if most >= floor { listing.append(UInt32(article)) }
      if begun.counts.candidates > 0, candidates.mayTake(least) {
        candidates.insert(
          Neighbor(article: article, score: least * weight(source: own, target: article)))
      }
      guard nearest.mayTake(most) else { continue }
      nearest.insert(Neighbor(article: article, score: least))
      possible.append((article, most))
    }
    return Nearness(
      floor: nearest.floor, candidateFloor: candidates.floor,
      neighbors: possible.filter { nearest.mayTake($0.product) }.map { UInt32($0.article) },
      listing: listing)
  }

  private struct Nearness {
    let floor: Float
    let candidateFloor: Float
    let neighbors: [UInt32]
    let listing: [UInt32]
  }
}

/// The terms that a story brings, and the words that terms are known by then: the commonest in settled
/// articles, of equally common ones the first by bytes. So a story changes it only of terms that no
/// settled article has.
private struct NewWords {
  private let firstNumber: Int
  private(set) var terms: [LandedArticle.NewTerm] = []
  private(set) var displayed: [Int: String] = [:]
  private var numbers: [Data: Int] = [:]

  init(of file: IndexFile) { firstNumber = file.landed.termCount }

  mutating func number(
    of term: String, word: String, lexicon: inout Lexicon
  ) throws(IndexFileError) -> Int {
    if let known = try lexicon.term(term) {
      if try lexicon.row(ofTerm: known).settledFrequency == 0 {
        display(word, for: known, insteadOf: try lexicon.displayedWord(ofTerm: known))
      }
      return known
    }
    let bytes = Data(term.utf8)
    if let number = numbers[bytes] {
      display(word, for: number, insteadOf: displayed[number].map { Array($0.utf8) } ?? [])
      return number
    }
    let number = firstNumber + terms.count
    terms.append(
      LandedArticle.NewTerm(text: term, place: try lexicon.place(ofTerm: term).place))
    numbers[bytes] = number
    displayed[number] = word
    return number
  }

  private mutating func display(_ word: String, for term: Int, insteadOf other: [UInt8]) {
    let current = displayed[term].map { Array($0.utf8) } ?? other
    if word.utf8.lexicographicallyPrecedes(current) { displayed[term] = word }
  }
}
