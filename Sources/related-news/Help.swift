/// The tool's help, made from its commands: a screen at first, everything on demand.
enum Help {
  static let version = "1.6.0"
  private static let width = 80

  static func text(for commands: [Command]) -> String {
    let column = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { entry($0.name, $0.summary, column: column) }
    return """
      Related stories for news articles: exact, explained, without a server.

      \(heading("Usage:")) related-news COMMAND …

      \(lines.joined(separator: "\n"))

      ARCHIVE is an index file, or articles: one file, several joined by commas, or a
      folder. Each command says more, with examples: related-news COMMAND --help
      Exit status: 0 done, 1 failed, 2 wrong usage.

      """
  }

  /// What most people need, on one screen.
  static func text(for command: Command) -> String {
    let options = command.options.filter { !$0.isRare }
    let rest = command.options.count - options.count
    return """
      \(introduction(to: command))
      \(heading("Options:"))
      \(entries(options))
      \(rest == 0 ? "" : "\n\(rest) more: related-news \(command.name) --help all\n")
      """
  }

  /// Every option, by its group.
  static func fullText(for command: Command) -> String {
    var groups: [(String, [Option])] = []
    for option in command.options {
      if let index = groups.firstIndex(where: { $0.0 == option.group }) {
        groups[index].1.append(option)
      } else {
        groups.append((option.group, [option]))
      }
    }
    let sections = groups.map { "\(heading("\($0.0):"))\n\(entries($0.1))" }
    return "\(introduction(to: command))\n\(sections.joined(separator: "\n\n"))\n"
  }

  private static func introduction(to command: Command) -> String {
    """
    \(heading("Usage:")) related-news \(command.name) \(command.arguments)

    \(wrapped(command.details, indent: 0))

    \(heading(command.examples.count == 1 ? "Example:" : "Examples:"))
    \(command.examples.map { "  \($0)" }.joined(separator: "\n"))

    """
  }

  private static func entries(_ options: [Option]) -> String {
    let names = options.map(name)
    let column = min(24, names.map(\.count).max() ?? 0)
    return zip(names, options).map { entry($0, $1.help, column: column) }.joined(separator: "\n")
  }

  private static func name(of option: Option) -> String {
    "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
      + (option.letter.map { ", -\($0)" } ?? "")
  }

  private static func entry(_ name: String, _ help: String, column: Int) -> String {
    let text = wrapped(help, indent: column + 4)
    return name.count > column
      ? "  \(name)\n\("".padded(to: column + 4))\(text)" : "  \(name.padded(to: column))  \(text)"
  }

  /// Broken at words; every line but the first indented.
  static func wrapped(_ text: String, indent: Int) -> String {
    var lines: [String] = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if indent + last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n" + "".padded(to: indent))
  }

  private static func heading(_ text: String) -> String { Terminal.styled(text, .bold) }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
