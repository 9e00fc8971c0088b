import Foundation
import Testing

/// What people expect of any command-line tool, and miss only when it is not there.
@Suite struct HabitTests {
  private static let commands = [
    "suggest", "rebuild", "evaluate", "judge", "tune", "index", "check", "explain", "preview",
    "config", "completions",
  ]

  private func run(_ arguments: String..., in folder: URL? = nil) throws -> ToolRun {
    try ToolRun(arguments, in: folder)
  }

  // MARK: Help

  @Test(
    "help fits a screen, shows an example, and has no colours off a terminal", arguments: commands)
  func help(command: String) throws {
    let help = try run(command, "--help")
    #expect(help.status == 0 && help.remarks.isEmpty)
    let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 42, "\(lines.count) lines")
    #expect(help.output.contains("  related-news \(command)") || command == "completions")
    #expect(help.output.contains("Example"))
    #expect(!help.output.contains("\u{1B}"))
    #expect(try run("help", command).output == help.output)
  }

  @Test("the full help names every option that the short one leaves out")
  func fullHelp() throws {
    let full = try run("rebuild", "--help", "all").output
    for option in ["--limit", "--decay", "--stemmer", "--days-before", "--strict", "--output-dir"] {
      #expect(full.contains("  \(option)"), "\(option)")
    }
    let options = { (text: String) in text.matches(of: /(?m)^  --([a-z-]+)/).count }
    let short = try run("rebuild", "--help").output
    let left = try #require(short.firstMatch(of: /(\d+) more: related-news rebuild --help all/))
    #expect(options(full) - options(short) == Int(left.output.1))
  }

  // MARK: Configuration

  @Test("a file beside the archive is obeyed, the command line comes first, false switches off")
  func configuration() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: ToolRun.archive, toPath: folder.path + "/archive.jsonl")
    try folder.write(
      #"{"limit": 2, "quiet": true, "only-older": false, "section": ["local", "sports"], "pins": "pins.txt"}"#,
      to: "related-news.json")
    try folder.write("pin coast-cup-final chess-girl-title\n", to: "pins.txt")
    let lists = try run("rebuild", folder.path + "/archive.jsonl", "--format", "csv")
    #expect(lists.status == 0 && lists.remarks.isEmpty)
    #expect(!lists.output.contains(",3,"), "no list has a third entry")
    #expect(lists.output.contains("coast-cup-final,1,chess-girl-title"))
    // A relative archive finds the file too, and the pins beside it.
    let inside = try run("rebuild", "archive.jsonl", "--format", "csv", in: folder.url)
    #expect(inside.output == lists.output)
    let more = try run("rebuild", folder.path + "/archive.jsonl", "--limit=4", "--no-quiet")
    #expect(more.output.contains("\"rank\":4") && more.remarks.contains("made 121 lists"))
    let table = try run("config", folder.path + "/archive.jsonl", "--limit", "4", "--recency=none")
    let rows = table.output.split(separator: "\n").map { $0.split(separator: " ") }
    let row = { (name: String) in rows.first { $0[0] == name }?.dropFirst().joined(separator: " ") }
    #expect(row("limit") == "4 command line")
    #expect(row("recency") == "none command line")
    #expect(row("section") == "local, sports \(folder.path)/related-news.json")
    #expect(row("pins") == "\(folder.path)/pins.txt \(folder.path)/related-news.json")
    #expect(row("only-older") == "false \(folder.path)/related-news.json")
    #expect(row("scale") == "360 default")
  }

  @Test(
    "a wrong configuration ends with 2 and says where and what",
    arguments: [
      (#"{"limt": 3}"#, "did you mean limit?"), (#"{"limit": 0}"#, "\"limit\" 0: expected a whole"),
      (#"{"limit": [1]}"#, "found a list"), (#"{"limit": true}"#, "found true"),
      (#"{"only-older": "yes"}"#, "expected true or false"), ("[1]", "expected a JSON object"),
      (#"{"limit": 3"#, "expected a JSON object"), (#"{"config": "x"}"#, "cannot stand"),
      (#"{"section": {"a": 1}}"#, "expected text"), ("", "expected a JSON object"),
    ])
  func wrongConfiguration(text: String, says: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "options.json")
    let path = folder.path + "/options.json"
    let result = try run("rebuild", ToolRun.archive, "--config", path)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.remarks.contains(path) && result.remarks.contains(says), "\(result.remarks)")
  }

  // MARK: Slips of the pen

  @Test(
    "a slip is answered with the right word",
    arguments: [
      (["explian", "x"], "did you mean explain?"),
      (["rebuild", "x", "--outptu", "y"], "--output?"),
      (["rebuild", "x", "-limit", "3"], "did you mean --limit?"),
      (
        ["explain", ToolRun.archive, "harow-dam-crack-fuond", "sund-bridge-opens"],
        "harrow-dam-crack-found?"
      ),
      (["completions", "bahs"], "did you mean bash?"),
      (["rebuild", ToolRun.archive, "--recency", "gaus"], "did you mean gauss?"),
      (["rebuild", ToolRun.archive, "--section", "--limit"], "needs a value"),
      (["rebuild", ToolRun.archive, "--limit="], "whole number"),
    ])
  func slips(words: [String], says: String) throws {
    let result = try ToolRun(words)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.remarks.contains(says), "\(result.remarks)")
  }

  @Test("nothing is suggested where nothing is near")
  func noSuggestion() throws {
    #expect(try !run("qzx").remarks.contains("did you mean"))
    #expect(try !run("rebuild", "x", "--zzzz").remarks.contains("did you mean"))
  }

  @Test("a filter that no article meets is told, with the right word")
  func filters() throws {
    let remarks = try run(
      "rebuild", ToolRun.archive, "--section", "sprots", "--exclude", "sund-bridge-open"
    ).remarks
    #expect(remarks.contains("did you mean sports?"))
    #expect(remarks.contains("did you mean sund-bridge-opens?"))
  }

  // MARK: Output

  @Test("one file an article, and no mixing with one file for all")
  func outputFolder() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lists"
    let result = try run(
      "rebuild", ToolRun.archive, "--output-dir", path, "--format", "hugo-data", "--quiet")
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(try folder.files("lists").count == 121)
    #expect(try folder.text("lists/sund-bridge-opens.json").hasPrefix("[{\"rank\":1,"))
    let page = SharedData.projectRoot.appending(path: "Data/pages/harrow-lake-full.txt").path
    #expect(try run("suggest", ToolRun.archive, page, "--output-dir", path).status == 0)
    #expect(try folder.files("lists").contains("harrow-lake-full.jsonl"))
    let both = try run("rebuild", ToolRun.archive, "--output-dir", path, "--output", path + "/x")
    #expect(both.status == 2 && both.remarks.contains("one of the two"))
  }

  @Test("a preview is written, replaced, and never over something else")
  func preview() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/site"
    let first = try run("preview", ToolRun.archive, "--output", path)
    #expect(first.status == 0 && first.remarks.contains("open \(path)/index.html"))
    #expect(try run("preview", ToolRun.archive, "--output", path, "--quiet").status == 0)
    try folder.write("mine", to: "site/mine.txt")
    let refused = try run("preview", ToolRun.archive, "--output", path)
    #expect(refused.status == 1 && refused.remarks.contains("--force"))
    #expect(try folder.text("site/mine.txt") == "mine")
    let forced = try run("preview", ToolRun.archive, "--output", path, "--force")
    #expect(forced.status == 0 && forced.remarks.contains("\(path).1"))
    #expect(try folder.text("site.1/mine.txt") == "mine")
    #expect(try run("preview", ToolRun.archive).status == 2)
  }

  @Test("off a terminal there is no progress and no colour; numbers are grouped and named")
  func silent() throws {
    let result = try run("rebuild", ToolRun.archive)
    #expect(!result.remarks.contains("\u{1B}") && !result.remarks.contains("\r"))
    #expect(result.remarks.contains(/read 121 articles in \d+\.\d s/))
    #expect(result.remarks.contains(/made 121 lists in \d+\.\d s/))
  }

  // MARK: Completions

  @Test("scripts for all shells are written from the table, and bash takes its own")
  func completions() throws {
    for shell in ["bash", "zsh", "fish"] {
      let script = try run("completions", shell).output
      for word in ["rebuild", "output-dir", "hugo-data", "preview"] {
        #expect(script.contains(word), "\(shell): \(word)")
      }
    }
    #expect(try run("completions").status == 2)
  }

  @Test(
    "bash completes commands, options, values and files",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "no bash here"),
    arguments: [
      ("re", "rebuild"), ("rebuild --li", "--limit"), ("rebuild --format js", "jsonl json"),
      ("rebuild --format = js", "jsonl json"), ("rebuild --recency g", "gauss"),
      ("rebuild Data/arch", "Data/archive.jsonl"), ("rebuild --output-dir Sourc", "Sources"),
      ("completions f", "fish"), ("rebuild --limit 3", ""), ("evaluate --qr", "--qrels"),
      ("preview Data/archive.jsonl --forc", "--force"),
    ])
  func bash(line: String, offers: String) throws {
    let script = try run("completions", "bash").output
    let words = line.split(separator: " ").joined(separator: " ")
    let result = try ToolRun(
      [
        "-c",
        script + "\nCOMP_WORDS=(related-news \(words)); COMP_CWORD=$((${#COMP_WORDS[@]}-1))"
          + "\n_related_news; echo \"${COMPREPLY[*]}\"",
      ],
      program: URL(filePath: "/bin/bash"), in: SharedData.projectRoot)
    #expect(result.output == offers + "\n", "\(result.remarks)")
  }
}
