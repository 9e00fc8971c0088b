import Foundation
import RelatedNews

/// The options that commands share, and the library's values made from them.
enum CommonOptions {
  static let reading =
    [
      Option("columns", "MAP", "columns of a CSV or TSV by field: title=headline,body=text"),
      Option("report", nil, "say which fields the articles had, and what was left out and why"),
      Option("strict", nil, "the first record that cannot be read ends the run"),
    ].grouped("Reading").rare
    + [
      Option("jobs", "N", "cores to use (default: all; never changes the output)"),
      Option(
        "config", "FILE", "options from this file (default: related-news.json beside ARCHIVE)"),
      Option("quiet", nil, "no remarks and no progress"),
      Option("help", nil, "this text; --help all shows every option"),
    ].grouped("Running")

  static let analysis = [
    Option(
      "stemmer", "NAME", "none, light or porter2 (default porter2; English only)",
      choices: Stemmer.allCases.map(\.rawValue)),
    Option(
      "stop-words", "NAME", "none or by-language (default by-language)",
      choices: StopWords.allCases.map(\.rawValue)),
    Option(
      "weighting", "LETTERS", "SMART letters, articles.queries, or scikit-learn (default rgc.rgc)"),
    Option("ngram-range", "MIN,MAX", "lengths of word n-grams (default 1,2)"),
    Option(
      "min-df", "N",
      "leave out terms of fewer articles (default 1; whole: a count, fraction: a share)"),
    Option("max-df", "N", "leave out terms of more articles (default 1.0)"),
    Option("title-weight", "X", "a title word counts like X in the body (default 4)"),
  ].grouped("Terms and weights").rare

  static let lists =
    [
      Option("limit", "N", "entries in a list (default 5)"),
      Option("min-score", "X", "leave out what scores lower (default: the archive's own floor)"),
      Option(
        "min-results", "N", "fill short lists with the newest of the section, labelled (default 0)"
      ).rare,
    ].grouped("Lists")
    + [
      Option("only-older", nil, "nothing newer than the article"),
      Option("days-before", "N", "nothing older than N days before the article").rare,
      Option("days-after", "N", "nothing newer than N days after the article").rare,
      Option("section", "S", "only this section; may be repeated", repeats: true),
      Option("source", "S", "only this source; may be repeated", repeats: true).rare,
      Option("language", "TAG", "only this language; may be repeated", repeats: true).rare,
      Option("exclude", "ID", "never this article; may be repeated", repeats: true).rare,
      Option("pins", "FILE", "an editor's pins and bans, one a line: pin A B, ban A B"),
      Option("now", "DATE", "the moment for embargo and expiry (default: the present)").rare,
    ].grouped("What may appear")
    + [
      Option(
        "recency", "SHAPE", "how scores fade with time: exp, linear, gauss, none (default exp)",
        choices: Recency.Shape.allCases.map(\.rawValue)),
      Option(
        "scale", "DAYS", "at offset + scale the recency factor is --decay (default 360)"
      ).rare,
      Option("offset", "DAYS", "no fading up to here (default 7)").rare,
      Option("decay", "X", "the factor at offset + scale (default 0.3)").rare,
      Option(
        "near-duplicate", "X",
        "fold copies from this share of common text (default 0.9; 1.1: never)"
      ).rare,
      Option("diversity", "X", "by score alone (default 0), towards 1 more varied").rare,
    ].grouped("Ranking")

  static let output = [
    Option(
      "format", "NAME",
      "jsonl, json, csv, tsv, trec, markdown, html or hugo-data (default jsonl)",
      choices: ListFormat.allCases.map(\.rawValue)),
    Option("output", "FILE", "write here, whole or not at all (default: standard output)"),
    Option("output-dir", "DIR", "write one file an article into this folder"),
    Option("explain", nil, "say why, term by term"),
  ].grouped("Output")

  static func jobs(_ arguments: Arguments) throws -> Int {
    try arguments.integer("jobs", in: 1...1024) ?? ProcessInfo.processInfo.activeProcessorCount
  }

  static func analysisOptions(
    _ arguments: Arguments, startingFrom defaults: AnalysisOptions = AnalysisOptions()
  ) throws -> AnalysisOptions {
    var options = defaults
    if let stemmer = try arguments.choice("stemmer", of: Stemmer.self) { options.stemmer = stemmer }
    if let words = try arguments.choice("stop-words", of: StopWords.self) {
      options.stopWords = words
    }
    return options
  }

  static func vectorOptions(
    _ arguments: Arguments, startingFrom defaults: VectorOptions = VectorOptions()
  ) throws -> VectorOptions {
    var options = defaults
    if let letters = arguments.text("weighting") {
      guard let weighting = Weighting(letters) else {
        throw UsageError(
          "\(arguments.label("weighting")) \(letters): expected SMART letters like ltc or lsc.lsc ([nlabLr][ntpsg][nc]), "
            + "or scikit-learn")
      }
      options.weighting = weighting
    }
    if let range = arguments.text("ngram-range") {
      let ends = range.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard ends.count == 2, let low = ends[0], let high = ends[1], low >= 1, high >= low, high <= 5
      else {
        throw UsageError(
          "\(arguments.label("ngram-range")) \(range): expected MIN,MAX like 1,2 (at most 5)")
      }
      options.minimumNgram = low
      options.maximumNgram = high
    }
    if let bound = try documentFrequency("min-df", arguments) {
      options.minimumDocumentFrequency = bound
    }
    if let bound = try documentFrequency("max-df", arguments) {
      options.maximumDocumentFrequency = bound
    }
    options.titleWeight =
      try arguments.number("title-weight", in: 0...1000) ?? options.titleWeight
    return options
  }

  private static func documentFrequency(
    _ name: String, _ arguments: Arguments
  ) throws -> DocumentFrequencyBound? {
    try arguments.text(name).map { text in
      guard let bound = DocumentFrequencyBound(text) else {
        throw UsageError(
          "\(arguments.label(name)) \(text): expected a count like 5 or a share like 0.5")
      }
      return bound
    }
  }

  static func recommendationOptions(
    _ arguments: Arguments, limit defaultLimit: Int = 5
  ) throws -> RecommendationOptions {
    var options = RecommendationOptions()
    options.limit = try arguments.integer("limit", in: 1...100_000) ?? defaultLimit
    options.ranking.candidates = max(options.ranking.candidates, options.limit * 2)
    options.minimumScore = try arguments.number("min-score", in: 0...1.5)
    options.minimumResults = try arguments.integer("min-results", in: 0...1000) ?? 0
    options.diversity = try arguments.number("diversity", in: 0...1) ?? options.diversity
    if let threshold = try arguments.number("near-duplicate", in: 0...2) {
      options.nearDuplicate = threshold > 1 ? nil : threshold
    }
    options.eligibility.onlyOlder = arguments.has("only-older")
    options.eligibility.daysBefore = try arguments.number("days-before", in: 0...1_000_000)
    options.eligibility.daysAfter = try arguments.number("days-after", in: 0...1_000_000)
    options.eligibility.sections = arguments.texts("section")
    options.eligibility.sources = arguments.texts("source")
    options.eligibility.languages = arguments.texts("language")
    options.eligibility.excludedIDs = arguments.texts("exclude")
    if let text = arguments.text("now") {
      guard let date = ArticleDate.date(text) else {
        throw UsageError(
          "\(arguments.label("now")) \(text): expected a date like 2017-11-30T09:22:39Z")
      }
      options.now = date
    }
    try readRecency(arguments, into: &options.recency)
    options.explains = arguments.has("explain")
    if let path = arguments.text("pins") {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw UsageError("\(arguments.label("pins")) \(path): no such file, or it cannot be read")
      }
      options.rules = try EditorialRules(
        parsing: String(decoding: data, as: UTF8.self), named: path)
    }
    return options
  }

  private static func readRecency(_ arguments: Arguments, into recency: inout Recency) throws {
    if let shape = try arguments.choice("recency", of: Recency.Shape.self) { recency.shape = shape }
    recency.scale = try arguments.number("scale", in: 0.001...1_000_000) ?? recency.scale
    recency.offset = try arguments.number("offset", in: 0...1_000_000) ?? recency.offset
    recency.decay = try arguments.number("decay", in: 0.000_001...0.999_999) ?? recency.decay
  }
}
