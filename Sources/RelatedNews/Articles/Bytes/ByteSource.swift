import Foundation

/// Hands out the bytes of a file, of standard input or of memory piece by piece, so that a file of
/// gigabytes never has to lie in memory.
///
/// A class because a position in a file is shared by whoever holds it; one reader uses it, in one
/// task.
final class ByteSource {
  /// What was read so far, as it lies on the disk (compressed bytes of a compressed file).
  private(set) var bytesRead = 0
  /// Why it ended before its end: a disk's error, a packed file that is cut. What came before was
  /// handed out.
  private(set) var failure: ReadingError?
  private var ahead: ArraySlice<UInt8> = []
  private var isAtEnd = false
  private let read: () throws -> [UInt8]
  private let close: () -> Void
  private let inner: ByteSource?

  /// 256 KiB: a read of this size already costs less than looking at its bytes.
  static let pieceSize = 1 << 18

  /// - Parameter read: the next bytes; none at the end.
  private init(
    inner: ByteSource? = nil, read: @escaping () throws -> [UInt8], close: @escaping () -> Void = {}
  ) {
    self.inner = inner
    self.read = read
    self.close = close
  }

  deinit { close() }

  /// - Throws: `ReadingError` if the file cannot be opened.
  static func file(_ path: String) throws -> ByteSource {
    if path == "-" { return descriptor(STDIN_FILENO, named: "standard input") }
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      throw ReadingError("\(path): cannot be read (\(String(cString: strerror(errno))))")
    }
    return descriptor(number, named: path, closes: true)
  }

  static func bytes(_ bytes: [UInt8]) -> ByteSource {
    var rest: [UInt8]? = bytes
    return ByteSource(read: {
      defer { rest = nil }
      return rest ?? []
    })
  }

  /// What `source` holds, unpacked by `unpack`: given the next packed bytes (none at the end) it
  /// returns unpacked ones, or nil where there is nothing more.
  static func unpacking(
    _ source: ByteSource, _ unpack: @escaping () throws -> [UInt8]
  ) -> ByteSource {
    ByteSource(inner: source, read: unpack)
  }

  private static func descriptor(
    _ number: Int32, named name: String, closes: Bool = false
  ) -> ByteSource {
    ByteSource(
      read: {
        while true {
          var failure: Int32 = 0
          let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            let result = Foundation.read(number, buffer.baseAddress, pieceSize)
            if result < 0 { failure = errno }
            count = max(0, result)
          }
          if failure == EINTR { continue }
          guard failure == 0 else {
            throw ReadingError("\(name): cannot be read (\(String(cString: strerror(failure))))")
          }
          return piece
        }
      }, close: { if closes { _ = Foundation.close(number) } })
  }

  /// The next bytes, or nil at the end or where reading failed.
  func next() -> [UInt8]? {
    guard ahead.isEmpty else {
      defer { ahead = [] }
      return Array(ahead)
    }
    let piece = readPiece()
    return piece.isEmpty ? nil : piece
  }

  /// Up to `count` of the bytes that `next()` will hand out, without taking them.
  func peek(_ count: Int) -> ArraySlice<UInt8> {
    while ahead.count < count, !isAtEnd { ahead += readPiece() }
    return ahead.prefix(count)
  }

  private func readPiece() -> [UInt8] {
    guard !isAtEnd else { return [] }
    do {
      let piece = try read()
      bytesRead += piece.count
      isAtEnd = piece.isEmpty
      return piece
    } catch {
      isAtEnd = true
      failure = error as? ReadingError ?? ReadingError("\(error)")
      return []
    }
  }

  /// Leaves out the first `count` of the bytes that were looked at.
  func drop(_ count: Int) { ahead = ahead.dropFirst(count) }

  /// Everything that is left.
  /// - Throws: `ReadingError` if that is more than `limit` bytes.
  func all(limit: Int, named name: String) throws -> [UInt8] {
    var result: [UInt8] = []
    while let piece = next() {
      result += piece
      guard result.count <= limit else {
        throw ReadingError(
          "\(name): more than \(limit >> 20) MiB; one article a file is expected here")
      }
    }
    return result
  }

  /// Bytes on the disk: those of the packed file for an unpacked one.
  var bytesOnDisk: Int { inner?.bytesOnDisk ?? bytesRead }
}
