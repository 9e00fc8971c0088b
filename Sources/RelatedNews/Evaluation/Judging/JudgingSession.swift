/// Judging at a terminal: which pair is asked for, and what an answer does.
package struct JudgingSession: ~Copyable {
  /// What a line of the judge means.
  package enum Answer: Equatable {
    case grade(Int)
    case skip, undo, more, scale, quit
    case unknown

    package init(_ line: String) {
      switch line.lowercased().filter({ !$0.isWhitespace }) {
      case "s", "skip": self = .skip
      case "u", "undo": self = .undo
      case "m", "more": self = .more
      case "?", "h", "help": self = .scale
      case "q", "quit": self = .quit
      case let text:
        self = Int(text).map { GradeScale.grades.contains($0) ? .grade($0) : .unknown } ?? .unknown
      }
    }
  }

  package private(set) var log: JudgmentLog
  /// Still to be judged, the next one first.
  private var queue: [JudgingPool.Pair]
  private let pairs: Set<JudgingPool.Pair>

  /// How many pairs there are in all.
  package var total: Int { pairs.count }

  /// Goes on where `log` ends.
  package init(_ pairs: [JudgingPool.Pair], log: consuming JudgmentLog) {
    var queue: [JudgingPool.Pair] = []
    for pair in pairs where log.grade(of: pair) == nil { queue.append(pair) }
    self.queue = queue
    self.pairs = Set(pairs)
    self.log = log
  }

  package var current: JudgingPool.Pair? { queue.first }

  /// How many are still to be judged.
  package var remaining: Int { queue.count }

  package mutating func judge(_ grade: Int) throws {
    guard let pair = current else { return }
    try log.append(pair, grade: grade)
    queue.removeFirst()
  }

  /// The current pair is asked for again at the end.
  package mutating func skip() {
    guard let pair = current else { return }
    queue.removeFirst()
    queue.append(pair)
  }

  /// Takes the last judgment back and asks for it again; false where there is none of these pairs.
  package mutating func undo() throws -> Bool {
    guard let last = log.entries.last,
      pairs.contains(JudgingPool.Pair(query: last.query, article: last.article)),
      let pair = try log.removeLast()
    else { return false }
    queue.insert(pair, at: 0)
    return true
  }
}
