import Foundation

/// Lists on their way to a file, written so that an interrupted run can go on where it was.
///
/// The bytes grow in `.NAME.rebuild` beside the file; a line in `.NAME.rebuild.log` says of each whole
/// piece how long it is and what its checksum is. `finish` makes the file durable and gives it its
/// name: what was there before stays whole until then. Killed at any point, the next run that
/// `resumes` drops what is not whole and goes on, if it is about the same lists: same archive, options,
/// format and version, by their hash. One that does not resume clears away what it finds.
package struct ResumableLists: ~Copyable {
  /// Lists that an interrupted run has left, and how many of them are empty.
  package private(set) var listCount: Int
  package private(set) var emptyCount: Int
  /// The moment that embargoes are judged by: that of the run that began.
  package let moment: Date
  /// Why the run begins anew although it was asked to go on; nil where it goes on.
  package let remark: String?

  private let path: String
  private let folder: String
  private let temporary: String
  private let journal: String
  private let data: Int32
  private let log: Int32
  private let formatter: any ListFormatter
  private var unsynced = 0
  private var isBroken = false
  /// Bytes after which what is written is made durable.
  private static let syncDistance = 16 << 20

  /// - Parameters:
  ///   - key: a hash of all that the lists follow from.
  ///   - resumes: whether to go on with what an interrupted run left.
  /// - Throws: `OutputError` if nothing can be written there, or another run is writing it.
  package init(
    path: String, format: ListFormat, key: String, moment: Date, resumes: Bool
  ) throws(OutputError) {
    let target = AtomicFile.followingLink(path)
    let (folder, name) = (PathParts.folder(of: target), PathParts.name(of: target))
    let (temporary, journal) = ("\(folder)/.\(name).rebuild", "\(folder)/.\(name).rebuild.log")
    let start = try Self.start(
      temporary, journal, path: path, key: key, moment: moment, resumes: resumes)
    remark = start.remark
    self.moment = start.journal.moment
    listCount = start.journal.pieces.reduce(0) { $0 + $1.lists }
    emptyCount = start.journal.pieces.reduce(0) { $0 + $1.empty }
    self.path = path
    self.folder = folder
    self.temporary = temporary
    self.journal = journal
    data = start.data
    log = start.log
    formatter = format.formatter
  }

  private struct Start {
    let data: Int32
    let log: Int32
    let journal: RebuildJournal
    let remark: String?
  }

  /// Opens both files and leaves in them what is to be gone on with.
  private static func start(
    _ temporary: String, _ journal: String, path: String, key: String, moment: Date, resumes: Bool
  ) throws(OutputError) -> Start {
    let data = try open(temporary, for: path)
    do throws(OutputError) {
      guard takeLock(of: data) else {
        throw OutputError("\(path): another rebuild is writing it; wait for it, or end it")
      }
      let log = try open(journal, for: path)
      let left = RebuildJournal(of: log, data: data)
      let goesOn = resumes && left.key == key && !left.pieces.isEmpty
      let start = goesOn ? left : RebuildJournal(key: key, moment: moment)
      try cut(data, log, to: start, path)
      return Start(
        data: data, log: log, journal: start,
        remark: !resumes || goesOn ? nil : left.whyNot(key: key))
    } catch {
      close(data)
      throw error
    }
  }

  /// Leaves in both files what is whole, to be written on.
  private static func cut(
    _ data: Int32, _ log: Int32, to start: RebuildJournal, _ path: String
  ) throws(OutputError) {
    guard ftruncate(data, off_t(start.dataLength)) == 0, ftruncate(log, 0) == 0,
      lseek(data, 0, SEEK_END) >= 0, lseek(log, 0, SEEK_SET) == 0
    else { throw OutputError("\(path): cannot be written", errno: errno) }
    try ByteSink.write(Array(start.text.utf8), to: log, named: path)
  }

  deinit {
    // Bytes that could not be written are of no use to a later run.
    if isBroken {
      unlink(temporary)
      unlink(journal)
    }
    close(data)
    close(log)
  }

  /// Writes the lists that follow.
  package mutating func append(_ lists: [RecommendationList]) throws(OutputError) {
    try append([FormattedLists(lists, formatter: formatter, isFirst: listCount == 0)])
  }

  /// Writes the lists that follow, as one whole piece.
  ///
  /// - Precondition: they are of this format, and who made them knew whether they are the first.
  package mutating func append(_ parts: [FormattedLists]) throws(OutputError) {
    let count = parts.reduce(0) { $0 + $1.count }
    guard count > 0 else { return }
    var bytes = listCount == 0 ? Array(formatter.prologue.utf8) : []
    bytes.reserveCapacity(bytes.count + parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { bytes += part.bytes }
    let empty = parts.reduce(0) { $0 + $1.emptyCount }
    let piece = RebuildJournal.Piece(lists: count, empty: empty, bytes: bytes)
    isBroken = true
    try ByteSink.write(bytes, to: data, named: path)
    unsynced += bytes.count
    if unsynced >= Self.syncDistance {
      try Self.sync(data, path)
      unsynced = 0
    }
    try ByteSink.write(Array(piece.line.utf8), to: log, named: path)
    isBroken = false
    listCount += count
    emptyCount += empty
  }

  /// Puts the file in place.
  package mutating func finish() throws(OutputError) {
    isBroken = true
    let end = (listCount == 0 ? formatter.prologue : "") + formatter.epilogue
    try ByteSink.write(Array(end.utf8), to: data, named: path)
    var status = stat()
    let target = AtomicFile.followingLink(path)
    if stat(target, &status) == 0 { fchmod(data, status.st_mode & 0o777) }
    try Self.sync(data, path)
    guard rename(temporary, target) == 0 else {
      throw OutputError("\(path): could not be put in place", errno: errno)
    }
    unlink(journal)
    isBroken = false
    try AtomicFile.syncFolder(folder)
  }

  private static func open(_ file: String, for path: String) throws(OutputError) -> Int32 {
    let descriptor = Foundation.open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
    return descriptor
  }

  private static func sync(_ descriptor: Int32, _ path: String) throws(OutputError) {
    guard fsync(descriptor) == 0 else {
      throw OutputError("\(path): could not be made durable", errno: errno)
    }
  }
}
