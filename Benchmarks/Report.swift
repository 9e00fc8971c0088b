import Foundation

/// Prints one line of `key=value` pairs a stage, for people and for programs:
/// `stage=rebuild jobs=2 limit=10 articles=19043 seconds=0.412`.
struct Report {
  /// What every line repeats.
  var common: [(String, String)] = []

  func line(_ stage: String, _ pairs: [(String, String)]) {
    let text = ([("stage", stage)] + pairs + common).map { "\($0)=\($1)" }.joined(separator: " ")
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Runs `body` and reports how long it took.
  func timed<Result>(
    _ stage: String, _ pairs: [(String, String)] = [], _ body: () throws -> Result
  ) rethrows -> Result {
    try measured(stage, pairs, body).result
  }

  /// The same, with the seconds.
  ///
  /// - Parameter telling: what the line says of the result too.
  func measured<Result>(
    _ stage: String, _ pairs: [(String, String)] = [],
    telling: (Result) -> [(String, String)] = { _ in [] }, _ body: () throws -> Result
  ) rethrows -> (result: Result, seconds: Double) {
    let before = processorSeconds()
    let (result, seconds) = try timing(body)
    let used = processorSeconds() - before
    line(
      stage,
      pairs + [("seconds", Self.decimal(seconds)), ("cpu_seconds", Self.decimal(used))]
        + telling(result))
    return (result, seconds)
  }

  static func decimal(_ value: Double, places: Int = 4) -> String {
    String(format: "%.\(places)f", value)
  }
}

/// What `body` returns, and the seconds it took.
func timing<Result>(_ body: () throws -> Result) rethrows -> (Result, seconds: Double) {
  let start = ContinuousClock.now
  let result = try body()
  let time = (ContinuousClock.now - start).components
  return (result, Double(time.seconds) + Double(time.attoseconds) * 1e-18)
}

/// What this process has used of all cores so far; unlike the clock it says the same on a machine
/// that is busy with something else.
func processorSeconds() -> Double {
  Double(clock()) / Double(CLOCKS_PER_SEC)
}

/// The most memory that this process has held at once, in bytes, as Linux counts it.
func peakMemory() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
    let kilobytes = line.split(separator: " ").compactMap({ Int($0) }).first
  else { return 0 }
  return kilobytes * 1024
}

extension [Double] {
  /// The value that a share of the others does not exceed.
  func quantile(_ share: Double) -> Double {
    guard !isEmpty else { return 0 }
    return sorted()[Swift.min(count - 1, Int(share * Double(count)))]
  }
}
