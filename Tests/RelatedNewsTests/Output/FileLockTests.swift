import Foundation
import Testing

@testable import RelatedNews

@Suite struct FileLockTests {
  @Test("a lock that is let go soon is waited for, one that is kept is not")
  func patience() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let first = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let second = open(path, O_RDWR | O_CLOEXEC)
    defer { close(second) }
    #expect(takeLock(of: first))
    #expect(!takeLock(of: second, until: .now + .milliseconds(50)))
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { close(first) }
    #expect(takeLock(of: second, until: .now + .seconds(60)))
  }
}
