import Foundation

/// A file that is there whole or not at all.
///
/// Bytes go to a temporary file beside it; `commit` makes them durable and renames. Whatever fails
/// on the way, the old file stays as it was and the temporary one is removed. A failed fsync is an
/// error and is not tried again: the kernel may have dropped the bytes and forgotten it.
package struct AtomicFile: ~Copyable {
  package let path: String
  private let temporary: String
  private var descriptor: Int32

  /// - Throws: `OutputError` if the temporary file cannot be made.
  package init(path: String) throws(OutputError) {
    let (temporary, descriptor) = try Self.openTemporary(for: path)
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      unlink(temporary)
    }
  }

  package func write(_ bytes: some ContiguousBytes) throws(OutputError) {
    try ByteSink.write(bytes, to: descriptor, named: path)
  }

  /// Makes the file durable under its name.
  package consuming func commit() throws(OutputError) {
    guard fsync(descriptor) == 0 else {
      throw OutputError("\(path): could not be made durable", errno: errno)
    }
    let closing = descriptor
    descriptor = -1
    let failure = close(closing) != 0 ? errno : rename(temporary, path) != 0 ? errno : 0
    if failure != 0 {
      unlink(temporary)
      throw OutputError("\(path): could not be put in place", errno: failure)
    }
    try Self.syncFolder(of: path)
  }

  private static func openTemporary(
    for path: String
  ) throws(OutputError) -> (path: String, descriptor: Int32) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw OutputError("\(path): is a folder; a file was expected")
    }
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    removeLeftovers(of: name, in: folder.isEmpty ? "." : folder)
    let temporary = "\(folder.isEmpty ? "" : folder + "/").\(name).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
    return (temporary, descriptor)
  }

  private static func syncFolder(of path: String) throws(OutputError) {
    let folder = (path as NSString).deletingLastPathComponent
    let handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    defer { close(handle) }
    // Some file systems cannot sync a folder and say EINVAL; the rename is then as durable as it gets.
    if fsync(handle) != 0, errno != EINVAL {
      throw OutputError("\(path): its folder could not be made durable", errno: errno)
    }
  }

  /// Removes temporary files of this name whose process is no more.
  private static func removeLeftovers(of name: String, in folder: String) {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for entry in entries where entry.hasPrefix(".\(name).") && entry.hasSuffix(".part") {
      let middle = entry.dropFirst(name.count + 2).dropLast(5)
      guard let process = Int32(middle), process != getpid() else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink("\(folder)/\(entry)") }
    }
  }
}

/// Why something could not be written: where and why, in one line.
package struct OutputError: Error, CustomStringConvertible {
  package let description: String
  /// The reader of a pipe has gone: no failure, only the end.
  package let isClosedPipe: Bool

  package init(_ text: String, errno code: Int32? = nil) {
    description = code.map { "\(text) (\(String(cString: strerror($0))))" } ?? text
    isClosedPipe = code == EPIPE
  }
}

/// Writes all bytes or says why not.
package enum ByteSink {
  package static func write(
    _ bytes: some ContiguousBytes, to descriptor: Int32, named name: String
  ) throws(OutputError) {
    let failure: Int32? = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(count)
      }
      return nil
    }
    if let failure { throw OutputError("\(name): cannot be written", errno: failure) }
  }
}
