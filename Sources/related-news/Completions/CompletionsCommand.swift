import RelatedNews

extension Command {
  static let completions = Command(
    name: "completions", arguments: "SHELL",
    summary: "a script that completes commands and options in bash, zsh or fish",
    details: """
      Writes the script to standard output; a shell that reads it completes commands, options and
      their values with the tabulator key.
      """,
    examples: [
      "source <(related-news completions bash)",
      "related-news completions zsh > ~/.zfunc/_related-news",
      "related-news completions fish > ~/.config/fish/completions/related-news.fish",
    ],
    options: [Option("help", nil, "this text")],
    run: { arguments in
      let shells = Shell.allCases.map(\.rawValue)
      guard arguments.operands.count == 1, let name = arguments.operands.first else {
        throw UsageError("completions needs one of \(shells.joined(separator: ", "))")
      }
      guard let shell = Shell(rawValue: name) else {
        throw UsageError(
          "no completions for \(name): expected one of \(shells.joined(separator: ", "))"
            + Suggestion.didYouMean(name, among: shells))
      }
      try Terminal.print(shell.script(for: Tool.commands))
    })
}

/// The shells that completions are written for.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  func script(for commands: [Command]) -> String {
    switch self {
    case .bash: BashCompletion(commands: commands).script
    case .zsh: ZshCompletion(commands: commands).script
    case .fish: FishCompletion(commands: commands).script
    }
  }

  /// Text inside single quotes, which these shells write in two ways.
  func quoted(_ text: String) -> String {
    switch self {
    case .bash, .zsh: "'" + text.replacing("'", with: "'\\''") + "'"
    case .fish: "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
  }
}
