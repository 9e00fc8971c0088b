import Foundation
import Testing

/// Judged and conformance data that nobody here wrote, beside the project; absent in a plain clone.
///
/// Use as `@Test(.enabled(if: SharedData.has("lee50"), SharedData.why))`, so that a skip says why.
enum SharedData {
  static let why: Comment = "../shared/data is absent: this check needs judged data from outside"

  static let projectRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let root = projectRoot.deletingLastPathComponent()
    .appending(path: "shared/data")

  /// The file or folder at `path` below the shared data folder.
  static func url(_ path: String) -> URL { root.appending(path: path) }

  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }
}
