import RelatedNews

extension Command {
  static let config = Command(
    name: "config", arguments: "[ARCHIVE]",
    summary: "the options in force, and where each value came from",
    details: """
      Every option may stand in a file related-news.json beside ARCHIVE, or in that of --config:
      {"limit": 8, "only-older": true, "section": ["world", "local"]}. The command line comes first,
      then the file, then what holds by default. --no-only-older switches off what the file
      switches on. Paths in the file are meant from its own folder.
      """,
    examples: [
      "related-news config Data/archive.jsonl",
      "related-news config --config newsroom.json --limit 8",
    ],
    options: Tool.jobs.flatMap(\.options).unique.map {
      ["config", "help"].contains($0.name) ? $0 : $0.rare
    },
    run: { arguments in try Terminal.print(ConfigCommand.table(arguments)) })
}

enum ConfigCommand {
  /// A line an option, in columns.
  static func table(_ arguments: Arguments) -> String {
    let rows = Command.config.options.filter { $0.name != "help" }.map { row($0, arguments) }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let line =
        "\(row[0].padded(to: widths[0]))  \(row[1].padded(to: min(40, widths[1])))  \(row[2])"
      return Plain.oneLine(line) + "\n"
    }.joined()
  }

  private static func row(_ option: Option, _ arguments: Arguments) -> [String] {
    if option.name == "config", arguments.origins["config"] == nil {
      return ["config", arguments.configurationPath ?? "-", "beside ARCHIVE"]
    }
    guard let origin = arguments.origins[option.name] else {
      return [option.name, option.value == nil ? "false" : option.standard ?? "-", "default"]
    }
    let texts = arguments.texts(option.name)
    let value = texts.isEmpty ? "false" : texts.joined(separator: ", ")
    return [option.name, value, origin]
  }
}
