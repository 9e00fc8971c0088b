/// The parts of an index file, in the order in which they stand there.
///
/// The first ones are small and read whole by every query, as is the last one; the others are read where
/// they are needed. Articles are those that were written whole: stories that landed since stand in the
/// last one.
enum IndexSection: UInt32, CaseIterable, Sendable, CustomStringConvertible {
  /// What it was built with, as lines of text: tool, analysis, weighting, features.
  case settings = 1
  /// How many articles, terms, words, … there are, and the score floor.
  case counts
  /// The names of columns that headlines share.
  case labels
  /// The distinct combinations of status, source, section, language, embargo and expiry.
  case classes
  /// Beside each article its class.
  case classCodes
  /// Beside each article its date.
  case dates
  /// Beside each article the length of its vector before it became 1.
  case scales
  /// Beside each article the length of its expanded vector.
  case norms
  /// The nearest articles of each article, by their numbers.
  case neighbors
  /// What the last neighbour and the last candidate of each article score at least.
  case floors
  /// The articles in the order of the input.
  case inputOrder
  /// The articles by the bytes of their ids.
  case idOrder
  /// Id, title, address and keywords of each article.
  case records
  /// The terms, by their bytes.
  case terms
  /// The words behind the terms, by term.
  case words
  /// One bit a word: whether it is the first of a term.
  case wordStarts
  /// Of each term: its words, document and settled frequency, and pairs.
  case termInfo
  /// Of each term where its postings are.
  case termRanges
  /// Of each term the articles that have it, and how often.
  case termPostings
  /// Of each pair of neighbouring terms: its second term, document and settled frequency.
  case pairInfo
  /// Of each pair where its postings are.
  case pairRanges
  /// Of each pair the articles that have it, as places in the postings of its rarer term.
  case pairPostings
  /// The commonest words, which have short codes.
  case frequentWords
  /// What each article says, as words.
  case sequences
  /// Runs of words that several articles share.
  case runs
  /// The stories that landed since all else was written.
  case landed

  /// How many blocks are read at once where one is wanted: a query looks into these sections all
  /// over.
  var blocksAtOnce: Int {
    switch self {
    case .terms, .termInfo, .termRanges, .pairInfo, .pairRanges: 16
    default: 1
    }
  }

  /// Its place among all sections.
  var place: Int { Int(rawValue) - 1 }

  /// Whether a list needs all or most of it.
  var isReadAllOver: Bool {
    switch self {
    case .settings, .counts, .labels, .classes, .classCodes, .dates, .scales, .wordStarts,
      .frequentWords, .landed:
      true
    default: blocksAtOnce > 1
    }
  }

  var description: String {
    switch self {
    case .settings: "settings"
    case .counts: "counts"
    case .labels: "labels"
    case .classes: "classes"
    case .classCodes: "class codes"
    case .dates: "dates"
    case .scales: "scales"
    case .norms: "norms"
    case .neighbors: "neighbors"
    case .floors: "floors"
    case .inputOrder: "input order"
    case .idOrder: "id order"
    case .records: "records"
    case .terms: "terms"
    case .words: "words"
    case .wordStarts: "word starts"
    case .termInfo: "term info"
    case .termRanges: "term ranges"
    case .termPostings: "term postings"
    case .pairInfo: "pair info"
    case .pairRanges: "pair ranges"
    case .pairPostings: "pair postings"
    case .frequentWords: "frequent words"
    case .sequences: "sequences"
    case .runs: "runs"
    case .landed: "landed"
    }
  }
}
