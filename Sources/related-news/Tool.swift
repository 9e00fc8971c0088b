import RelatedNews

/// The tool as a whole: finds the command, runs it, turns errors into one line and a status.
enum Tool {
  static let commands: [Command] = [
    .suggest, .rebuild, .evaluate, .judge, .tune, .index, .check, .explain, .preview,
  ]

  /// 0 done, 1 failed, 2 wrong usage.
  static func run(_ words: [String]) -> Int32 {
    do {
      try dispatch(words)
      return 0
    } catch let error as UsageError {
      Terminal.say(error.description)
      return 2
    } catch let error as OutputError where error.isClosedPipe {
      return 0
    } catch {
      Terminal.say("\(error)")
      return 1
    }
  }

  private static func dispatch(_ words: [String]) throws {
    guard let name = words.first else {
      try Terminal.print(Help.text(for: commands))
      throw UsageError("a command is missing, such as: related-news rebuild Data/archive.jsonl")
    }
    switch name {
    case "--help", "-h", "help":
      let wanted = commands.first { $0.name == words.dropFirst().first }
      return try Terminal.print(wanted.map(Help.text(for:)) ?? Help.text(for: commands))
    case "--version": return try Terminal.print("related-news \(Help.version)\n")
    default: break
    }
    guard let command = commands.first(where: { $0.name == name }) else {
      throw UsageError(
        "unknown command \(name)" + Suggestion.didYouMean(name, among: commands.map(\.name)))
    }
    if words.contains("--help") { return try Terminal.print(Help.text(for: command)) }
    var arguments = try Arguments(Array(words.dropFirst()), for: command)
    if let (values, origin) = try Configuration.values(for: arguments) {
      arguments.fill(from: values, origin: origin, for: command)
    }
    try command.run(arguments)
  }
}
