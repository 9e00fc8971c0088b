import Foundation

/// A file that is open for reading; it keeps its view when another takes its name.
///
/// A class, as the descriptor must be closed once.
final class FileView: Sendable {
  let path: String
  let descriptor: Int32
  /// When it was opened.
  let length: Int

  init(path: String) throws(IndexFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw IndexFileError(
        .unreadable, path,
        errno == ENOENT ? "no such file" : "cannot be opened (\(String(cString: strerror(errno))))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw IndexFileError(.notAnIndex, path, "not a file; expected an index file")
    }
    self.path = path
    self.descriptor = descriptor
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills `buffer` with the bytes from `offset` on.
  ///
  /// `pread` and no mapping: where somebody cuts the file while it is read, a mapping ends the
  /// process with SIGBUS, which no code can catch; this is an error like any other.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(IndexFileError) {
    var done = 0
    while done < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
        off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        throw IndexFileError(
          .unreadable, path,
          "cannot be read at byte \(offset + done) (\(String(cString: strerror(errno))))")
      }
      if count == 0 {
        throw IndexFileError(
          .truncated, path, "ends at byte \(offset + done) while it is being read; it was cut")
      }
      done += count
    }
  }

  func bytes(at offset: Int, count: Int) throws(IndexFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // `withUnsafeMutableBytes` cannot rethrow a typed error: the result carries it.
    let failure: IndexFileError? = bytes.withUnsafeMutableBytes { buffer in
      do throws(IndexFileError) {
        try read(into: buffer, at: offset)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    return bytes
  }
}
