import Foundation

/// How much a term weighs, in SMART letters: `Weighting("lsc.lsc")`, articles before the dot,
/// queries behind it; one triple serves both.
///
/// Each triple has a letter for term frequency (n natural, l logarithm `1 + ln tf`, a augmented,
/// b Boolean, L log average, r root `tf^0.6`), one for document frequency (n none, t `ln(N/df)`,
/// p probabilistic, s smoothed `ln((1 + N)/(1 + df)) + 1`, g graded: the same with df by powers of
/// four and N by powers of two; with a g on either side both sides count settled articles), and one for normalisation (n none, c cosine).
/// Sources: Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, figure 6.15;
/// the letters r, s and g are ours: s for the formula of scikit-learn's TfidfTransformer, r near the
/// square root of Lucene's ClassicSimilarity, g see `DocumentFrequency.graded`.
public struct Weighting: Sendable, Hashable {
  public var articles: Scheme
  public var queries: Scheme

  /// One triple of letters.
  public struct Scheme: Sendable, Hashable {
    public var termFrequency: TermFrequency
    public var documentFrequency: DocumentFrequency
    public var normalization: Normalization
  }

  public enum TermFrequency: Character, Sendable, CaseIterable {
    case natural = "n"
    case logarithm = "l"
    case root = "r"
    case augmented = "a"
    case boolean = "b"
    case logAverage = "L"
  }

  public enum DocumentFrequency: Character, Sendable, CaseIterable {
    case none = "n"
    case idf = "t"
    case probabilistic = "p"
    case smoothed = "s"
    /// Smoothed, with the archive's size rounded up to a power of two and the document frequency
    /// rounded down to a power of four, times √2, as more are near the lower end of such a grade than
    /// near its upper.
    ///
    /// How rare a term is matters in grades, not to the last article; and so the weights of the whole
    /// archive do not move with every article that is corrected or withdrawn. That they do not move
    /// with every article that comes in, either, is because a weighting with this letter counts settled
    /// articles: see `SettledArticles`. Against no grades it changes nothing beyond noise: on digitalgov +.003 [−.003, +.009], +.001 [−.005,
    /// +.006] and +.005 [−.001, +.011] nDCG@10 (text alone, only older, defaults), on lee50 +.006 r.
    /// Powers of two are as good, but one new article changes twice as many lists; powers of eight
    /// lose .007 to .01.
    case graded = "g"
  }

  public enum Normalization: Character, Sendable, CaseIterable {
    case none = "n"
    case cosine = "c"
  }

  /// Sublinear, as a word said ten times is not ten times as telling; the root and not the
  /// logarithm, which tells five from ten hardly at all (+.006 nDCG@10 on digitalgov); smoothed, as a
  /// term of every article still tells two articles of one language from two of different ones;
  /// graded, so that weights keep still while the archive grows.
  public static let standard = Weighting(scheme: Scheme("rgc"))

  /// TfidfVectorizer's defaults: raw counts, smoothed idf, length 1.
  public static let scikitLearn = Weighting(scheme: Scheme("nsc"))

  private init(scheme: Scheme) {
    articles = scheme
    queries = scheme
  }

  /// - Parameter letters: `"lsc.lsc"`, `"ltc"`, or `"scikit-learn"`; nil for anything else.
  public init?(_ letters: String) {
    if letters == "scikit-learn" {
      self = .scikitLearn
      return
    }
    let sides = letters.split(separator: ".", omittingEmptySubsequences: false)
    guard sides.count <= 2, let first = sides.first, let articles = Scheme(parsing: first),
      let queries = Scheme(parsing: sides.last ?? first)
    else { return nil }
    self.articles = articles
    self.queries = queries
  }

  /// Whether a pair scores the same from both sides.
  public var isSymmetric: Bool { articles == queries }
}

extension Weighting: CustomStringConvertible, Codable {
  public var description: String { "\(articles).\(queries)" }

  public init(from decoder: any Decoder) throws {
    let letters = try decoder.singleValueContainer().decode(String.self)
    guard let weighting = Weighting(letters) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no SMART weighting: \(letters)"))
    }
    self = weighting
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Weighting.Scheme: CustomStringConvertible {
  fileprivate init(_ letters: StaticString) {
    self = Weighting.Scheme(parsing: Substring("\(letters)")) ?? Weighting.Scheme.natural
  }

  private static let natural = Weighting.Scheme(
    termFrequency: .natural, documentFrequency: .none, normalization: .none)

  fileprivate init?(parsing letters: Substring) {
    let letters = Array(letters)
    guard letters.count == 3, let tf = Weighting.TermFrequency(rawValue: letters[0]),
      let df = Weighting.DocumentFrequency(rawValue: letters[1]),
      let norm = Weighting.Normalization(rawValue: letters[2])
    else { return nil }
    self.init(termFrequency: tf, documentFrequency: df, normalization: norm)
  }

  public var description: String {
    String([termFrequency.rawValue, documentFrequency.rawValue, normalization.rawValue])
  }

  /// The weight of how often a term stands in an article; `frequency` may be fractional, as fields
  /// weigh differently. Below 1 the logarithm gives way to the frequency itself, never below 0.
  package func termWeight(frequency: Double, maximum: Double, average: Double) -> Double {
    guard frequency > 0 else { return 0 }
    switch termFrequency {
    case .natural: return frequency
    case .logarithm: return Self.sublinear(frequency)
    case .root: return frequency < 1 ? frequency : pow(frequency, 0.6)
    case .augmented: return 0.5 + 0.5 * frequency / maximum
    case .boolean: return 1
    case .logAverage: return Self.sublinear(frequency) / Self.sublinear(average)
    }
  }

  /// The weight of how many of `articleCount` articles have a term; never below 0.
  package func inverseDocumentFrequency(_ df: Int, of articleCount: Int) -> Double {
    guard df > 0 else { return 0 }
    let n = Double(articleCount)
    let df = Double(df)
    return switch documentFrequency {
    case .none: 1
    case .idf: max(0, log(n / df))
    case .probabilistic: n > df ? max(0, log((n - df) / df)) : 0
    case .smoothed: log((1 + n) / (1 + df)) + 1
    case .graded: log((1 + exp2(log2(n).rounded(.up))) / (1 + Self.grade(of: df))) + 1
    }
  }

  private static func grade(of df: Double) -> Double {
    exp2((log2(df) / 2).rounded(.down) * 2) * 2.0.squareRoot()
  }

  private static func sublinear(_ frequency: Double) -> Double {
    frequency >= 1 ? 1 + log(frequency) : frequency
  }
}
