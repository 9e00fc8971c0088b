/// Completions for fish, from the table of commands.
struct FishCompletion {
  let commands: [Command]

  var script: String {
    let names = commands.map(\.name).joined(separator: " ")
    let none = "not __fish_seen_subcommand_from \(names)"
    let first = commands.map { command in
      "complete -c related-news -f -n \(quoted(none)) -a \(command.name) -d \(quoted(command.summary))"
    }
    return """
      # Completions of related-news for fish:
      # related-news completions fish > ~/.config/fish/completions/related-news.fish
      \((first + commands.flatMap(lines)).joined(separator: "\n"))

      """
  }

  private func lines(_ command: Command) -> [String] {
    let seen = "__fish_seen_subcommand_from \(command.name)"
    var lines = command.options.map { option in
      "complete -c related-news -n \(quoted(seen)) -l \(option.name)"
        + (option.letter.map { " -s \($0)" } ?? "") + value(of: option)
        + " -d \(quoted(option.help))"
    }
    if command.name == "completions" {
      let shells = Shell.allCases.map(\.rawValue).joined(separator: " ")
      lines.append("complete -c related-news -f -n \(quoted(seen)) -a \(quoted(shells))")
    }
    return lines
  }

  private func value(of option: Option) -> String {
    guard let value = option.value else { return "" }
    if !option.choices.isEmpty {
      return " -x -a \(quoted(option.choices.joined(separator: " ")))"
    }
    switch value {
    case "FILE": return " -r -F"
    case "DIR": return " -x -a '(__fish_complete_directories)'"
    default: return " -x"
    }
  }

  private func quoted(_ text: String) -> String { Shell.fish.quoted(text) }
}
