/// What was wrong with the command line: the tool ends with status 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The words of one call, sorted into operands and options.
struct Arguments {
  static let commandLine = "command line"

  let command: String
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]
  /// Where each option's value came from: `"command line"` or a file. Also of switches that are off.
  private(set) var origins: [String: String] = [:]
  /// The configuration file that was taken in.
  private(set) var configurationPath: String?

  /// - Throws: `UsageError` for an option that the command does not have or a value that is missing.
  init(_ words: [String], for command: Command) throws {
    self.command = command.name
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      if word.hasPrefix("--") {
        try takeOption(word, of: command, from: &rest)
      } else if word.hasPrefix("-"), word.count > 1 {
        try takeLetter(word, of: command, from: &rest)
      } else {
        operands.append(word)
      }
    }
  }

  /// `--limit 5`, `--limit=5`, `--quiet`, `--no-quiet`, `--quiet=false`.
  private mutating func takeOption(
    _ word: String, of command: Command, from rest: inout ArraySlice<String>
  ) throws {
    let body = word.dropFirst(2)
    let sign = body.firstIndex(of: "=")
    let name = String(body[..<(sign ?? body.endIndex)])
    let attached = sign.map { String(body[body.index(after: $0)...]) }
    if command.option(name) == nil, name.hasPrefix("no-"), attached == nil,
      let option = command.option(String(name.dropFirst(3))), option.value == nil
    {
      return switchOff(option)
    }
    guard let option = command.option(name) else {
      throw UsageError(
        "unknown option --\(name)"
          + Suggestion.didYouMean("--" + name, among: command.options.map { "--" + $0.name }))
    }
    guard let value = option.value else {
      switch attached {
      case nil, "true": return set(option, "true")
      case "false": return switchOff(option)
      default: throw UsageError("--\(name) takes no value")
      }
    }
    if attached == nil, let next = rest.first, next.hasPrefix("--"), next.count > 2 {
      throw UsageError("--\(name) needs a value: --\(name) \(value) (or --\(name)=\(next))")
    }
    guard let text = attached ?? rest.popFirst() else {
      throw UsageError("--\(name) needs a value: --\(name) \(value)")
    }
    set(option, text)
  }

  /// `-q`, `-M 100` or `-M100`.
  private mutating func takeLetter(
    _ word: String, of command: Command, from rest: inout ArraySlice<String>
  ) throws {
    let letter = word.dropFirst().first
    guard let option = command.options.first(where: { $0.letter != nil && $0.letter == letter })
    else {
      throw UsageError(
        "unknown option \(word); options start with two dashes"
          + Suggestion.didYouMean("-" + word, among: command.options.map { "--" + $0.name }))
    }
    let attached = String(word.dropFirst(2))
    guard let value = option.value else {
      guard attached.isEmpty else { throw UsageError("\(word.prefix(2)) takes no value") }
      return set(option, "true")
    }
    guard let text = attached.isEmpty ? rest.popFirst() : attached else {
      throw UsageError("\(word) needs a value: \(word) \(value)")
    }
    set(option, text)
  }

  private mutating func set(_ option: Option, _ value: String) {
    if option.repeats {
      values[option.name, default: []].append(value)
    } else {
      values[option.name] = [value]
    }
    origins[option.name] = Self.commandLine
  }

  private mutating func switchOff(_ option: Option) {
    values[option.name] = nil
    origins[option.name] = Self.commandLine
  }

  /// Takes in the values of a configuration file for options that the command line left open.
  mutating func fill(from configuration: Configuration, for command: Command) {
    configurationPath = configuration.path
    for option in command.options where origins[option.name] == nil {
      guard let texts = configuration.values[option.name] else { continue }
      values[option.name] = texts.isEmpty ? nil : texts
      origins[option.name] = configuration.path
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

  /// An option as its user wrote it, for messages: `--limit`, or `related-news.json: "limit"`.
  func label(_ name: String) -> String {
    guard let origin = origins[name], origin != Self.commandLine else { return "--\(name)" }
    return "\(origin): \"\(name)\""
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    try text(name).map { text in
      guard let number = Int(text), range.contains(number) else {
        throw UsageError(
          "\(label(name)) \(text): expected a whole number from \(range.lowerBound) to "
            + "\(range.upperBound)")
      }
      return number
    }
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    try text(name).map { text in
      guard let number = Double(text), range.contains(number) else {
        throw UsageError(
          "\(label(name)) \(text): expected a number from \(range.lowerBound) to "
            + "\(range.upperBound)")
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
          "\(label(name)) \(text): expected one of \(all.joined(separator: ", "))"
            + Suggestion.didYouMean(text, among: all))
      }
      return choice
    }
  }
}
