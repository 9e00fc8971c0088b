/// The tool's help, made from its commands.
enum Help {
  static let version = "1.0.0"

  static func text(for commands: [Command]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map {
      "  \($0.name.padded(to: width))  \($0.summary)"
    }
    return """
      related-news: related stories for news articles, exact, explained, without a server.

      Usage: related-news COMMAND …

      \(lines.joined(separator: "\n"))

      ARCHIVE is an index file, or articles: one file, several joined by commas, or a folder.
      `related-news COMMAND --help` says more about each, with examples.
      Exit status: 0 done, 1 failed, 2 wrong usage.

      """
  }

  static func text(for command: Command) -> String {
    let names = command.options.map { "--\($0.name)" + ($0.value.map { " \($0)" } ?? "") }
    let width = min(26, names.map(\.count).max() ?? 0)
    let options = zip(names, command.options).map { name, option in
      name.count > width
        ? "  \(name)\n  \("".padded(to: width))  \(option.help)"
        : "  \(name.padded(to: width))  \(option.help)"
    }
    return """
      related-news \(command.name) \(command.arguments)

      \(command.details)

      \(command.examples.map { "  \($0)" }.joined(separator: "\n"))

      Options:
      \(options.joined(separator: "\n"))

      """
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
