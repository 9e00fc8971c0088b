import Foundation
import Testing

@testable import RelatedNews

@Suite struct VectorizerTests {
  private func plain(_ weighting: Weighting, _ texts: [String]) -> (AnalyzedArchive, Vectorizer) {
    let analysis = Analyzer(options: AnalysisOptions(stemmer: .none, stopWords: .none))
      .analyze(texts.enumerated().map { Article(id: "\($0)", body: $1) })
    let options = VectorOptions(
      weighting: weighting, maximumNgram: 1, splitsSharedRuns: false)
    return (analysis, Vectorizer.fit(analysis, options: options))
  }

  /// Made with scikit-learn 1.9: `TfidfVectorizer().fit_transform(texts)`.
  @Test("the scheme scikit-learn equals TfidfVectorizer to 1e-6")
  func scikitLearn() throws {
    let expected: [[String: Double]] = [
      ["dam": 0.84100231, "flood": 0.34043192, "river": 0.42050115],
      ["bank": 0.93032387, "river": 0.36673901],
      ["election": 0.64450299, "flood": 0.41137791, "mayor": 0.64450299],
      ["dam": 0.38072472, "flood": 0.92468843],
    ]
    let (analysis, vectorizer) = plain(
      .scikitLearn,
      [
        "dam flood dam river", "river bank bank", "election mayor flood", "flood flood flood dam",
      ])
    let matrix = vectorizer.vectors(of: analysis.sequences)
    for (row, weights) in expected.enumerated() {
      let vector = matrix[row]
      #expect(vector.count == weights.count)
      for (id, weight) in zip(vector.termIDs, vector.weights) {
        let term = analysis.vocabulary.term(vectorizer.features.terms(of: Int(id))[0])
        let wanted = try #require(weights[term])
        #expect(abs(Double(weight) - wanted) < 1e-6, "\(term)")
      }
    }
  }

  @Test("graded: document frequencies count in powers of four, the archive in powers of two")
  func graded() throws {
    let scheme = try #require(Weighting("rgc")).articles
    for (df, grade) in [(1, 1), (3, 1), (4, 4), (15, 4), (16, 16), (63, 16), (64, 64), (900, 256)] {
      let expected = log((1 + 1024) / (1 + Double(grade) * 2.0.squareRoot())) + 1
      for count in [900, 1000, 1024] {
        #expect(abs(scheme.inverseDocumentFrequency(df, of: count) - expected) < 1e-12)
      }
      #expect(scheme.inverseDocumentFrequency(df, of: 1025) > expected + 0.6)
    }
    // A term of every article still weighs something.
    for count in [1, 4, 16, 1 << 20] {
      #expect(scheme.inverseDocumentFrequency(count, of: count) > 0.6)
    }
  }

  @Test(
    "settled are all articles but the newest 1 to 3 %, and their number moves in steps of a 64th")
  func settled() {
    for n in 0..<64 { #expect(SettledArticles.count(of: n) == n) }
    #expect(
      [64, 100, 129, 1000, 18_943, 100_000].map(SettledArticles.count) == [
        63, 99, 126, 992, 18_432, 98_304,
      ])
    var steps = 0
    for n in 64..<20_000 {
      let count = SettledArticles.count(of: n)
      #expect(count < n && Double(count) >= Double(n) * 0.968)
      let step = count - SettledArticles.count(of: n - 1)
      #expect(step >= 0 || n == 64)
      if step > 0 { steps += 1 }
    }
    #expect(steps < 64 * 9, "\(steps)")
  }

  @Test("ltc by hand: tf 1 + ln tf, idf ln(N/df), length 1")
  func ltc() throws {
    let (analysis, vectorizer) = plain(
      try #require(Weighting("ltc")), ["dam dam flood", "flood", "river", "river"])
    let vector = vectorizer.vectors(of: analysis.sequences)[0]
    let dam = (1 + log(2.0)) * log(4.0)
    let flood = log(2.0)
    let length = (dam * dam + flood * flood).squareRoot()
    #expect(abs(Double(vector.weights[0]) - dam / length) < 1e-6)
    #expect(abs(Double(vector.weights[1]) - flood / length) < 1e-6)
    #expect(abs(vector.dot(vector) - 1) < 1e-6)
  }

  @Test(
    "SMART letters that do not exist are refused", arguments: ["", "xyz", "lt", "ltc.lt", "l.t.c"])
  func badLetters(letters: String) { #expect(Weighting(letters) == nil) }

  @Test("a pair of words is a feature from two articles on, and never across paragraphs")
  func bigrams() {
    let analysis = Analyzer(options: AnalysisOptions(stemmer: .none, stopWords: .none)).analyze([
      Article(id: "1", body: "ballistic missile\n\nfired east"),
      Article(id: "2", body: "ballistic missile fired\n\nagain"),
      Article(id: "3", body: "missile\n\nfired"),
    ])
    let vectorizer = Vectorizer.fit(analysis)
    let names = (0..<vectorizer.features.count).map { feature in
      vectorizer.features.terms(of: feature).map(analysis.vocabulary.term).joined(separator: " ")
    }
    #expect(names.filter { $0.contains(" ") } == ["ballistic missile"])
  }

  @Test("min-df and max-df bound the features")
  func documentFrequencies() {
    let analysis = Analyzer(options: AnalysisOptions(stemmer: .none, stopWords: .none)).analyze([
      Article(id: "1", body: "all some one"), Article(id: "2", body: "all some"),
      Article(id: "3", body: "all"), Article(id: "4", body: "all"),
    ])
    var options = VectorOptions(maximumNgram: 1)
    options.minimumDocumentFrequency = .count(2)
    options.maximumDocumentFrequency = .share(0.5)
    let features = Vectorizer.fit(analysis, options: options).features
    #expect(
      (0..<features.count).map { analysis.vocabulary.term(features.terms(of: $0)[0]) } == ["some"])
  }

  @Test("a notice under every article weighs less than the news above it")
  func sharedRuns() {
    let notice = "subscribe today for every story we publish"
    let articles = (0..<6).map {
      Article(
        id: "\($0)",
        body: "unique\($0) words\($0) about\($0) town\($0) and\($0) more\($0) here\($0)"
          + "\n\n" + notice)
    }
    let analysis = Analyzer(options: AnalysisOptions(stemmer: .none, stopWords: .none))
      .analyze(articles)
    let split = Vectorizer.fit(analysis).termWeights(of: 0, in: analysis.sequences)
    #expect(split.prefix(7).allSatisfy { $0 == 1 })
    #expect(split.suffix(7).allSatisfy { abs($0 - 2.0 / 6) < 1e-6 })
  }

  @Test("support is the dot product without its largest product")
  func support() {
    let a = SparseVector(termIDs: [1, 3, 4, 9], weights: [0.5, 0.25, 0.5, 0.125])
    let b = SparseVector(termIDs: [1, 2, 3, 9], weights: [0.5, 0.75, 0.5, 0.25])
    // 1: .25, 3: .125, 9: .03125
    #expect(a.dotAndSupport(b) == (0.40625, 0.15625))
    #expect(b.dotAndSupport(a) == (0.40625, 0.15625))
    let one = SparseVector(termIDs: [2], weights: [1])
    #expect(b.dotAndSupport(one) == (0.75, 0), "one shared word leaves nothing")
  }
}
