import Foundation
import Testing

/// The tool as its users meet it: run as a process, judged by what it writes and its exit status.
@Suite struct ToolTests {
  private static var tool: URL? { ToolRun.tool }

  private static let archive = SharedData.projectRoot.appending(path: "Data/archive.jsonl").path

  private func run(
    _ arguments: String...
  ) throws -> (status: Int32, output: String, remarks: String) {
    let run = try ToolRun(arguments)
    return (run.status, run.output, run.remarks)
  }

  @Test("rebuild writes a list for every article, the same bytes at any number of jobs")
  func rebuild() throws {
    let one = try run("rebuild", Self.archive, "--jobs", "1", "--quiet")
    let seven = try run("rebuild", Self.archive, "--jobs", "7", "--quiet")
    #expect(one.status == 0 && one.remarks.isEmpty)
    #expect(one.output == seven.output)
    let articles = try String(contentsOfFile: Self.archive, encoding: .utf8).split(separator: "\n")
    #expect(one.output.split(separator: "\n").count == articles.count)
  }

  @Test("a page that is not in the archive finds its story")
  func suggest() throws {
    let page = SharedData.projectRoot.appending(path: "Data/pages/harrow-lake-full.txt").path
    let result = try run("suggest", Self.archive, page, "--format", "trec", "--limit", "3")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 3)
    #expect(result.output.split(separator: "\n").allSatisfy { $0.contains(" Q0 harrow-") })
  }

  @Test(
    "wrong usage ends with 2 and says what to do",
    arguments: [
      (["frobnicate"], "unknown command"), (["rebild", "x"], "did you mean rebuild?"),
      (["rebuild", "x", "--limt", "3"], "did you mean --limit?"),
      (["rebuild"], "needs one ARCHIVE"),
      (["rebuild", archive, "--limit", "0"], "whole number from 1"),
      (["rebuild", archive, "--format", "jsonn"], "did you mean json"), ([], "command is missing"),
      (["rebuild", archive, "--weighting", "xyz"], "SMART"),
    ])
  func usage(words: [String], says: String) throws {
    let process = Process()
    try #require(Self.tool != nil)
    process.executableURL = Self.tool
    process.arguments = words
    let remarks = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = remarks
    try process.run()
    let said = String(decoding: remarks.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    #expect(said.contains(says), "\(said)")
  }

  @Test("a missing archive, a full disk and a folder as output end with 1")
  func failures() throws {
    #expect(try run("rebuild", "/no/such/file").status == 1)
    let full = try run("rebuild", Self.archive, "--output", "/dev/full", "--quiet")
    #expect(full.status == 1 && full.remarks.contains("No space left"))
    #expect(try run("rebuild", Self.archive, "--output", "/tmp", "--quiet").status == 1)
  }

  @Test("help names every command, and each command's help its options")
  func help() throws {
    let help = try run("--help")
    #expect(help.status == 0)
    for command in ["suggest", "rebuild", "evaluate", "explain"] {
      #expect(help.output.contains(command))
      #expect(try run(command, "--help").output.contains("--jobs"))
    }
  }
}
