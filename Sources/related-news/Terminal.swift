import Foundation
import RelatedNews

/// What the tool says: results to standard output, remarks to standard error.
enum Terminal {
  /// - Throws: `OutputError`, also for a full disk: a result that is not written is a failure.
  static func print(_ text: String) throws {
    try ByteSink.write(Array(text.utf8), to: STDOUT_FILENO, named: "standard output")
  }

  /// A remark; control characters of articles are not obeyed.
  static func say(_ text: String) {
    let line = "related-news: " + Plain.oneLine(text) + "\n"
    // Nobody to tell if even this fails.
    try? ByteSink.write(Array(line.utf8), to: STDERR_FILENO, named: "standard error")
  }

  /// Several lines as they stand, for a person to read.
  static func show(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Plain.oneLine(String($0))
    }
    try? ByteSink.write(
      Array((lines.joined(separator: "\n") + "\n").utf8), to: STDERR_FILENO, named: "standard error"
    )
  }

  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// `19043` is `19,043`.
  static func grouped(_ number: Int) -> String {
    Plain.grouped(number)
  }

  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

/// Wall-clock time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// `2.1 s`.
  var text: String {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
