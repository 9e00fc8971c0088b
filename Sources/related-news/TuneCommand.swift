import Foundation
import RelatedNews

extension Command {
  static let tune = Command(
    name: "tune", arguments: "ARCHIVE --qrels FILE", summary: "search for better options",
    details: """
      Tries other values of the weighting and list options, one option after the other, and keeps
      what helps. What that is worth is measured by cross-validation, on judged articles that the
      search did not see; a gain that may be noise is not recommended. With --output a recommended
      setting is written as a configuration file, and the search can be stopped and goes on with the
      same command. An option given here stays as it is.
      """,
    examples: [
      "related-news tune Data/archive.jsonl --qrels Data/judgments.qrels --output related-news.json"
    ],
    options: [
      Option("qrels", "FILE", "judgments: qid 0 docno grade"),
      Option("measure", "NAME", "what to raise (default nDCG@10)"),
      Option("folds", "N", "parts of the cross-validation (default 5)"),
      Option("seed", "N", "of the parts and of the order of the search (default 1)"),
      Option("only", "NAME", "tune this option only", repeats: true),
      Option("output", "FILE", "write the recommended options here, such as related-news.json"),
    ] + CommonOptions.lists.rare + CommonOptions.analysis + CommonOptions.reading,
    run: { arguments in
      guard let path = arguments.operands.first else { throw UsageError("tune needs an ARCHIVE") }
      guard let qrels = arguments.text("qrels") else { throw UsageError("tune needs --qrels FILE") }
      let measure = try TuningSearch.measure(arguments)
      let judgments = try Judgments.read(qrels)
      let archive = try Inputs.archive(at: path, arguments)
      let isIndex = try KeptArchive.index(at: path, arguments) != nil
      let search = try TuningSearch(archive, judgments, measure, arguments, isIndex: isIndex)
      let result = try search.run()
      try Terminal.print(result.text(measure: measure.names[0]))
      guard result.isRecommended else { return }
      try TunedConfiguration.write(result.setting, arguments)
    })
}

/// The search with the tool's own options: measures settings, keeps what it measured, says how far
/// it is. A class, as there is one search with one open file.
final class TuningSearch {
  private let arguments: Arguments
  private let judgments: Judgments
  private let measure: Measure
  private let tuner: Tuner
  private let start: Archive
  /// The archive that was built last, and the options it was built with.
  private var latest: (options: [String: String], archive: Archive)?
  private var journal: TuningJournal?
  private let watch = Stopwatch()
  private var count = 0

  static func measure(_ arguments: Arguments) throws -> Measure {
    do {
      return try MeasureCatalog.value(arguments.text("measure") ?? "nDCG@10")
    } catch let error as MeasureError {
      throw UsageError("--measure: \(error)")
    }
  }

  init(
    _ archive: Archive, _ judgments: Judgments, _ measure: Measure, _ arguments: Arguments,
    isIndex: Bool
  ) throws {
    self.arguments = arguments
    self.judgments = judgments
    self.measure = measure
    start = archive
    let topicCount = Evaluation(of: Run(rankings: [:]), judgedBy: judgments).rows.count
    let folds = try arguments.integer("folds", in: 2...100) ?? 5
    guard topicCount >= 2 * folds else {
      throw EvaluationFailure(
        description: "\(topicCount) judged articles are too few for \(folds) folds: "
          + "tuning needs \(2 * folds) or more (related-news judge makes them)")
    }
    tuner = Tuner(
      try Self.coordinates(arguments, isIndex: isIndex), topicCount: topicCount, foldCount: folds,
      seed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1))
    journal = try arguments.text("output").map { path in
      try TuningJournal(
        path: path + ".search",
        fingerprint: Self.fingerprint(archive, judgments, measure, arguments),
        topicCount: topicCount)
    }
  }

  func run() throws -> Tuner.Result {
    let searches = tuner.foldCount + 1
    let isQuiet = arguments.has("quiet")
    let result = try tuner.tune(
      values: { try values(of: $0) },
      willSearch: { search in
        if !isQuiet {
          Terminal.say(
            "search \(search + 1) of \(searches), \(Terminal.counted(self.count, "setting")) tried, "
              + self.watch.text)
        }
      })
    if let path = journal?.path { try? FileManager.default.removeItem(atPath: path) }
    return result
  }

  /// The measure of every topic with a setting.
  private func values(of setting: TuningSetting) throws -> [Double] {
    if let values = journal?.values[setting] { return values }
    let options = arguments.with(setting.values)
    let jobs = try CommonOptions.jobs(options)
    let archive = try archive(for: setting, options)
    let recommender = Recommender(
      archive: archive, options: try CommonOptions.recommendationOptions(options, limit: 20),
      jobs: jobs)
    let lists = recommender.lists(
      of: judgments.queries.compactMap(archive.number(of:)), jobs: jobs)
    let evaluation = Evaluation(of: Run(lists), judgedBy: judgments, measures: [measure])
    let values = evaluation.columns[0]
    try journal?.add(setting, values)
    count += 1
    showProgress(setting, values)
    return values
  }

  /// One line that is written over, at a terminal only.
  private func showProgress(_ setting: TuningSetting, _ values: [Double]) {
    guard Terminal.isInteractive, !arguments.has("quiet") else { return }
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let line = "\(count) settings, \(watch.text): \(String(format: "%.4f", mean)) \(setting.text)"
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line.prefix(78))\r".utf8))
  }

  private func archive(
    for setting: TuningSetting, _ options: Arguments
  ) throws -> Archive {
    let ofIndex = TuningOption.all.filter(\.isOfIndex).map(\.name)
    let wanted = setting.values.filter { ofIndex.contains($0.key) }
    if wanted.isEmpty { return start }
    if let latest, latest.options == wanted { return latest.archive }
    let archive = Archive.build(
      start.inputOrder.map { start.articles[$0] },
      analysis: try CommonOptions.analysisOptions(options),
      vectors: try CommonOptions.vectorOptions(options), jobs: try CommonOptions.jobs(options))
    latest = (wanted, archive)
    return archive
  }

  /// An index file keeps no text, so what another index would need stays as it is there.
  private static func coordinates(
    _ arguments: Arguments, isIndex: Bool
  ) throws -> [CoordinateAscent.Coordinate] {
    let only = arguments.texts("only")
    let options = TuningOption.all.filter { !isIndex || !$0.isOfIndex }
    let names = options.map(\.name)
    if isIndex {
      Terminal.say("ARCHIVE is an index: only list options are tuned; name the articles for all")
    }
    if let unknown = only.first(where: { !names.contains($0) }) {
      throw UsageError(
        "--only \(unknown): expected one of \(names.joined(separator: ", "))"
          + Suggestion.didYouMean(unknown, among: names))
    }
    return options.filter { option in
      arguments.origins[option.name] != "command line"
        && (only.isEmpty || only.contains(option.name))
    }.map { CoordinateAscent.Coordinate($0, current: arguments.text($0.name)) }
  }

  /// Of everything that the values depend on.
  private static func fingerprint(
    _ archive: Archive, _ judgments: Judgments, _ measure: Measure, _ arguments: Arguments
  ) -> UInt64 {
    var fingerprint = Fingerprint()
    fingerprint.add(Help.version)
    fingerprint.add(measure.names[0])
    for article in archive.articles {
      fingerprint.add(article.id)
      fingerprint.add(article.title)
      fingerprint.add(article.body)
      fingerprint.add(article.published.map { "\($0.timeIntervalSince1970)" } ?? "")
    }
    for query in judgments.queries {
      fingerprint.add(query)
      for (article, grade) in judgments.graded(for: query) {
        fingerprint.add("\(article) \(grade)")
      }
    }
    let names = (CommonOptions.lists + CommonOptions.analysis).map(\.name)
    for name in names.sorted() {
      for text in arguments.texts(name) { fingerprint.add("\(name) \(text)") }
    }
    return fingerprint.value
  }
}

/// A configuration file with the options that a search recommends.
enum TunedConfiguration {
  /// Written to `--output`, beside what the file says already; else shown.
  static func write(_ setting: TuningSetting, _ arguments: Arguments) throws {
    let path = arguments.text("output")
    var object: [String: Any] = [:]
    if let data = path.flatMap(FileManager.default.contents(atPath:)) {
      guard let known = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw ReadingError("\(path ?? ""): is no configuration file and stays as it is")
      }
      object = known
    }
    for (name, value) in setting.values {
      object[name] = Int(value).map { $0 as Any } ?? Double(value).map { $0 as Any } ?? value
    }
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
    try Outputs.write(String(decoding: data, as: UTF8.self) + "\n", arguments)
    if let path { Terminal.say("wrote \(path); beside the archive it is used without being named") }
  }
}
