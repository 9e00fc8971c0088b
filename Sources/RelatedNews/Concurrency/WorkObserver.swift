/// Who wants to know how far long work is: a progress bar, for one.
///
/// Bound for the duration of a call, `WorkObserver.$current.withValue(observer) { … }`, it hears of
/// every `concurrentMap` made inside: how many pieces there are, and each piece that is done.
package struct WorkObserver: Sendable {
  @TaskLocal package static var current: WorkObserver?

  /// A new step with so many pieces; the name is nil where nobody named it.
  private let began: @Sendable (_ step: String?, _ pieces: Int) -> Void
  private let finished: @Sendable () -> Void
  private var step: String?

  package init(
    began: @escaping @Sendable (_ step: String?, _ pieces: Int) -> Void,
    finishedPiece: @escaping @Sendable () -> Void
  ) {
    self.began = began
    finished = finishedPiece
  }

  /// Runs `work` with its steps named: `WorkObserver.named("weighing") { … }`.
  package static func named<Result>(_ step: String, _ work: () throws -> Result) rethrows -> Result
  {
    guard var observer = current else { return try work() }
    observer.step = step
    return try $current.withValue(observer, operation: work)
  }

  package func begin(pieces: Int) { began(step, pieces) }
  package func finishPiece() { finished() }
}
