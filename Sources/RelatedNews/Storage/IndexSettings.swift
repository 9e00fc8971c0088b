/// What an index was built with, as lines of text: `stemmer porter2`.
struct IndexSettings: Sendable, Hashable {
  var analysis: AnalysisOptions
  var vectors: VectorOptions

  /// The lines that say what is in the file; the tool's version is not among them.
  var lines: [String] {
    [
      "stemmer \(analysis.stemmer.rawValue)", "stop-words \(analysis.stopWords.rawValue)",
      "weighting \(vectors.weighting)", "title-weight \(vectors.titleWeight)",
      "keywords-weight \(vectors.keywordsWeight)", "body-weight \(vectors.bodyWeight)",
      "ngram-range \(vectors.minimumNgram),\(vectors.maximumNgram)",
      "min-df \(Self.text(vectors.minimumDocumentFrequency))",
      "max-df \(Self.text(vectors.maximumDocumentFrequency))",
      "min-ngram-df \(vectors.minimumNgramFrequency)",
      "splits-shared-runs \(vectors.splitsSharedRuns)",
    ]
  }

  var hash: UInt64 {
    BlockChecksum.checksum(of: Array(lines.joined(separator: "\n").utf8), seed: 1)
  }

  func encoded(toolVersion: String) -> [UInt8] {
    Array((lines + ["tool \(toolVersion)"]).map { $0 + "\n" }.joined().utf8)
  }

  /// The version of the tool that wrote the settings.
  static func toolVersion(in text: String) -> String {
    text.split(separator: "\n").first { $0.hasPrefix("tool ") }.map { String($0.dropFirst(5)) }
      ?? ""
  }

  /// - Throws: `IndexFileError` naming the first line that is missing or means nothing.
  init(parsing text: String) throws(IndexFileError) {
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    func value<Value>(
      _ name: Substring, _ parse: (String) -> Value?
    ) throws(IndexFileError) -> Value {
      guard let text = values[name], let value = parse(String(text)) else {
        throw .inconsistent(.settings, "no valid line \"\(name)\"")
      }
      return value
    }
    let weight = { (text: String) -> Double? in
      Double(text).flatMap { $0 >= 0 && $0 <= 1_000_000 ? $0 : nil }
    }
    analysis = AnalysisOptions(
      stemmer: try value("stemmer", Stemmer.init(rawValue:)),
      stopWords: try value("stop-words", StopWords.init(rawValue:)))
    let lengths = try value("ngram-range") { text -> [Int]? in
      let ends = text.split(separator: ",").compactMap { Int($0) }
      return ends.count == 2 && ends[0] >= 1 && ends[0] <= ends[1] && ends[1] <= 16 ? ends : nil
    }
    vectors = VectorOptions(
      weighting: try value("weighting", { Weighting($0) }),
      titleWeight: try value("title-weight", weight),
      keywordsWeight: try value("keywords-weight", weight),
      bodyWeight: try value("body-weight", weight),
      minimumNgram: lengths[0], maximumNgram: lengths[1],
      minimumDocumentFrequency: try value("min-df", DocumentFrequencyBound.init),
      maximumDocumentFrequency: try value("max-df", DocumentFrequencyBound.init),
      minimumNgramFrequency: try value("min-ngram-df") { Int($0).flatMap { $0 >= 0 ? $0 : nil } },
      splitsSharedRuns: try value("splits-shared-runs", Bool.init))
  }

  init(analysis: AnalysisOptions, vectors: VectorOptions) {
    self.analysis = analysis
    self.vectors = vectors
  }

  /// `5` is a count; a share has a dot.
  private static func text(_ bound: DocumentFrequencyBound) -> String {
    switch bound {
    case .count(let count): "\(count)"
    case .share(let share): "\(share)"
    }
  }

  /// The lowest document frequency that a pair can have.
  var fewestOfPair: Int { min(max(1, vectors.minimumNgramFrequency), 1 << 20) }

  /// Whether the file holds postings, from which single lists are made without the whole archive.
  ///
  /// Only where a weight follows from how often a feature stands in its own article, and features
  /// are words and pairs: as the defaults are. Other settings are kept too, but are read whole.
  var hasPostings: Bool {
    vectors.weighting.articles.termFrequency.followsFromCount
      && vectors.minimumNgram == 1 && vectors.maximumNgram <= 2
      && vectors.titleWeight > 0 && vectors.keywordsWeight > 0 && vectors.bodyWeight > 0
  }
}
