import Foundation

/// Where results go, as a stream: standard output, a device or a pipe, or a file that is whole or
/// not there.
///
/// Bytes are gathered and written in large pieces; every write is checked. A file gets its name
/// only at `finish`.
package struct ResultFile: ~Copyable {
  private enum Target: ~Copyable {
    case descriptor(FileHandle, name: String)
    case file(AtomicFile)
  }

  private static let pieceSize = 1 << 18
  private let target: Target
  private var buffer: [UInt8] = []

  /// - Parameter path: nil or `-` is standard output.
  /// - Throws: `OutputError` if nothing can be written there.
  package init(path: String?) throws(OutputError) {
    guard let path, path != "-" else {
      target = .descriptor(.standardOutput, name: "standard output")
      return
    }
    guard Self.isDevice(path) else {
      target = .file(try AtomicFile(path: path))
      return
    }
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
    target = .descriptor(
      FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), name: path)
  }

  package mutating func write(_ text: String) throws(OutputError) {
    buffer += text.utf8
    if buffer.count >= Self.pieceSize { try flush() }
  }

  package mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    buffer += bytes
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Hands on what is gathered, for a reader who waits at the other end of a pipe.
  package mutating func flush() throws(OutputError) {
    guard !buffer.isEmpty else { return }
    switch target {
    case .descriptor(let handle, let name):
      try ByteSink.write(buffer, to: handle.fileDescriptor, named: name)
    case .file(let file): try file.write(buffer)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the rest and puts the file in place.
  package consuming func finish() throws(OutputError) {
    try flush()
    switch consume target {
    case .descriptor: return
    case .file(let file): try file.commit()
    }
  }

  /// A device (`/dev/stdout`, `/dev/full`) or a pipe cannot be replaced by a rename.
  package static func isDevice(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }
}

/// Lists written one after the other as they are made, in any format.
package struct ListWriter: ~Copyable {
  private let formatter: any ListFormatter
  private var file: ResultFile
  private var isFirst = true
  private var hasPrologue = false

  /// - Parameter path: nil or `-` is standard output.
  package init(to path: String?, format: ListFormat) throws(OutputError) {
    let formatter = format.formatter
    let file = try ResultFile(path: path)
    self.formatter = formatter
    self.file = file
  }

  /// Writes the lists; what is written reaches a pipe before this returns.
  package mutating func append(_ lists: some Sequence<RecommendationList>) throws(OutputError) {
    try writePrologue()
    for list in lists {
      try file.write(formatter.text(for: list, isFirst: isFirst))
      isFirst = false
    }
    try file.flush()
  }

  /// The same for lists that are bytes already.
  ///
  /// - Precondition: they are of this format, and who made them knew whether they are the first.
  package mutating func append(_ parts: [FormattedLists]) throws(OutputError) {
    try writePrologue()
    for part in parts {
      try file.write(part.bytes)
      isFirst = isFirst && part.count == 0
    }
    try file.flush()
  }

  package consuming func finish() throws(OutputError) {
    try writePrologue()
    try file.write(formatter.epilogue)
    try file.finish()
  }

  /// Not before there is something to follow: who fails early has written nothing.
  private mutating func writePrologue() throws(OutputError) {
    guard !hasPrologue else { return }
    hasPrologue = true
    try file.write(formatter.prologue)
  }
}
