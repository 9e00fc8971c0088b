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
}

/// One option: `--limit N`.
struct Option: Sendable {
  let name: String
  /// What its value is called; nil for a switch.
  let value: String?
  let help: String
  /// Whether it may be given more than once.
  var repeats = false
  /// One letter that stands for it after one dash, where another tool made it a habit: `-q`.
  var letter: Character?

  init(
    _ name: String, _ value: String? = nil, _ help: String, repeats: Bool = false,
    letter: Character? = nil
  ) {
    self.name = name
    self.value = value
    self.help = help
    self.repeats = repeats
    self.letter = letter
  }
}

/// What was wrong with the command line: the tool ends with status 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The words of one call, sorted into operands and options.
struct Arguments {
  let command: String
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]
  /// Where each option's value came from: `"command line"` or a file.
  private(set) var origins: [String: String] = [:]

  /// - Throws: `UsageError` for an option that the command does not have or a value that is missing.
  init(_ words: [String], for command: Command) throws {
    self.command = command.name
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("--") else {
        if word.hasPrefix("-"), word.count > 1 {
          try takeLetter(word, of: command, from: &rest)
        } else {
          operands.append(word)
        }
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.first ?? ""
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw UsageError(
          "unknown option --\(name)"
            + Suggestion.didYouMean("--" + name, among: command.options.map { "--" + $0.name }))
      }
      if let value = option.value {
        guard let text = parts.count > 1 ? parts[1] : rest.popFirst() else {
          throw UsageError("--\(name) needs a value: --\(name) \(value)")
        }
        set(option, text, origin: "command line")
      } else if parts.count > 1 {
        throw UsageError("--\(name) takes no value")
      } else {
        set(option, "true", origin: "command line")
      }
    }
  }

  /// `-q`, `-M 100` or `-M100`.
  private mutating func takeLetter(
    _ word: String, of command: Command, from rest: inout ArraySlice<String>
  ) throws {
    let letter = word.dropFirst().first
    guard let option = command.options.first(where: { $0.letter != nil && $0.letter == letter })
    else { throw UsageError("unknown option \(word); options start with two dashes") }
    let attached = String(word.dropFirst(2))
    guard let value = option.value else {
      guard attached.isEmpty else { throw UsageError("\(word.prefix(2)) takes no value") }
      return set(option, "true", origin: "command line")
    }
    guard let text = attached.isEmpty ? rest.popFirst() : attached else {
      throw UsageError("\(word) needs a value: \(word) \(value)")
    }
    set(option, text, origin: "command line")
  }

  private mutating func set(_ option: Option, _ value: String, origin: String) {
    if option.repeats {
      values[option.name, default: []].append(value)
    } else {
      values[option.name] = [value]
    }
    origins[option.name] = origin
  }

  /// Takes in the values of a configuration file for options that the command line left open.
  mutating func fill(from configuration: [String: [String]], origin: String, for command: Command) {
    for option in command.options where values[option.name] == nil {
      guard let texts = configuration[option.name], texts != ["false"] else { continue }
      values[option.name] = texts
      origins[option.name] = origin
    }
  }

  /// The same call with other values for some options.
  func with(_ changes: [String: String]) -> Arguments {
    var copy = self
    for (name, value) in changes { copy.values[name] = [value] }
    return copy
  }

  // MARK: Typed values

  func has(_ name: String) -> Bool { values[name] != nil }
  func text(_ name: String) -> String? { values[name]?.last }
  func texts(_ name: String) -> [String] { values[name] ?? [] }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    try text(name).map { text in
      guard let number = Int(text), range.contains(number) else {
        throw UsageError(
          "--\(name) \(text): expected a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
      }
      return number
    }
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    try text(name).map { text in
      guard let number = Double(text), range.contains(number) else {
        throw UsageError(
          "--\(name) \(text): expected a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws -> Choice? where Choice.RawValue == String {
    try text(name).map { text in
      guard let choice = Choice(rawValue: text) else {
        let all = Choice.allCases.map(\.rawValue)
        throw UsageError(
          "--\(name) \(text): expected one of \(all.joined(separator: ", "))"
            + Suggestion.didYouMean(text, among: all))
      }
      return choice
    }
  }
}

/// "Did you mean": the nearest word by edit distance.
enum Suggestion {
  static func didYouMean(_ word: String, among words: [String]) -> String {
    let ranked = words.map { (distance(word, $0), $0) }.min { $0.0 < $1.0 }
    guard let (distance, nearest) = ranked, distance <= max(2, word.count / 3) else { return "" }
    return "; did you mean \(nearest)?"
  }

  /// Levenshtein's distance.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars.prefix(100))
    let b = Array(b.unicodeScalars.prefix(100))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
