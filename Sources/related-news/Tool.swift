import RelatedNews

/// The tool as a whole: finds the command, runs it, turns errors into one line and a status.
enum Tool {
  /// The commands that do something with articles.
  static let jobs: [Command] = [
    .suggest, .rebuild, .evaluate, .judge, .tune, .index, .check, .explain, .preview,
  ]
  static let commands: [Command] = jobs + [.config, .completions]

  /// 0 done, 1 failed, 2 wrong usage.
  static func run(_ words: [String]) -> Int32 {
    do {
      try dispatch(words)
      return 0
    } catch let error as UsageError {
      Terminal.fail(error.description)
      return 2
    } catch let error as OutputError where error.isClosedPipe {
      return 0
    } catch {
      Terminal.fail("\(error)")
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
      guard words.count > 1 else { return try Terminal.print(Help.text(for: commands)) }
      return try help(for: command(words[1]), isFull: words.dropFirst(2).first == "all")
    case "--version": return try Terminal.print("related-news \(Help.version)\n")
    default: break
    }
    let command = try command(name)
    let rest = Array(words.dropFirst())
    if let place = rest.firstIndex(where: { $0 == "--help" || $0 == "-h" }) {
      return try help(for: command, isFull: rest.dropFirst(place + 1).first == "all")
    }
    var arguments = try Arguments(rest, for: command)
    if let configuration = try Configuration(for: arguments) {
      arguments.fill(from: configuration, for: command)
    }
    try arguments.checkOutputs(of: command)
    try command.run(arguments)
  }

  private static func command(_ name: String) throws -> Command {
    func isMeant(_ command: Command) -> Bool { command.name == name }
    // The jobs first: `config` has the options of all of them, which take time to put together.
    guard let command = jobs.first(where: isMeant) ?? commands.first(where: isMeant) else {
      throw UsageError(
        "unknown command \(name)" + Suggestion.didYouMean(name, among: commands.map(\.name)))
    }
    return command
  }

  private static func help(for command: Command, isFull: Bool) throws {
    try Terminal.print(isFull ? Help.fullText(for: command) : Help.text(for: command))
  }
}
