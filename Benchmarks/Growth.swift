import Foundation

/// Rebuilds of generated archives of several sizes, each in a process of its own so that one's
/// memory is not another's, with the exponent by which time grows from size to size.
struct Growth {
  let options: BenchmarkOptions
  private let report = Report()

  init(options: BenchmarkOptions) { self.options = options }

  struct Point {
    let articles: Int
    let seconds: Double
    let cpuSeconds: Double
    let peakBytes: Double
  }

  func run() throws {
    var points: [Point] = []
    for size in options.sizes {
      let point = try measure(size)
      points.append(point)
      var pairs = [
        ("articles", "\(size)"), ("distinct", "\(options.distinctTerms)"),
        ("jobs", "\(options.jobs)"), ("limit", "\(options.limit)"),
        ("seconds", Report.decimal(point.seconds)),
        ("cpu_seconds", Report.decimal(point.cpuSeconds)),
        ("peak_bytes", String(format: "%.0f", point.peakBytes)),
      ]
      if points.count > 1 {
        let last = points[points.count - 2]
        let exponent =
          log(point.cpuSeconds / last.cpuSeconds)
          / log(Double(point.articles) / Double(last.articles))
        pairs.append(("exponent", Report.decimal(exponent, places: 2)))
      }
      report.line("growth", pairs)
    }
    guard let path = options.output else { return }
    try GrowthPlot(points: points, distinctTerms: options.distinctTerms).svg
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func measure(_ size: Int) throws -> Point {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = [
      "run", "--generate", "\(size)", "--distinct", "\(options.distinctTerms)", "--only", "rebuild",
      "--checks", "\(options.checks)", "--limit", "\(options.limit)", "--jobs", "\(options.jobs)",
      "--once",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let seconds = Self.value("seconds", stage: "rebuild", in: text),
      let cpu = Self.value("cpu_seconds", stage: "rebuild", in: text),
      let peak = Self.value("peak_bytes", stage: "memory", in: text)
    else { throw UsageError("\(size) articles: the run failed: \(text)") }
    return Point(articles: size, seconds: seconds, cpuSeconds: cpu, peakBytes: peak)
  }

  private static func value(_ key: String, stage: String, in text: String) -> Double? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("stage=\(stage) ") }
    return line?.split(separator: " ").first { $0.hasPrefix(key + "=") }
      .flatMap { Double($0.dropFirst(key.count + 1)) }
  }
}
