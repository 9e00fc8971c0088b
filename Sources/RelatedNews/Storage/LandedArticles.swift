import Foundation

/// What landed since an index file was last written whole: stories, and which of the file's own articles
/// are gone, in the order in which that came.
///
/// As it stands in the file: one change after the other, each behind its length; a change more is bytes
/// more at the end, and nothing that is said of one depends on those that came later. So few that all of
/// them are read when a file is opened.
struct LandedArticles: Sendable {
  private(set) var changes: [LandedChange] = []
  /// The stories among them.
  private(set) var articles: [LandedArticle] = []
  /// The others.
  private(set) var withdrawals: [Withdrawal] = []
  /// Of the file, without them.
  let counts: IndexCounts
  /// The terms that they brought, numbered behind those of the file.
  private(set) var newTerms: [LandedArticle.NewTerm] = []
  private var numberOfTerm: [Data: Int] = [:]
  private var displayedWords: [UInt32: String] = [:]
  private var numberOfID: [Data: Int] = [:]
  private var withdrawn: Set<Int> = []
  private var lostTerms: Set<UInt32> = []
  /// What withdrawals left behind, by the numbers of those it is said of.
  private var nearnessLeft: [Int: Nearness] = [:]
  /// Their places in `articles`, in the archive's order.
  private(set) var order: [Int] = []

  init(counts: IndexCounts) { self.counts = counts }

  /// So many may stand beside `articleCount` others: a 256th, of a small archive a few.
  static func most(on articleCount: Int) -> Int { max(8, articleCount / 256) }

  /// - Throws: `IndexFileError` for what is not as `encoded()` makes it.
  init(_ bytes: UnsafeRawBufferPointer, counts: IndexCounts) throws(IndexFileError) {
    self.init(counts: counts)
    var reader = ByteReader(bytes, of: .landed)
    /// Articles of the file whose places in the input stories take.
    var replaced: Set<Int> = []
    while !reader.isAtEnd {
      guard changes.count < Self.most(on: counts.articles) else {
        throw LandedArticle.broken("more than \(changes.count) changes")
      }
      let length = try reader.count(atMost: reader.bytesLeft)
      var own = ByteReader(try reader.span(length: length), of: .landed)
      let change = try LandedChange(from: &own, on: self)
      guard own.isAtEnd else { throw LandedArticle.broken("more than a change") }
      if case .story(let story) = change {
        // Whether an article of the file has its id is for `IndexFileCheck`, as ids are read one by one.
        guard number(ofID: story.article.id) == nil,
          story.replaced.map({ replaced.insert($0).inserted }) ?? true
        else { throw LandedArticle.broken("two stories of one article") }
      }
      append(change)
    }
  }

  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for change in changes {
      let own = change.encoded()
      bytes.appendVarint(UInt64(own.count))
      bytes += own
    }
    return bytes
  }

  var isEmpty: Bool { changes.isEmpty }
  /// How they came.
  var steps: [LandingStep] {
    changes.map { change in
      switch change {
      case .story(let story): .land(story.article, replacing: story.replaced)
      case .withdrawal(let withdrawal): .withdraw(withdrawal.article)
      }
    }
  }
  /// How many articles there are with them.
  var articleCount: Int { counts.articles + articles.count - withdrawals.count }
  /// Above all numbers of articles.
  var end: Int { counts.articles + articles.count }
  /// With those of the file.
  var termCount: Int { counts.terms + newTerms.count }

  mutating func append(_ change: LandedChange) {
    changes.append(change)
    switch change {
    case .story(let article): append(article)
    case .withdrawal(let withdrawal): append(withdrawal)
    }
  }

  private mutating func append(_ article: LandedArticle) {
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

  private mutating func append(_ withdrawal: Withdrawal) {
    withdrawals.append(withdrawal)
    withdrawn.insert(withdrawal.article)
    lostTerms.formUnion(withdrawal.lostTerms)
    for word in withdrawal.displayedWords { displayedWords[word.term] = word.word }
    for left in withdrawal.left { nearnessLeft[Int(left.article)] = left.nearness }
  }

  /// The changes that came first.
  func first(_ count: Int) -> LandedArticles {
    guard count < changes.count else { return self }
    var first = LandedArticles(counts: counts)
    for change in changes[..<count] { first.append(change) }
    return first
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

  /// Whether an article of the file is gone.
  @inline(__always)
  func isWithdrawn(_ number: Int) -> Bool { !withdrawn.isEmpty && withdrawn.contains(number) }

  /// Whether no article has a term of the file any more; one that comes with a story later is new.
  func isLost(_ term: Int) -> Bool { !lostTerms.isEmpty && lostTerms.contains(UInt32(term)) }

  /// Who is near to an article as the last withdrawal left it, or as it landed; nil for one of which the
  /// file itself says it.
  func nearness(of number: Int) -> Nearness? {
    guard number >= counts.articles || !nearnessLeft.isEmpty else { return nil }
    return nearnessLeft[number] ?? self[number]?.nearness
  }

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

  /// All numbers of articles that are there in the archive's order, until `body` says that it has
  /// enough.
  func forEachInOrder(_ body: (Int) throws(IndexFileError) -> Bool) throws(IndexFileError) {
    var own = 0
    func takeOwn(before end: Int) throws(IndexFileError) -> Bool {
      while own < end {
        if !isWithdrawn(own) { guard try body(own) else { return false } }
        own += 1
      }
      return true
    }
    for place in order {
      guard try takeOwn(before: articles[place].place), try body(counts.articles + place) else {
        return
      }
    }
    _ = try takeOwn(before: counts.articles)
  }

  // MARK: Neighbours

  /// Who may have one of `numbers` as a neighbour by what is said beside the file; `listed(by:)` tells
  /// of whose that came later.
  func haveNear(_ numbers: Set<Int>) -> Set<Int> {
    Set(nearnessLeft.keys).union(counts.articles..<end).filter {
      nearness(of: $0)?.neighbors.contains { numbers.contains(Int($0)) } ?? false
    }
  }

  /// Who may have become a neighbour of one of `numbers` by landing.
  func listed(by numbers: Set<Int>) -> Set<Int> {
    var result: Set<Int> = []
    for (place, article) in articles.enumerated()
    where article.listing.contains(where: { numbers.contains(Int($0)) }) {
      result.insert(counts.articles + place)
    }
    return result
  }

  /// Those of `numbers` that may have got another neighbour or lost one, or that landed themselves.
  func reached(among numbers: Set<Int>) -> Set<Int> {
    var result = numbers.filter { $0 >= counts.articles || nearnessLeft[$0] != nil }
    for article in articles {
      for number in article.listing where numbers.contains(Int(number)) {
        result.insert(Int(number))
      }
    }
    return result
  }
}
