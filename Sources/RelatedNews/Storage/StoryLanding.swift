import Foundation

/// A story on its way into a file: its new terms are numbered, the rest is to be found.
struct StoryLanding {
  /// With the story as far as it is known.
  private let begun: IndexFile
  private let known: LandedArticle
  private let text: QueryText

  /// Nil for one that is older than an article from which the archive learns.
  ///
  /// - Parameter replaced: the file's article whose place in the input it takes.
  init?(of article: Article, replacing replaced: Int?, on file: IndexFile) throws(IndexFileError) {
    let place = try Self.place(of: article, in: file)
    guard place == 0 || !file.isSettled(place - 1) else { return nil }
    var lexicon = try Lexicon(of: file)
    var words = NewWords(of: file)
    text = try QueryText(of: article, in: file, lexicon: &lexicon) { lexicon, term, word in
      try words.number(of: term, word: word, lexicon: &lexicon)
    }
    known = LandedArticle(
      article: article, language: text.language, replaced: replaced, place: place,
      newTerms: words.terms,
      displayedWords: words.displayed.sorted { $0.key < $1.key }.map {
        LandedArticle.DisplayedWord(term: UInt32($0.key), word: $0.value)
      })
    var landed = file.landed
    landed.append(.story(known))
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
      let other = try file.untitledArticle(middle, columns: columns)
      if Archive.isOrdered(other, before: article) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The whole story; nil where its weights are out of all bounds.
  func story() throws(IndexFileError) -> LandedArticle? {
    var lexicon = try Lexicon(of: begun)
    let space = try LocalSpace(
      of: SequenceBuffer(), query: text, file: begun, lexicon: &lexicon, namesAll: false)
    guard let sequences = space.query else { throw LandedArticle.broken("no text") }
    let counts = ArticleCounts(of: sequences, vectorizer: space.vectorizer, jobs: 1)
    let vector = space.vectorizer.vectors(of: sequences)[0]
    // On one core: sums in another order have other bounds.
    let products = try PostingSums(of: vector, space: space, file: begun, lexicon: &lexicon)
      .bounds(jobs: 1)
    let columns = try begun.columns()
    var story = known
    story.text = landedText(space: space, sequences: sequences)
    let features = zip(counts.features, counts.counts).map {
      (code: space.code(of: Int($0)).bits, count: $1)
    }.sorted { $0.code < $1.code }
    story.features = features.map(\.code)
    story.counts = features.map(\.count)
    story.scale = counts.scales[0]
    story.nearness = Nearness(
      of: begun.landed.end - 1, products: products, counts: begun.counts, columns: columns,
      weight: CandidateWeight(columns, recency: begun.counts.recency))
    story.listing = try listing(products, columns: columns)
    return story.isWithinBounds ? story : nil
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
      segments: LandedArticle.Segment.all(of: sequences), stretches: Array(phrases.stretches(of: 0))
    )
  }

  /// To whom it may be near.
  private func listing(
    _ products: ProductBounds, columns: IndexColumns
  ) throws(IndexFileError) -> [UInt32] {
    let floors = try IndexFloors(of: begun)
    return products.sums.indices.filter { article in
      products.sums[article] > 0
        && products.bounds(of: article, scale: columns.scale(article)).most
          >= floors.floor(article)
    }.map { UInt32($0) }
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
