/// An article that its index file was written whole with and that is gone, and all that lists need of
/// that.
///
/// What the file says of the others stays as it is where the archive has not learned from the article
/// (`SettledArticles`), but for those whose neighbour or candidate it was: of these it is said anew who is
/// near to them. A correction is a withdrawal and a story that takes the article's place in the input.
struct Withdrawal: Sendable {
  /// By its number in the file.
  let article: Int
  /// Terms of the file that nobody has any more; ascending.
  var lostTerms: [UInt32] = []
  /// Terms that readers know by another word from here on.
  var displayedWords: [LandedArticle.DisplayedWord] = []
  /// Those whose neighbour or candidate it may have been, by ascending number: who is near to them now.
  var left: [(article: UInt32, nearness: Nearness)] = []

  init(of article: Int) { self.article = article }

  /// More articles whose neighbour or candidate it may have been are not looked at anew: a 32nd, of a
  /// small archive some.
  static func mostLeft(on articleCount: Int) -> Int { max(256, articleCount / 32) }
}

extension Withdrawal {
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendVarint(UInt64(article))
    bytes.appendVarint(UInt64(lostTerms.count))
    bytes.append32s(lostTerms)
    bytes.append(displayedWords)
    bytes.appendVarint(UInt64(left.count))
    bytes.append32s(left.map(\.article))
    for (_, nearness) in left { nearness.append(to: &bytes) }
    return bytes
  }

  /// - Parameter landed: what landed before.
  init(from reader: inout ByteReader, on landed: LandedArticles) throws(IndexFileError) {
    let counts = landed.counts
    article = Int(try reader.number(below: counts.articles))
    guard !landed.isWithdrawn(article) else {
      throw LandedArticle.broken("article \(article) is withdrawn twice")
    }
    lostTerms = try reader.numbers(
      try reader.countOfEntries(), below: counts.terms, isAscending: true)
    displayedWords = try reader.displayedWords(terms: landed.termCount)
    let articles = try reader.numbers(
      try reader.countOfEntries(), below: landed.end, isAscending: true)
    guard articles.count <= Self.mostLeft(on: counts.articles) else {
      throw LandedArticle.broken("it leaves \(articles.count) articles")
    }
    for number in articles {
      left.append((number, try Nearness(from: &reader, articles: landed.end)))
    }
  }
}

/// What came to an index file since it was written whole.
enum LandedChange: Sendable {
  case story(LandedArticle)
  case withdrawal(Withdrawal)

  func encoded() -> [UInt8] {
    switch self {
    case .story(let story): [0] + story.encoded()
    case .withdrawal(let withdrawal): [1] + withdrawal.encoded()
    }
  }

  /// - Parameter landed: what landed before.
  init(from reader: inout ByteReader, on landed: LandedArticles) throws(IndexFileError) {
    switch try reader.number(width: 1) {
    case 0: self = .story(try LandedArticle(from: &reader, on: landed))
    case 1: self = .withdrawal(try Withdrawal(from: &reader, on: landed))
    default: throw LandedArticle.broken("a change of an unknown kind")
    }
  }
}
