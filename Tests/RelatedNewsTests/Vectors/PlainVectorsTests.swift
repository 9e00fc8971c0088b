import Foundation
import Testing

@testable import RelatedNews

/// Vectors against dictionaries of lists of terms: the same features, the same bits.
@Suite struct PlainVectorsTests {
  @Test(
    "counting in sets of bits and weighing in bulk changes nothing",
    arguments: [
      VectorOptions(), VectorOptions(titleWeight: 2.7, maximumNgram: 3),
      VectorOptions(minimumNgram: 2),
      VectorOptions(maximumNgram: 1, splitsSharedRuns: false),
      VectorOptions(weighting: Weighting("atn") ?? .standard),
      VectorOptions(weighting: Weighting("Lpc.lsc") ?? .standard, minimumNgram: 2),
      VectorOptions(
        weighting: .scikitLearn, minimumDocumentFrequency: .count(3),
        maximumDocumentFrequency: .share(0.5)),
    ], [1, 3])
  func plainTwin(options: VectorOptions, jobs: Int) {
    let analysis = Analyzer().analyze(RandomNews(seed: 11).articles(300))
    let vectorizer = Vectorizer.fit(analysis, options: options, jobs: jobs)
    let matrix = vectorizer.vectors(of: analysis.sequences, jobs: jobs)
    let found = (0..<matrix.rowCount).map { matrix[$0] }
    #expect(found == Self.vectors(of: analysis.sequences, by: vectorizer))
    let frequencies = Self.documentFrequencies(
      analysis.sequences, from: 0, upTo: options.maximumNgram)
    for feature in 0..<vectorizer.features.count {
      let df = frequencies[vectorizer.features.terms(of: feature)]
      #expect(df == vectorizer.features.documentFrequencies[feature])
    }
    // Of n-grams those are features that enough settled articles have, whatever the newest say.
    let settled = Self.documentFrequencies(
      analysis.sequences, from: 300 - options.settledCount(of: 300), upTo: options.maximumNgram)
    let features = Set((0..<vectorizer.features.count).map(vectorizer.features.terms))
    let bounds =
      options.minimumDocumentFrequency.articles(
        of: 300)...options.maximumDocumentFrequency
      .articles(of: 300)
    for (terms, df) in settled where terms.count > 1 {
      let isFrequent = df >= options.minimumNgramFrequency && bounds.contains(Double(df))
      #expect(features.contains(terms) == isFrequent)
    }
    #expect(features.allSatisfy { $0.count == 1 || settled[$0] != nil })
  }

  /// Every n-gram of an article, in the order of the text, with the places of its terms.
  private static func ngrams(
    _ article: Int, _ sequences: TermSequences, upTo longest: Int
  ) -> [(terms: [Int], places: Range<Int>, field: ArticleField)] {
    sequences.segments(of: article).flatMap { segment in
      let range = sequences.termRange(of: segment)
      return range.flatMap { start in
        (1...longest).filter { start + $0 <= range.upperBound }.map { length in
          (
            sequences.terms[start..<start + length].map { Int($0) }, start..<start + length,
            sequences.segmentFields[segment]
          )
        }
      }
    }
  }

  private static func documentFrequencies(
    _ sequences: TermSequences, from first: Int, upTo longest: Int
  ) -> [[Int]: Int] {
    var result: [[Int]: Int] = [:]
    for article in first..<sequences.articleCount {
      for terms in Set(ngrams(article, sequences, upTo: longest).map(\.terms)) {
        result[terms, default: 0] += 1
      }
    }
    return result
  }

  private static func vectors(
    of sequences: TermSequences, by vectorizer: Vectorizer
  ) -> [SparseVector] {
    let features = vectorizer.features
    var numbers: [[Int]: Int] = [:]
    for feature in 0..<features.count { numbers[features.terms(of: feature)] = feature }
    let options = vectorizer.options
    let scheme = options.weighting.articles
    // The articles of the highest numbers say how rare a feature is.
    let settledCount =
      scheme.documentFrequency == .graded
      ? SettledArticles.count(of: sequences.articleCount) : sequences.articleCount
    let settled = documentFrequencies(
      sequences, from: sequences.articleCount - settledCount, upTo: options.maximumNgram)
    let idf = (0..<features.count).map {
      scheme.inverseDocumentFrequency(
        settled[features.terms(of: $0)] ?? 1, of: settledCount)
    }
    return (0..<sequences.articleCount).map { article in
      let termWeights = vectorizer.termWeights(of: article, in: sequences)
      let first = sequences.termRange(ofArticle: article).lowerBound
      var counts: [Int: Float] = [:]
      for (terms, places, field) in ngrams(article, sequences, upTo: options.maximumNgram) {
        guard let feature = numbers[terms] else { continue }
        let least = places.map { termWeights[$0 - first] }.min() ?? 1
        counts[feature, default: 0] += Float(options.weight(of: field)) * least
      }
      let average = counts.values.reduce(0) { $0 + Double($1) } / Double(max(1, counts.count))
      let weights = counts.sorted { $0.key < $1.key }.map { feature, count in
        (
          feature,
          scheme.termWeight(
            frequency: Double(count), maximum: Double(counts.values.max() ?? 0), average: average)
            * idf[feature]
        )
      }.filter { $0.1 > 0 }
      let squares = weights.reduce(0) { $0 + $1.1 * $1.1 }
      let scale = 16_777_216 / squares.squareRoot()
      return SparseVector(
        termIDs: weights.map { UInt32($0.0) },
        weights: weights.map {
          scheme.normalization == .cosine
            ? Float(($0.1 * scale).rounded() / 16_777_216) : Float($0.1)
        })
    }
  }
}
