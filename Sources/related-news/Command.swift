/// A command of the tool: its words, its options, what it does. Help, completions and the check of
/// what was typed all come from here.
struct Command: Sendable {
  let name: String
  /// What follows the name: `"ARCHIVE [ARTICLE...]"`.
  let arguments: String
  let summary: String
  let details: String
  let examples: [String]
  let options: [Option]
  let run: @Sendable (Arguments) throws -> Void

  func option(_ name: String) -> Option? { options.first { $0.name == name } }
}

/// One option: `--limit N`.
struct Option: Sendable {
  let name: String
  /// What its value is called; nil for a switch. `FILE` and `DIR` are paths.
  let value: String?
  let help: String
  /// Whether it may be given more than once.
  var repeats = false
  /// One letter that stands for it after one dash, where another tool made it a habit: `-q`.
  var letter: Character?
  /// The values that it takes, where they can be listed.
  var choices: [String] = []
  /// The heading below which the full help shows it.
  var group = "Options"
  /// Whether only the full help shows it.
  var isRare = false

  init(
    _ name: String, _ value: String? = nil, _ help: String, repeats: Bool = false,
    letter: Character? = nil, choices: [String] = []
  ) {
    self.name = name
    self.value = value
    self.help = help
    self.repeats = repeats
    self.letter = letter
    self.choices = choices
  }

  /// What holds where it is not given, as its help says it: `5` of `"… (default 5)"`.
  var standard: String? {
    help.firstMatch(of: /\(default:? ([^;)]*)/).map { String($0.output.1) }
  }

  var isPath: Bool { value == "FILE" || value == "DIR" }

  /// The same, shown by the full help only.
  var rare: Option {
    var option = self
    option.isRare = true
    return option
  }
}

extension [Option] {
  /// The same below a heading of the full help.
  func grouped(_ heading: String) -> [Option] {
    map { option in
      var option = option
      option.group = heading
      return option
    }
  }

  var rare: [Option] { map(\.rare) }

  /// Each name once, the first of it.
  var unique: [Option] {
    var seen: Set<String> = []
    return filter { seen.insert($0.name).inserted }
  }
}
