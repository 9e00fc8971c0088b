import RelatedNews

/// Asks for judgments at a terminal, or of whoever writes to standard input.
struct JudgingTerminal {
  let archive: Archive

  func run(_ session: consuming JudgingSession) throws {
    var session = session
    let before = session.remaining
    try Terminal.print(GradeScale.text + "\n")
    while let pair = session.current {
      try show(pair, session)
      guard try answer(pair, &session) else { break }
    }
    let left = session.remaining
    try Terminal.print(
      "\n\(max(0, before - left)) judged now, \(session.total - left) in all, \(left) left"
        + (left > 0 ? ": the same command goes on from here" : "") + "\n")
  }

  /// Asks until the pair is answered; false to stop.
  private func answer(_ pair: JudgingPool.Pair, _ session: inout JudgingSession) throws -> Bool {
    while true {
      try Terminal.print("grade 0-4, s skip, u undo, m more, ? scale, q quit: ")
      guard let line = readLine() else { return false }
      switch JudgingSession.Answer(line) {
      case .grade(let grade):
        try session.judge(grade)
        return true
      case .skip:
        session.skip()
        return true
      case .undo:
        if try session.undo() { return true }
        try Terminal.print("nothing to take back\n")
      case .more: try Terminal.print(text(of: pair.query, .max) + text(of: pair.article, .max))
      case .scale: try Terminal.print(GradeScale.text)
      case .quit: return false
      case .unknown: try Terminal.print("not understood\n")
      }
    }
  }

  private func show(_ pair: JudgingPool.Pair, _ session: borrowing JudgingSession) throws {
    try Terminal.print(
      "\n──── \(session.total - session.remaining + 1) of \(session.total) ────\n"
        + "ARTICLE\n" + text(of: pair.query, 500) + "LINKED\n" + text(of: pair.article, 500))
  }

  private func text(of id: String, _ limit: Int) -> String {
    guard let number = archive.number(of: id) else { return "  \(id)\n" }
    let article = archive.articles[number]
    let stamp = [article.published.map { String(Plain.date($0).prefix(10)) }, article.source]
      .compactMap { $0 }.joined(separator: " · ")
    let body = article.body.prefix(limit)
    let paragraphs = body.split(whereSeparator: \.isNewline).map { Self.wrapped(String($0)) }
    let isCut = body.endIndex < article.body.endIndex
    return Self.wrapped(article.title.isEmpty ? id : article.title)
      + (stamp.isEmpty ? "" : "  \(Plain.oneLine(stamp))\n") + "\n" + paragraphs.joined()
      + (isCut ? "  …\n" : "") + "\n"
  }

  /// Lines of at most 78 characters, indented by two.
  private static func wrapped(_ text: String) -> String {
    var lines = ["  "]
    for word in Plain.oneLine(text).split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.count + word.count > 77, last.count > 2 {
        lines.append("  " + word)
      } else {
        lines[lines.count - 1] += (last.count > 2 ? " " : "") + word
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
