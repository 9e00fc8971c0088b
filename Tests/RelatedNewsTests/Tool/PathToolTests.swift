import Foundation
import Testing

@testable import RelatedNews

/// Paths as people give them.
@Suite struct PathToolTests {
  @Test("a path may have one character")
  func oneCharacter() throws {
    let folder = try TemporaryFolder()
    func run(_ words: [String]) throws -> ToolRun {
      try ToolRun(words + ["--quiet"], in: folder.url)
    }
    #expect(try run(["index", ToolRun.archive, "--output", "i"]).status == 0)
    #expect(try run(["check", "i"]).status == 0)
    #expect(try run(["rebuild", "i", "--output", "r"]).status == 0)
    #expect(
      try run(["index", "--remove", "none", "i", "--output", "j", "--changed-lists", "c"]).status
        == 0)
    #expect(try run(["check", "none"]).status == 1 && run(["check", "n"]).status == 1)
    #expect(try folder.files() == ["c", "i", "j", "r"])
  }

  @Test("paths have a folder and a name")
  func parts() {
    let paths = ["q", "ab", "/q", "a/b", "a/b/", "../x", "./q", "a//b", "é/ü", "q/"]
    #expect(
      paths.map(PathParts.folder(of:)) == [".", ".", "/", "a", "a", "..", ".", "a", "é", "."])
    #expect(paths.map(PathParts.name(of:)) == ["q", "ab", "q", "b", "b", "x", "q", "b", "ü", "q"])
  }

  @Test("a folder has its configuration, with or without a slash behind it")
  func configuration() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"limit": 7}"#, to: "news/related-news.json")
    for path in ["news", "news/"] {
      let table = try ToolRun(["config", path], in: folder.url)
      #expect(table.status == 0 && table.output.contains("news/related-news.json"))
      #expect(!table.output.contains("//"))
    }
  }

  @Test(
    "what is read is not written over",
    arguments: [
      ["rebuild", "a.jsonl", "--output", "a.jsonl"],
      ["rebuild", "a.jsonl,b.jsonl", "--output", "./b.jsonl"],
      ["rebuild", "a.rnx", "--output", "a.rnx"],
      ["index", "a.jsonl", "--output", "a.jsonl"],
      ["index", "a.jsonl", "--output", "c.rnx", "--pins", "c.rnx"],
      ["index", "--add", "b.jsonl", "a.rnx", "--output", "b.jsonl"],
      ["index", "--add", "b.jsonl", "a.rnx", "--changed-lists", "a.rnx"],
      ["index", "--add", "b.jsonl", "a.rnx", "--changed-lists", "new", "--output", "new"],
    ])
  func inputs(words: [String]) throws {
    let folder = try TemporaryFolder()
    let text = try String(contentsOfFile: ToolRun.archive, encoding: .utf8)
    try folder.write(text, to: "a.jsonl")
    try folder.write(#"{"id":"new","title":"A new story"}"# + "\n", to: "b.jsonl")
    #expect(
      try ToolRun(["index", "a.jsonl", "--output", "a.rnx", "--quiet"], in: folder.url).status == 0)
    try folder.write("", to: "c.rnx")
    let before = try folder.files().map { try Data(contentsOf: folder.url.appending(path: $0)) }
    let run = try ToolRun(words, in: folder.url)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.remarks.contains("is also read") || run.remarks.contains("name one file"))
    #expect(
      try folder.files().map { try Data(contentsOf: folder.url.appending(path: $0)) } == before)
  }

  @Test("an index may take its own place")
  func ownPlace() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"id":"new","title":"A new story"}"# + "\n", to: "b.jsonl")
    for words in [
      [ToolRun.archive, "--output", "a.rnx"], ["a.rnx", "--output", "a.rnx"],
      ["--add", "b.jsonl", "a.rnx", "--output", "a.rnx"],
    ] {
      #expect(try ToolRun(["index"] + words + ["--quiet"], in: folder.url).status == 0)
    }
    #expect(try ToolRun(["check", "a.rnx"], in: folder.url).status == 0)
  }

  @Test("an id is no path")
  func idIsNoPath() throws {
    let folder = try TemporaryFolder()
    let (id, other) = ("harrow-dam-crack-found", "harrow-spillway-holds")
    try folder.write("old", to: id)
    let run = try ToolRun(["explain", ToolRun.archive, id, other, "--output", id], in: folder.url)
    #expect(run.status == 0, "\(run.remarks)")
    #expect(try folder.text(id).contains(other))
  }
}
