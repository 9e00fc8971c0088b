import Foundation
import Testing

/// Files that an output must equal, in `Tests/Golden`.
///
/// `RECORD_GOLDEN=1 swift test --filter Golden` writes them anew; look at the difference before
/// committing it.
enum Golden {
  static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
  private static let folder = SharedData.projectRoot.appending(path: "Tests/Golden")

  static func expect(
    _ text: String, equals name: String, at place: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if isRecording {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let golden = try Data(contentsOf: file)
    #expect(golden == Data(text.utf8), "\(name) differs", sourceLocation: place)
  }

  @Suite struct GoldenTests {
    @Test("the files on record are not being rewritten by this very run")
    func notRecording() {
      #expect(!isRecording, "RECORD_GOLDEN=1: written anew; run again without it")
    }
  }
}
