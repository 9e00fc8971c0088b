import Foundation

/// A file that is there whole or not at all.
///
/// Bytes go to a temporary file beside it; `commit` makes them durable and renames. Whatever fails
/// on the way, the old file stays as it was and the temporary one is removed. A failed fsync is an
/// error and is not tried again: the kernel may have dropped the bytes and forgotten it.
///
/// A link is followed, so that it goes on pointing to the file; the file keeps its permissions.
package struct AtomicFile: ~Copyable {
  package let path: String
  private let staged: Staged
  private var isOpen = true

  /// - Throws: `OutputError` if the temporary file cannot be made.
  package init(path: String) throws(OutputError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw OutputError("\(path): is a folder; a file was expected")
    }
    let target = Self.followingLink(path)
    Self.removeLeftovers(of: target)
    let staged = try Staged(path: target)
    self.path = path
    self.staged = staged
  }

  deinit { if isOpen { staged.discard() } }

  package func write(_ bytes: some ContiguousBytes) throws(OutputError) {
    try ByteSink.write(bytes, to: staged.descriptor, named: path)
  }

  /// Makes the file durable under its name.
  package consuming func commit() throws(OutputError) {
    isOpen = false
    do throws(OutputError) {
      try staged.sync()
      try staged.rename()
    } catch {
      staged.discard()
      throw error
    }
    try Self.syncFolder(staged.folder)
  }

  /// Where a link points to, so that renaming replaces the file and not the link.
  static func followingLink(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  package static func syncFolder(_ folder: String) throws(OutputError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    defer { close(handle) }
    // Some file systems cannot sync a folder and say EINVAL; the rename is then as durable as it gets.
    if fsync(handle) != 0, errno != EINVAL {
      throw OutputError("\(folder): the folder could not be made durable", errno: errno)
    }
  }

  /// Removes temporary files of this name whose process is no more.
  private static func removeLeftovers(of path: String) {
    let (folder, name) = (PathParts.folder(of: path), PathParts.name(of: path))
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for entry in entries where entry.hasPrefix(".\(name).") && entry.hasSuffix(".part") {
      let middle = entry.dropFirst(name.count + 2).dropLast(5)
      guard let process = Int32(middle), process != getpid() else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink("\(folder)/\(entry)") }
    }
  }
}

extension AtomicFile {
  /// A temporary file on its way to a name, for those who bring many at once: every one of `stage`
  /// must see `rename` or `discard`.
  package struct Staged {
    let path: String
    let folder: String
    fileprivate let temporary: String
    fileprivate let descriptor: Int32

    fileprivate init(path: String) throws(OutputError) {
      self.path = path
      folder = PathParts.folder(of: path)
      temporary = "\(folder)/.\(PathParts.name(of: path)).\(getpid()).part"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
      var status = stat()
      // A file that only its owner may read stays so.
      if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    }

    package func sync() throws(OutputError) {
      guard fsync(descriptor) == 0 else {
        throw OutputError("\(path): could not be made durable", errno: errno)
      }
    }

    package func rename() throws(OutputError) {
      let failure =
        close(descriptor) != 0 ? errno : Foundation.rename(temporary, path) != 0 ? errno : 0
      guard failure != 0 else { return }
      unlink(temporary)
      throw OutputError("\(path): could not be put in place", errno: failure)
    }

    /// Removes the temporary file; nothing after `rename`, which leaves none.
    package func discard() {
      if unlink(temporary) == 0 { close(descriptor) }
    }
  }

  /// A temporary file with all its bytes, which has no name yet.
  package static func stage(_ bytes: [UInt8], at path: String) throws(OutputError) -> Staged {
    let staged = try Staged(path: path)
    do throws(OutputError) {
      try ByteSink.write(bytes, to: staged.descriptor, named: path)
    } catch {
      staged.discard()
      throw error
    }
    return staged
  }
}
