/// Completions for zsh, from the table of commands.
struct ZshCompletion {
  let commands: [Command]

  var script: String {
    let list = commands.map { "    \(Shell.zsh.quoted("\($0.name):\(plain($0.summary))"))" }
    return """
      #compdef related-news
      # Completions of related-news for zsh: put this file as _related-news into a folder of $fpath.
      _related-news() {
        local -a commands
        commands=(
      \(list.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe -t commands command commands
          return
        fi
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        case $command in
      \(commands.map(branch).joined(separator: "\n"))
        esac
      }
      if [[ $funcstack[1] == _related-news ]]; then
        _related-news "$@"
      elif (( $+functions[compdef] )); then
        compdef _related-news related-news
      fi

      """
  }

  private func branch(_ command: Command) -> String {
    let specs = command.options.map { "      \(Shell.zsh.quoted(spec(of: $0)))" }
    let operand =
      command.name == "completions"
      ? "'1:shell:(\(Shell.allCases.map(\.rawValue).joined(separator: " ")))'" : "'*:file:_files'"
    return "    \(command.name)) _arguments -S \\\n"
      + (specs + ["      \(operand) ;;"]).joined(separator: " \\\n")
  }

  /// `*--section=[only this section]:S:`.
  private func spec(of option: Option) -> String {
    let help = "[\(plain(option.help))]"
    guard let value = option.value else { return "--\(option.name)\(help)" }
    let action =
      !option.choices.isEmpty
      ? "(\(option.choices.joined(separator: " ")))"
      : value == "FILE" ? "_files" : value == "DIR" ? "_files -/" : " "
    return "\(option.repeats ? "*" : "")--\(option.name)=\(help):\(plain(value)):\(action)"
  }

  /// What zsh would take for the end of a description is escaped.
  private func plain(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
