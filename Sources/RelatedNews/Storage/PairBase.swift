/// What the places in a pair's postings count.
enum PairBase {
  /// Neither of its terms is a feature.
  case allArticles
  case first, second

  static func of(_ first: TermRow, _ second: TermRow) -> PairBase {
    let (a, b) = (first.documentFrequency, second.documentFrequency)
    if a == 0 { return b == 0 ? .allArticles : .second }
    return b == 0 || a <= b ? .first : .second
  }

  func size(_ first: TermRow, _ second: TermRow, articleCount: Int) -> Int {
    switch self {
    case .allArticles: articleCount
    case .first: first.documentFrequency
    case .second: second.documentFrequency
    }
  }
}
