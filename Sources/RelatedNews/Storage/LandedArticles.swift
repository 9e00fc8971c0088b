import Foundation

/// The stories that landed since an index file was last written whole, in the order in which they came.
///
/// As they stand in the file: one after the other, each behind its length; a story more is bytes more
/// at the end, and nothing that is said of one depends on those that came later. So few that all of them
/// are read when a file is opened.
struct LandedArticles: Sendable {
  private(set) var articles: [LandedArticle] = []
  /// Of the file, without them.
  let counts: IndexCounts
  /// The terms that they brought, numbered behind those of the file.
  private(set) var newTerms: [LandedArticle.NewTerm] = []
  private var numberOfTerm: [Data: Int] = [:]
  private var displayedWords: [UInt32: String] = [:]
  private var numberOfID: [Data: Int] = [:]
  /// Their places in `articles`, in the archive's order.
  private(set) var order: [Int] = []

  init(counts: IndexCounts) { self.counts = counts }

  /// So many may stand beside `articleCount` others: a 256th, of a small archive a few.
  static func most(on articleCount: Int) -> Int { max(8, articleCount / 256) }

  /// - Throws: `IndexFileError` for what is not as `encoded()` makes it.
  init(_ bytes: UnsafeRawBufferPointer, counts: IndexCounts) throws(IndexFileError) {
    self.init(counts: counts)
    var reader = ByteReader(bytes, of: .landed)
    while !reader.isAtEnd {
      guard count < Self.most(on: counts.articles) else {
        throw LandedArticle.broken("more than \(count) stories")
      }
      let length = try reader.count(atMost: reader.bytesLeft)
      var own = ByteReader(try reader.span(length: length), of: .landed)
      let article = try LandedArticle(
        from: &own, counts: counts, before: (termCount, counts.articles + count))
      guard own.isAtEnd else { throw LandedArticle.broken("more than an article") }
      append(article)
    }
  }

  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for article in articles {
      let own = article.encoded()
      bytes.appendVarint(UInt64(own.count))
      bytes += own
    }
    return bytes
  }

  var count: Int { articles.count }
  var isEmpty: Bool { articles.isEmpty }
  /// With those of the file.
  var termCount: Int { counts.terms + newTerms.count }

  mutating func append(_ article: LandedArticle) {
    let number = articles.count
    articles.append(article)
    numberOfID[Data(article.article.id.utf8)] = counts.articles + number
    for term in article.newTerms {
      numberOfTerm[Data(term.text.utf8)] = termCount
      newTerms.append(term)
    }
    for word in article.displayedWords { displayedWords[word.term] = word.word }
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(number, order[middle]) { high = middle } else { low = middle + 1 }
    }
    order.insert(number, at: low)
  }

  /// Those that came first.
  func first(_ count: Int) -> LandedArticles {
    guard count < articles.count else { return self }
    var first = LandedArticles(counts: counts)
    for article in articles[..<count] { first.append(article) }
    return first
  }

  /// What adding and removing does to them, as if they were an archive.
  func changes(adding: [Article], removing: [String]) -> ArticleChanges {
    var ranks = [Int](repeating: 0, count: articles.count)
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    return ArticleChanges(
      of: order.map { articles[$0].article }, inputOrder: ranks, adding: adding,
      removing: removing
    ) { id in number(ofID: id).map { ranks[$0 - counts.articles] } }
  }

  /// Adds what was to be found of the story that came last.
  mutating func completeLast<Result>(_ body: (inout LandedArticle) -> Result) -> Result {
    body(&articles[articles.count - 1])
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    articles[a].place == articles[b].place
      ? Archive.isOrdered(articles[a].article, before: articles[b].article)
      : articles[a].place < articles[b].place
  }

  /// The story of a number of the archive; nil for an article of the file.
  subscript(number: Int) -> LandedArticle? {
    number < counts.articles ? nil : articles[number - counts.articles]
  }

  // MARK: Looking up

  func number(ofID id: String) -> Int? { isEmpty ? nil : numberOfID[Data(id.utf8)] }

  /// Of a term that the file does not have; nil for one that nobody has.
  func number(ofTerm text: String) -> Int? { isEmpty ? nil : numberOfTerm[Data(text.utf8)] }

  /// Nil for a term of the file.
  func newTerm(_ number: Int) -> LandedArticle.NewTerm? {
    number < counts.terms ? nil : newTerms[number - counts.terms]
  }

  /// Terms that are known by another word than in the file.
  var renamedTerms: [Int] { displayedWords.keys.map { Int($0) } }

  /// The word that a term is known by, if it is another than in the file.
  func displayedWord(ofTerm term: Int) -> String? {
    isEmpty ? nil : displayedWords[UInt32(term)]
  }

  // MARK: The archive's order

  /// Numbers of articles in the archive's order.
  func sorted(_ numbers: some Sequence<Int>) -> [Int] {
    let ascending = numbers.sorted()
    let firstLanded = ascending.firstIndex { $0 >= counts.articles } ?? ascending.count
    guard firstLanded < ascending.count else { return ascending }
    let wanted = Set(ascending[firstLanded...])
    var result: [Int] = []
    var own = ascending[..<firstLanded]
    for place in order where wanted.contains(counts.articles + place) {
      let before = own.prefix { $0 < articles[place].place }
      result += before
      own = own.dropFirst(before.count)
      result.append(counts.articles + place)
    }
    return result + own
  }

  /// All numbers in the archive's order, until `body` says that it has enough.
  func forEachInOrder(_ body: (Int) throws(IndexFileError) -> Bool) throws(IndexFileError) {
    var own = 0
    for place in order {
      while own < articles[place].place {
        guard try body(own) else { return }
        own += 1
      }
      guard try body(counts.articles + place) else { return }
    }
    while own < counts.articles {
      guard try body(own) else { return }
      own += 1
    }
  }

  // MARK: Neighbours

  /// Who may have become a neighbour of one of `numbers` by landing.
  func listed(by numbers: Set<Int>) -> Set<Int> {
    var result: Set<Int> = []
    for (place, article) in articles.enumerated()
    where article.listing.contains(where: { numbers.contains(Int($0)) }) {
      result.insert(counts.articles + place)
    }
    return result
  }

  /// Those of `numbers` that may have got another neighbour, or that landed themselves.
  func reached(among numbers: Set<Int>) -> Set<Int> {
    var result = numbers.filter { $0 >= counts.articles }
    for article in articles {
      for number in article.listing where numbers.contains(Int(number)) {
        result.insert(Int(number))
      }
    }
    return result
  }
}
