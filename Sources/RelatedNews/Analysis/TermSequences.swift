/// Where in an article a term stands.
public enum ArticleField: UInt8, Sendable, Hashable, Codable, CaseIterable {
  case title, keywords, body
}

/// What every article says, in order, as term ids in flat arrays; stop words are left out.
///
/// Article `a` owns the segments `articleSegments[a]..<articleSegments[a + 1]`. A segment is the
/// title, one keyword, or one paragraph of the body; segment `s` is
/// `terms[segmentStarts[s]..<segmentStarts[s + 1]]`.
public struct TermSequences: Sendable, Hashable {
  public let terms: [UInt32]
  public let segmentStarts: [Int]
  public let segmentFields: [ArticleField]
  public let articleSegments: [Int]

  public init(
    terms: [UInt32], segmentStarts: [Int], segmentFields: [ArticleField], articleSegments: [Int]
  ) {
    precondition(segmentStarts.first == 0 && segmentStarts.last == terms.count)
    precondition(articleSegments.first == 0 && articleSegments.last == segmentFields.count)
    precondition(segmentStarts.count == segmentFields.count + 1)
    self.terms = terms
    self.segmentStarts = segmentStarts
    self.segmentFields = segmentFields
    self.articleSegments = articleSegments
  }

  public var articleCount: Int { articleSegments.count - 1 }

  /// The segments of an article: title first, then keywords, then paragraphs.
  public func segments(of article: Int) -> Range<Int> {
    articleSegments[article]..<articleSegments[article + 1]
  }

  /// Where the terms of a segment stand in `terms`.
  public func termRange(of segment: Int) -> Range<Int> {
    segmentStarts[segment]..<segmentStarts[segment + 1]
  }

  /// Where all terms of an article stand in `terms`.
  public func termRange(ofArticle article: Int) -> Range<Int> {
    segmentStarts[articleSegments[article]]..<segmentStarts[articleSegments[article + 1]]
  }
}

extension TermSequences {
  /// The articles of `parts`, one after the other.
  package init(joining parts: [TermSequences], jobs: Int = 1) {
    var starts = [0]
    var fields: [ArticleField] = []
    var articles = [0]
    var termCount = 0
    for part in parts {
      starts += part.segmentStarts.dropFirst().lazy.map { $0 + termCount }
      articles += part.articleSegments.dropFirst().lazy.map { $0 + fields.count }
      termCount += part.terms.count
      fields += part.segmentFields
    }
    self.init(
      terms: concurrentJoin(parts.map(\.terms), jobs: jobs), segmentStarts: starts,
      segmentFields: fields, articleSegments: articles)
  }
}
