/// Which features articles have and what they weigh: a choice per archive.
public struct VectorOptions: Sendable, Hashable, Codable {
  public var weighting: Weighting
  /// A word of the title counts as often as this many in the body.
  public var titleWeight: Double
  public var keywordsWeight: Double
  public var bodyWeight: Double
  /// The lengths of word n-grams that are features, as scikit-learn's `ngram_range`.
  public var minimumNgram: Int
  public var maximumNgram: Int
  /// Features of fewer articles are left out.
  public var minimumDocumentFrequency: DocumentFrequencyBound
  /// Features of more articles are left out.
  public var maximumDocumentFrequency: DocumentFrequencyBound
  /// Word n-grams (two words or more) of fewer articles are left out: a pair of words that stands
  /// in one article only can match nothing, yet would make its vector longer.
  public var minimumNgramFrequency: Int
  /// Whether words in runs that many articles share count less: see `SharedRuns`.
  public var splitsSharedRuns: Bool

  public init(
    weighting: Weighting = .standard, titleWeight: Double = 4, keywordsWeight: Double = 2,
    bodyWeight: Double = 1, minimumNgram: Int = 1, maximumNgram: Int = 2,
    minimumDocumentFrequency: DocumentFrequencyBound = .count(1),
    maximumDocumentFrequency: DocumentFrequencyBound = .share(1), minimumNgramFrequency: Int = 2,
    splitsSharedRuns: Bool = true
  ) {
    self.weighting = weighting
    self.titleWeight = titleWeight
    self.keywordsWeight = keywordsWeight
    self.bodyWeight = bodyWeight
    self.minimumNgram = minimumNgram
    self.maximumNgram = maximumNgram
    self.minimumDocumentFrequency = minimumDocumentFrequency
    self.maximumDocumentFrequency = maximumDocumentFrequency
    self.minimumNgramFrequency = minimumNgramFrequency
    self.splitsSharedRuns = splitsSharedRuns
  }

  package func weight(of field: ArticleField) -> Double {
    switch field {
    case .title: titleWeight
    case .keywords: keywordsWeight
    case .body: bodyWeight
    }
  }
}

/// A bound on document frequency, as scikit-learn's `min_df` and `max_df`: a whole number counts
/// articles, a fraction is a share of the archive.
public enum DocumentFrequencyBound: Sendable, Hashable, Codable {
  case count(Int)
  case share(Double)

  /// `"5"` is five articles, `"0.5"` half of them, `"1.0"` all; nil for anything else.
  public init?(_ text: String) {
    if let count = Int(text), count >= 0 {
      self = .count(count)
    } else if let share = Double(text), (0...1).contains(share) {
      self = .share(share)
    } else {
      return nil
    }
  }

  /// The bound in articles, for an archive of `articleCount`.
  package func articles(of articleCount: Int) -> Double {
    switch self {
    case .count(let count): Double(count)
    case .share(let share): share * Double(articleCount)
    }
  }
}
