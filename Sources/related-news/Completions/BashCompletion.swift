/// Completions for bash, from the table of commands; needs nothing but bash.
struct BashCompletion {
  let commands: [Command]

  var script: String {
    """
    # Completions of related-news for bash: source <(related-news completions bash)
    _related_news() {
      local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word
      # bash takes --format=json for three words.
      if [[ $cur == = ]]; then cur=
      elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}
      fi
      for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then command=$word; break; fi
      done
      local words= options=
      COMPREPLY=()
      case $command in
        "") words=\(Shell.bash.quoted((commands.map(\.name) + ["--help", "--version"]).joined(separator: " "))) ;;
    \(commands.map(branch).joined(separator: "\n"))
      esac
      if [[ -n $command && $cur == -* ]]; then words=$options; fi
      if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
      elif [[ -n $command ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      fi
    }
    complete -F _related_news related-news

    """
  }

  private func branch(_ command: Command) -> String {
    let names = command.options.map { "--" + $0.name }.joined(separator: " ")
    var lines = ["    \(command.name))", "      options=\(Shell.bash.quoted(names))"]
    if command.name == "completions" {
      let shells = Shell.allCases.map(\.rawValue).joined(separator: " ")
      lines.append("      words=\(Shell.bash.quoted(shells))")
    }
    lines.append("      case $prev in")
    for option in command.options {
      guard let value = value(of: option) else { continue }
      lines.append("        --\(option.name)) \(value) ;;")
    }
    return (lines + ["      esac ;;"]).joined(separator: "\n")
  }

  /// What follows an option; nil for a switch.
  private func value(of option: Option) -> String? {
    guard option.value != nil else { return nil }
    if !option.choices.isEmpty {
      return "words=\(Shell.bash.quoted(option.choices.joined(separator: " ")))"
    }
    switch option.value {
    case "FILE":
      return
        "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return"
    case "DIR":
      return
        "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); return"
    // A number or a name: nothing to offer, and a file would be wrong.
    default: return "return"
    }
  }
}
