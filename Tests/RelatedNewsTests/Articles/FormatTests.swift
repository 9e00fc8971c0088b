import Foundation
import Testing

@testable import RelatedNews

/// What is read from each fixture is what was recorded and looked at by eye.
///
/// `RECORD=1 swift test -c release --filter FormatTests` records anew; look at the difference.
@Suite struct FormatTests {
  private static let recorded = Fixtures.folder.appending(path: "expected.txt")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  private static func transcript() -> String {
    Fixtures.names.map { "=== \($0)\n\(Fixtures.transcript($0))" }.joined(separator: "\n")
  }

  @Test("every fixture is read as recorded")
  func goldens() throws {
    let now = Self.transcript()
    if Self.isRecording { try now.write(to: Self.recorded, atomically: true, encoding: .utf8) }
    let then = try String(contentsOf: Self.recorded, encoding: .utf8)
    let pairs = zip(Self.parts(now), Self.parts(then))
    for (new, old) in pairs { #expect(new == old) }
    #expect(Self.parts(now).count == Self.parts(then).count)
  }

  private static func parts(_ text: String) -> [String] {
    text.components(separatedBy: "\n=== ")
  }

  @Test("every fixture gives the same at any number of jobs", arguments: Fixtures.names)
  func jobs(name: String) throws {
    let one = try? Fixtures.read(name)
    let seven = try? Fixtures.read(name, jobs: 7)
    #expect(one?.articles == seven?.articles)
    #expect(one?.remarks == seven?.remarks)
  }
}
