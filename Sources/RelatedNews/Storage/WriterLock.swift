import Foundation

/// The right to change an index file, held by one process at a time.
///
/// An advisory lock (`flock`) on the index itself. As a writer replaces it by a rename, who gets the
/// lock looks whether it is still the file of that name, and else locks the new one: so every writer
/// starts from what the last one left. The system takes the lock back from a process that dies;
/// nothing is left behind. Readers take no lock: they keep the file that they opened.
package struct WriterLock: ~Copyable {
  /// −1 where there is no file yet: whoever comes first is as good as the other.
  private let descriptor: Int32

  /// - Parameter patience: how many seconds to wait for another writer.
  /// - Throws: `IndexFileError` if another process holds it, or the file cannot be opened.
  package init(for path: String, patience: Double = 5) throws(IndexFileError) {
    let deadline = ContinuousClock.now + .seconds(patience)
    while true {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        guard errno == ENOENT else {
          throw IndexFileError(
            .unreadable, path, "cannot be opened (\(String(cString: strerror(errno))))")
        }
        self.descriptor = -1
        return
      }
      guard takeLock(of: descriptor, until: deadline) else {
        close(descriptor)
        throw IndexFileError(
          .locked, path, "another process is changing it; try again when that is done")
      }
      if Self.isFile(descriptor, at: path) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether the open file still is the one of that name.
  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var own = stat()
    var named = stat()
    return fstat(descriptor, &own) == 0 && stat(path, &named) == 0
      && own.st_ino == named.st_ino && own.st_dev == named.st_dev
  }
}
