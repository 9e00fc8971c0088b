import Foundation
import RelatedNews

/// What the tool says: results to standard output, remarks to standard error.
enum Terminal {
  /// - Throws: `OutputError`, also for a full disk: a result that is not written is a failure.
  static func print(_ text: String) throws {
    try ByteSink.write(Array(text.utf8), to: STDOUT_FILENO, named: "standard output")
  }

  /// A remark; control characters of articles are not obeyed.
  static func say(_ text: String) { sayLine("related-news: " + Plain.oneLine(text)) }

  /// Why the run ends here.
  static func fail(_ text: String) {
    sayLine(styled("related-news:", .failure, on: STDERR_FILENO) + " " + Plain.oneLine(text))
  }

  /// Several lines as they stand, for a person to read.
  static func show(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      sayLine(Plain.oneLine(String(line)))
    }
  }

  private static func sayLine(_ line: String) {
    ProgressBar.hide()
    // Nobody to tell if even this fails.
    try? ByteSink.write(Array((line + "\n").utf8), to: STDERR_FILENO, named: "standard error")
  }

  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  // MARK: Style

  enum Style: String {
    case bold = "1"
    case failure = "1;31"
    case dim = "2"
  }

  /// The text in a style, where there is a terminal that shows it and nobody asked for none
  /// (`NO_COLOR`, no-color.org).
  static func styled(_ text: String, _ style: Style, on descriptor: Int32 = STDOUT_FILENO) -> String
  {
    hasStyle(descriptor) ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  private static func hasStyle(_ descriptor: Int32) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }

  // MARK: Numbers

  /// `19043` is `19,043`.
  static func grouped(_ number: Int) -> String { Plain.grouped(number) }

  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

/// Wall-clock time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// `2.1 s`.
  var text: String {
    let tenths = Int((seconds * 10).rounded())
    return "\(Terminal.grouped(tenths / 10)).\(tenths % 10) s"
  }
}
