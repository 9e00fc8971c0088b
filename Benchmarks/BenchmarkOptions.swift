import Foundation
import RelatedNews

/// What to measure, from the command line.
struct BenchmarkOptions {
  var inputs: [String] = []
  /// Articles to generate instead of reading any.
  var generated: Int?
  var distinctTerms = 300
  /// Generated articles go through text and analysis, instead of straight to terms.
  var throughText = false
  /// scikit-learn's defaults: single words, unstemmed, none left out.
  var isPlain = false
  /// What the script for scikit-learn measures: plain, but sublinear and without English stop words.
  var isLikeScikitLearn = false
  /// No second run at one job.
  var runsOnce = false
  /// How often text is made into vectors and lists are rebuilt.
  var rounds = 1
  var jobs = 2
  var limit = 10
  /// How many answers are compared with the plain twin's.
  var checks = 20
  var queries = 1_000
  var exportFolder: String?
  var output: String?
  var sizes = [10_000, 100_000, 1_000_000]
  var stages: Set<String> = []

  static let usage = """
    usage: benchmarks run [INPUT...]        every stage, on articles from files or generated
           benchmarks growth                rebuilds at several sizes, with the exponent and a plot
           benchmarks generate --output F   generated articles as JSON Lines
      --generate N     N generated articles instead of INPUT
      --distinct D     their mean number of distinct terms (300)
      --text           generated articles go through text; else straight to terms
      --plain          scikit-learn's defaults: single words, unstemmed, none left out
      --like-sklearn   single words, unstemmed, sublinear, without stop words: the same work as
                       peers/text_to_vectors.py
      --once           no runs at one job beside those at J
      --rounds N       text to vectors and rebuilds N times, each with a line of its own (1)
      --jobs J         cores (2)         --limit K     neighbours (10)
      --checks N       answers compared with the plain twin's (20)
      --queries N      single queries timed (1000)
      --only A,B       of rebuild, suggest, recommend, index-file only these
      --export DIR     vectors and lists, for a comparison with other programs
      --sizes A,B      of growth (10000,100000,1000000)
      --output FILE    of generate and of growth's plot (SVG)
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        inputs.append(argument)
        continue
      }
      switch argument {
      case "--text": throughText = true
      case "--plain": isPlain = true
      case "--like-sklearn": isLikeScikitLearn = true
      case "--once": runsOnce = true
      default:
        guard let value = rest.popFirst() else { throw UsageError("\(argument) needs a value") }
        try set(argument, to: value)
      }
    }
  }

  private mutating func set(_ option: String, to value: String) throws(UsageError) {
    func number() throws(UsageError) -> Int {
      guard let number = Int(value), number >= 0 else {
        throw UsageError("\(option) needs a whole number, not \(value)")
      }
      return number
    }
    switch option {
    case "--generate": generated = try number()
    case "--distinct": distinctTerms = try number()
    case "--jobs": jobs = max(1, try number())
    case "--limit": limit = try number()
    case "--rounds": rounds = max(1, try number())
    case "--checks": checks = try number()
    case "--queries": queries = try number()
    case "--export": exportFolder = value
    case "--output": output = value
    case "--sizes": sizes = value.split(separator: ",").compactMap { Int($0) }
    case "--only": stages = Set(value.split(separator: ",").map(String.init))
    default: throw UsageError("no option \(option)")
    }
  }

  func wants(_ stage: String) -> Bool { stages.isEmpty || stages.contains(stage) }

  var analysis: AnalysisOptions {
    if isPlain { return AnalysisOptions(stemmer: .none, stopWords: .none) }
    return isLikeScikitLearn ? AnalysisOptions(stemmer: .none) : AnalysisOptions()
  }

  var vectors: VectorOptions {
    if isPlain {
      return VectorOptions(
        weighting: .scikitLearn, titleWeight: 1, maximumNgram: 1, splitsSharedRuns: false)
    }
    if isLikeScikitLearn {
      return VectorOptions(
        weighting: Weighting("lsc") ?? .standard, titleWeight: 1, maximumNgram: 1,
        splitsSharedRuns: false)
    }
    // Generated words have no order, so pairs of them are no terms.
    return generated == nil
      ? VectorOptions() : VectorOptions(maximumNgram: 1, splitsSharedRuns: false)
  }
}

struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
