import Foundation

/// Where the file of a path is and what it is called there.
///
/// By `URL`: `NSString.deletingLastPathComponent` of Swift 6.3.1 traps on a path of one character.
package enum PathParts {
  /// `"a"` of `"a/b"`, `"."` of `"b"`.
  ///
  /// - Parameter path: not empty.
  package static func folder(of path: String) -> String {
    URL(filePath: path, directoryHint: .notDirectory).deletingLastPathComponent().relativePath
  }

  /// `"b"` of `"a/b"`.
  static func name(of path: String) -> String {
    URL(filePath: path, directoryHint: .notDirectory).lastPathComponent
  }

  /// Whether two paths name one file that is there.
  package static func areSame(_ a: String, _ b: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(a, &first) == 0, stat(b, &second) == 0, first.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
