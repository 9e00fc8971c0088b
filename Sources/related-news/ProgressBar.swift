import Foundation
import RelatedNews
import Synchronization

/// A bar with rate and time left for work of more than a second, on a terminal only.
///
///     lists  ━━━━━━━━━━━━━━━╺──────────  58 %  2,710 lists/s, 3 s left
///
/// It hears of the pieces of work through `WorkObserver`; the work knows nothing of it.
final class ProgressBar: Sendable {
  private struct State {
    var step: String?
    /// Items done before the work that is being watched, and items that it does.
    var done = 0
    var watched: Int
    var pieces = 0
    var finishedPieces = 0
    var start = ContinuousClock.now

    /// Items done, with what is known of the work being watched.
    var position: Double {
      pieces == 0
        ? Double(done) : Double(done) + Double(watched) * Double(finishedPieces) / Double(pieces)
    }
  }

  /// The bar that is on the screen: there is one at a time.
  private static let shown = Mutex<ProgressBar?>(nil)

  private let label: String
  private let count: Int
  private let unit: String
  private let state: Mutex<State>
  // A dispatch source may be used from any thread, though its protocol does not say so.
  nonisolated(unsafe) private let timer: any DispatchSourceTimer
  private let isDrawn = Mutex(false)

  private init(_ label: String, of count: Int, unit: String) {
    self.label = label
    self.count = count
    self.unit = unit
    state = Mutex(State(watched: count))
    timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + 1, repeating: 0.2)
    timer.setEventHandler { [weak self] in self?.draw() }
  }

  // MARK: Watching

  /// Shows how far `work` is, whose steps each go through all `count` items.
  static func watch<Result>(
    _ label: String, of count: Int, unit: String, _ arguments: Arguments,
    _ work: () throws -> Result
  ) rethrows -> Result {
    guard let bar = begin(label, of: count, unit: unit, arguments) else { return try work() }
    defer { bar.end() }
    let observer = WorkObserver(
      began: { step, pieces in bar.restart(step, pieces: pieces) },
      finishedPiece: { bar.finishPiece() })
    return try WorkObserver.$current.withValue(observer, operation: work)
  }

  /// A bar for work that comes in parts; nil where none is to be shown. To be ended.
  static func begin(
    _ label: String, of count: Int, unit: String, _ arguments: Arguments
  ) -> ProgressBar? {
    guard isatty(STDERR_FILENO) == 1, !arguments.has("quiet"),
      ProcessInfo.processInfo.environment["TERM"] != "dumb"
    else { return nil }
    let bar = ProgressBar(label, of: count, unit: unit)
    shown.withLock { $0 = bar }
    bar.timer.resume()
    return bar
  }

  /// Watches one part of the work, that of `items` items.
  func part<Result>(_ items: Int, _ work: () throws -> Result) rethrows -> Result {
    let observer = WorkObserver(
      began: { _, pieces in
        self.state.withLock { state in
          state.watched = items
          state.pieces = pieces
          state.finishedPieces = 0
        }
      }, finishedPiece: { self.finishPiece() })
    let result = try WorkObserver.$current.withValue(observer, operation: work)
    state.withLock { state in
      state.done += items
      state.pieces = 0
    }
    return result
  }

  func end() {
    timer.cancel()
    erase()
    Self.shown.withLock { $0 = nil }
  }

  /// Makes room for a line of text.
  static func hide() { shown.withLock { $0 }?.erase() }

  private func restart(_ step: String?, pieces: Int) {
    state.withLock { state in
      // A step of several passes goes on; a new one starts anew.
      state.step = step
      state.pieces = pieces
      state.finishedPieces = 0
      state.start = .now
    }
  }

  private func finishPiece() { state.withLock { $0.finishedPieces += 1 } }

  // MARK: Drawing

  private func draw() {
    let state = state.withLock { $0 }
    let seconds = (ContinuousClock.now - state.start) / .seconds(1)
    let line = Self.line(
      label: state.step.map { "\(label): \($0)" } ?? label, position: state.position,
      count: count, unit: unit, seconds: seconds, columns: Self.columns)
    isDrawn.withLock { isDrawn in
      isDrawn = true
      Self.write("\r\u{1B}[K" + line)
    }
  }

  private func erase() {
    isDrawn.withLock { isDrawn in
      if isDrawn { Self.write("\r\u{1B}[K") }
      isDrawn = false
    }
  }

  private static func write(_ text: String) {
    try? ByteSink.write(Array(text.utf8), to: STDERR_FILENO, named: "standard error")
  }

  private static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// One line of at most `columns - 1` characters.
  static func line(
    label: String, position: Double, count: Int, unit: String, seconds: Double, columns: Int
  ) -> String {
    let share = count > 0 ? min(1, position / Double(count)) : 0
    var text = "\(Int(share * 100)) %".leftPadded(to: 5)
    if share > 0, seconds > 0.5 {
      text += "  \(Plain.grouped(Int(position / seconds))) \(unit)/s"
      text += ", \(duration(seconds * (1 - share) / share)) left"
    }
    let width = min(30, columns - 1 - label.count - text.count - 4)
    guard width >= 5 else { return String("\(label) \(text)".prefix(max(0, columns - 1))) }
    let filled = Int(share * Double(width))
    let bar =
      String(repeating: "━", count: filled) + String(repeating: "╌", count: width - filled)
    return "\(label)  \(bar)\(text)"
  }

  /// `8 s`, `3:07 min`, `1:02 h`.
  static func duration(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded(.up))
    if seconds < 60 { return "\(seconds) s" }
    let (big, small, unit) =
      seconds < 3600
      ? (seconds / 60, seconds % 60, "min") : (seconds / 3600, seconds % 3600 / 60, "h")
    return "\(big):\(small < 10 ? "0" : "")\(small) \(unit)"
  }
}

extension ProgressBar? {
  /// One part of the work, with a bar or without.
  func part<Result>(_ items: Int, _ work: () throws -> Result) rethrows -> Result {
    try self?.part(items, work) ?? work()
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
