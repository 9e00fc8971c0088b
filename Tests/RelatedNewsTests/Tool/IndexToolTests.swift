import Foundation
import Testing

/// An archive kept in a file, as the users of the tool meet it.
@Suite struct IndexToolTests {
  private let folder: TemporaryFolder
  private let index: String

  init() throws {
    folder = try TemporaryFolder()
    index = folder.path + "/archive.rnx"
    let made = try ToolRun(["index", ToolRun.archive, "--output", index, "--quiet"])
    #expect(made.status == 0)
  }

  @Test(
    "other settings than the index was built with are wrong usage, in every command",
    arguments: [
      ["suggest", "INDEX", ToolRun.archive], ["rebuild", "INDEX"],
      ["index", "--add", ToolRun.archive, "INDEX"],
    ])
  func settings(command: [String]) throws {
    let words = command.map { $0 == "INDEX" ? index : $0 } + ["--quiet"]
    for (option, value) in [("ngram-range", "1,1"), ("weighting", "ltc"), ("stemmer", "none")] {
      let before = try Data(contentsOf: URL(filePath: index))
      let run = try ToolRun(words + ["--" + option, value])
      #expect(run.status == 2 && run.output.isEmpty, "\(option)")
      #expect(run.remarks.contains("was built with other settings than --\(option) asks for"))
      #expect(try Data(contentsOf: URL(filePath: index)) == before)
    }
    // The same settings, said aloud, are right.
    #expect(try ToolRun(words + ["--ngram-range", "1,2"]).status == 0)
  }

  @Test("evaluate measures an index as it measures the articles")
  func evaluate() throws {
    let qrels = SharedData.projectRoot.appending(path: "Data/judgments.qrels").path
    let kept = try ToolRun(["evaluate", index, "--qrels", qrels, "--quiet"])
    let read = try ToolRun(["evaluate", ToolRun.archive, "--qrels", qrels, "--quiet"])
    #expect(kept.status == 0 && kept.output.contains("nDCG@10"))
    #expect(kept.output == read.output)
  }

  @Test(
    "what is new since yesterday may be nothing",
    arguments: [
      ("none.jsonl", ""), ("none.jsonl", "\u{FEFF}"), ("none.jsonl", "\n\n"), ("none.json", "[]\n"),
      ("none.xml", "<rss version=\"2.0\"><channel><title>x</title></channel></rss>"),
    ])
  func nothingNew(name: String, text: String) throws {
    try folder.write(text, to: name)
    let none = folder.path + "/" + name
    let before = try Data(contentsOf: URL(filePath: index))
    for strict in [[], ["--strict"]] {
      let run = try ToolRun(["index", "--add", none, index] + strict)
      #expect(run.status == 0, "\(run.remarks)")
      #expect(run.remarks.contains("121 articles"))
      #expect(try Data(contentsOf: URL(filePath: index)) == before)
    }
    // An archive of nothing is an error, and so is a file in which nothing can be read.
    #expect(try ToolRun(["index", none, "--output", folder.path + "/other.rnx"]).status == 1)
    try folder.write("{\"id\": ", to: "broken.jsonl")
    let broken = try ToolRun(["index", "--add", folder.path + "/broken.jsonl", index])
    #expect(broken.status == 1 && broken.remarks.contains("no article could be read"))
  }

  @Test("a folder of what is new may be empty")
  func emptyFolder() throws {
    let inbox = folder.url.appending(path: "inbox")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: false)
    let run = try ToolRun(["index", "--add", inbox.path, index])
    #expect(run.status == 0 && run.remarks.contains("121 articles"), "\(run.remarks)")
    let words = ["index", inbox.path, "--output", folder.path + "/other.rnx"]
    let archive = try ToolRun(words)
    #expect(archive.status == 1 && archive.remarks.contains("a folder without articles"))
    // A file in it may be empty too, as one that is named.
    try Data().write(to: inbox.appending(path: "today.jsonl"))
    let strict = try ToolRun(["index", "--add", inbox.path, index, "--strict"])
    #expect(strict.status == 0 && strict.remarks.contains("today.jsonl: empty"))
    #expect(try ToolRun(words).status == 1)
  }

  @Test("an id that is removed and added is added, and that is said")
  func removedAndAdded() throws {
    try folder.write(
      #"{"id": "harrow-evacuation-4200", "title": "Harrow returns", "body": "They are back."}"#,
      to: "new.jsonl")
    let run = try ToolRun([
      "index", "--add", folder.path + "/new.jsonl", "--remove", "harrow-evacuation-4200", index,
    ])
    #expect(run.status == 0)
    #expect(run.remarks.contains("\"harrow-evacuation-4200\": is removed and added: it stays"))
    #expect(run.remarks.contains("121 articles"))
  }

  @Test("an index among articles is told of as one")
  func indexAmongArticles() throws {
    let run = try ToolRun(["rebuild", index + "," + ToolRun.archive])
    #expect(run.status == 0 && run.output.split(separator: "\n").count == 121)
    #expect(run.remarks.contains("\(index): an index file, which keeps no texts"))
    #expect(try ToolRun(["check", folder.path + "/nowhere.rnx"]).remarks.contains("no such file"))
  }
}
