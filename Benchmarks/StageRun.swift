import Foundation
import RelatedNews

/// Runs the stages one after the other, each on the clock by itself, and checks what they give.
struct StageRun {
  let options: BenchmarkOptions
  private var report = Report()

  init(options: BenchmarkOptions) { self.options = options }

  /// - Returns: whether every checked answer equals the plain twin's.
  mutating func run() throws -> Bool {
    var articles: [Article] = []
    let analyzed: AnalyzedArchive
    if let count = options.generated, !options.throughText {
      let news = GeneratedNews(count: count, distinctTerms: options.distinctTerms)
      report.common = [("articles", "\(count)")]
      analyzed = report.timed("generate") { news.analyzed(jobs: options.jobs) }
    } else {
      articles = try readArticles()
      let bytes = Self.bytes(of: articles)
      report.common = [("articles", "\(articles.count)"), ("bytes", "\(bytes)")]
      analyzed = analyze(articles, bytes: bytes)
    }
    let vectors = vectorize(analyzed)
    report.common.append(("terms", "\(vectors.termCount)"))
    let index = report.timed(
      "index", [("jobs", "\(options.jobs)"), ("index_bytes", "\(Self.bytes(of: vectors))")]
    ) { InvertedIndex(articles: vectors, jobs: options.jobs) }
    var isRight = true
    if options.wants("rebuild") { isRight = try rebuild(index) }
    if options.wants("suggest") { isRight = suggest(index) && isRight }
    if options.wants("recommend"), !articles.isEmpty { recommend(articles) }
    if options.wants("index-file"), !articles.isEmpty { try writeIndexFile(of: articles) }
    report.line("memory", [("peak_bytes", "\(peakMemory())")])
    return isRight
  }

  /// Of titles and bodies.
  private static func bytes(of articles: [Article]) -> Int {
    articles.reduce(0) { $0 + $1.title.utf8.count + $1.body.utf8.count }
  }

  /// Of the vectors by article and again by term, 8 bytes a weight and 8 a start.
  private static func bytes(of vectors: SparseMatrix) -> Int {
    8 * (2 * vectors.termIDs.count + vectors.rowCount + vectors.termCount + 2)
  }

  private func readArticles() throws -> [Article] {
    if let count = options.generated {
      let news = GeneratedNews(count: count, distinctTerms: options.distinctTerms)
      return report.timed("generate") { news.articles(jobs: options.jobs) }
    }
    return try report.timed("read", [("jobs", "\(options.jobs)")]) {
      try ArticleReader().read(options.inputs, jobs: options.jobs).articles
    }
  }

  private func analyze(_ articles: [Article], bytes: Int) -> AnalyzedArchive {
    let order = Archive.articleOrder(of: articles)
    let sorted = order.map { articles[$0] }
    for _ in 1..<options.rounds { _ = textToVectors(sorted, bytes: bytes, jobs: options.jobs) }
    if options.jobs > 1, !options.runsOnce {
      _ = textToVectors(sorted, bytes: bytes, jobs: 1)
    }
    return textToVectors(sorted, bytes: bytes, jobs: options.jobs)
  }

  private func textToVectors(_ articles: [Article], bytes: Int, jobs: Int) -> AnalyzedArchive {
    let cores = [("jobs", "\(jobs)")]
    let before = processorSeconds()
    let (analyzed, seconds) = timing {
      let analyzed = report.timed("analyze", cores) {
        Analyzer(options: options.analysis).analyze(articles, jobs: jobs)
      }
      let vectorizer = report.timed("fit", cores) {
        Vectorizer.fit(analyzed, options: options.vectors, jobs: jobs)
      }
      _ = report.timed("weigh", cores) {
        vectorizer.vectors(of: analyzed.sequences, jobs: jobs)
      }
      return analyzed
    }
    report.line(
      "text-to-vectors",
      cores + [
        ("seconds", Report.decimal(seconds)),
        ("cpu_seconds", Report.decimal(processorSeconds() - before)),
        ("megabytes_per_second", Report.decimal(Double(bytes) / seconds / 1e6, places: 1)),
      ])
    return analyzed
  }

  private func vectorize(_ analyzed: AnalyzedArchive) -> SparseMatrix {
    let vectors = Vectorizer.fit(analyzed, options: options.vectors, jobs: options.jobs)
      .vectors(of: analyzed.sequences, jobs: options.jobs)
    report.line(
      "vectors",
      [
        ("terms", "\(vectors.termCount)"), ("weights", "\(vectors.termIDs.count)"),
        (
          "terms_per_article",
          Report.decimal(
            Double(vectors.termIDs.count) / Double(max(1, vectors.rowCount)), places: 1)
        ),
      ])
    return vectors
  }

  private func rebuild(_ index: InvertedIndex) throws -> Bool {
    var isRight = true
    var first: NeighborLists?
    let once = options.jobs > 1 && !options.runsOnce ? [options.jobs, 1] : [options.jobs]
    var times: [Int: [Double]] = [:]
    for jobs in (1...options.rounds).flatMap({ _ in once }) {
      let (lists, seconds) = report.measured(
        "rebuild", [("jobs", "\(jobs)"), ("limit", "\(options.limit)")]
      ) { index.nearestOfAll(limit: options.limit, jobs: jobs) }
      times[jobs, default: []].append(seconds)
      if let first { isRight = isRight && first == lists } else { first = lists }
    }
    guard let lists = first else { return true }
    summarize("rebuild", times)
    let wrong = PlainTwin.differences(
      lists, among: index.articles, count: options.checks, jobs: options.jobs)
    report.line(
      "check", [("of", "rebuild"), ("lists", "\(options.checks)"), ("wrong", "\(wrong)")])
    if let folder = options.exportFolder {
      try VectorExport.write(index.articles, lists: lists, to: folder)
    }
    return isRight && wrong == 0
  }

  /// The best and the middle one of the rounds, and how much quicker several jobs are than one.
  private func summarize(_ stage: String, _ times: [Int: [Double]]) {
    let times = times.mapValues { $0.sorted() }
    func line(_ name: String, _ chosen: ([Double]) -> Double) {
      guard let many = times[options.jobs].map(chosen) else { return }
      var pairs = [
        ("of", stage), ("rounds", "\(options.rounds)"), ("jobs", "\(options.jobs)"),
        ("seconds", Report.decimal(many)),
      ]
      if options.jobs > 1, let one = times[1].map(chosen) {
        pairs += [
          ("seconds_at_one_job", Report.decimal(one)),
          ("speedup", Report.decimal(one / many, places: 2)),
        ]
      }
      report.line(name, pairs)
    }
    line("best") { $0[0] }
    line("median") { $0.quantile(0.5) }
  }

  private func suggest(_ index: InvertedIndex) -> Bool {
    let n = index.articles.rowCount
    guard n > 0, options.queries > 0 else { return true }
    let sources = (0..<options.queries).map { ($0 &* 7919) % n }
    var times: [Double] = []
    var cpuTimes: [Double] = []
    var wrong = 0
    for (place, source) in sources.enumerated() {
      let query = index.articles[source]
      let before = processorSeconds()
      let (list, seconds) = timing {
        index.nearest(to: query, limit: options.limit) { $0 == source ? 0 : 1 }
      }
      times.append(seconds)
      cpuTimes.append(processorSeconds() - before)
      guard place < options.checks else { continue }
      let plain = PlainTwin.nearest(to: source, among: index.articles, limit: options.limit)
      if plain != list { wrong += 1 }
    }
    report.line(
      "suggest",
      latencies(times) + [
        ("cpu_p50_ms", Report.decimal(cpuTimes.quantile(0.5) * 1e3)),
        ("cpu_p99_ms", Report.decimal(cpuTimes.quantile(0.99) * 1e3)),
      ])
    report.line(
      "check", [("of", "suggest"), ("lists", "\(options.checks)"), ("wrong", "\(wrong)")])
    return wrong == 0
  }

  /// Whole lists for new articles, with the second look, from one recommender.
  private func recommend(_ articles: [Article]) {
    let archive = report.timed("build-archive", [("jobs", "\(options.jobs)")]) {
      Archive.build(
        articles, analysis: options.analysis, vectors: options.vectors, jobs: options.jobs)
    }
    let recommender = report.timed("recommender") {
      Recommender(archive: archive, jobs: options.jobs)
    }
    let times = (0..<min(options.queries, 200)).map { place in
      let article = articles[(place &* 7919) % articles.count]
      return timing { recommender.list(for: article) }.seconds
    }
    report.line("recommend", latencies(times))
    _ = report.timed("lists", [("jobs", "\(options.jobs)")]) {
      recommender.lists(jobs: options.jobs)
    }
  }

  /// An archive that is kept: everything from the articles to the file.
  private func writeIndexFile(of articles: [Article]) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "benchmarks-\(UUID().uuidString).rnx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try report.measured(
      "index-file", [("jobs", "\(options.jobs)")], telling: Self.indexBytes
    ) {
      let archive = Archive.build(
        articles, analysis: options.analysis, vectors: options.vectors, isKept: true,
        jobs: options.jobs)
      try IndexFileWriter.write(archive, to: path, toolVersion: "benchmarks", jobs: options.jobs)
      return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
  }

  private static func indexBytes(_ size: Int) -> [(String, String)] {
    [("index_bytes", "\(size)")]
  }

  private func latencies(_ times: [Double]) -> [(String, String)] {
    [
      ("queries", "\(times.count)"), ("p50_ms", Report.decimal(times.quantile(0.5) * 1e3)),
      ("p99_ms", Report.decimal(times.quantile(0.99) * 1e3)),
      ("max_ms", Report.decimal((times.max() ?? 0) * 1e3)),
    ]
  }
}
