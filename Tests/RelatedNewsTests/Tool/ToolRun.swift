import Foundation
import Testing

/// One run of the tool as a process: what it wrote, what it said, how it ended.
struct ToolRun {
  static let tool: URL? = {
    // The tests' binary and the tool lie in one folder.
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates =
      [folder]
      + ["release", "debug"].map { SharedData.projectRoot.appending(path: ".build/\($0)") }
    return candidates.map { $0.appending(path: "related-news") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()
  static let archive = SharedData.projectRoot.appending(path: "Data/archive.jsonl").path

  let status: Int32
  let output: String
  let remarks: String

  /// - Parameter environment: what is set on top of the test's own.
  init(
    _ arguments: [String], program: URL? = ToolRun.tool, environment: [String: String] = [:],
    in folder: URL? = nil
  ) throws {
    let files = try TemporaryFolder()
    try files.write("", to: "output")
    try files.write("", to: "remarks")
    let process = Process()
    let executable: URL = try #require(program)
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    // Files, as two pipes that are read one after the other may both be full.
    process.standardOutput = try FileHandle(forWritingTo: files.url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: files.url.appending(path: "remarks"))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try files.text("output")
    remarks = try files.text("remarks")
  }
}
