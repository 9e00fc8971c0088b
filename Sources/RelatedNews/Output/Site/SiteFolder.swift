import Foundation

/// A folder that takes the place of an older one as a whole, or not at all.
///
/// Files are written into a folder beside it, which gets the name at `commit`. A folder that is not
/// an earlier preview is never taken away: without permission it is refused, with it put aside.
package struct SiteFolder: ~Copyable {
  /// The file that says: this folder was made by this tool and may be replaced.
  package static let marker = ".related-news-preview"
  private static let ownEntries: Set<String> = [
    marker, "index.html", "health.html", "article", "page", "assets",
  ]

  package let files: Files
  private let path: String
  private let replaces: Existing
  private var isStaged = true

  private enum Existing { case nothing, empty, preview, other }

  /// - Parameter putsAside: whether a folder that is something else is renamed to make room.
  /// - Throws: `OutputError` for a folder that must not be replaced.
  package init(path: String, putsAside: Bool) throws(OutputError) {
    let path = try Self.place(path)
    let existing = Self.existing(at: path)
    if existing == .other, !putsAside {
      throw OutputError(
        "\(path): is there and is not, or not only, a preview; name another folder, or --force "
          + "puts it aside")
    }
    let parent = PathParts.folder(of: path)
    let name = PathParts.name(of: path)
    Self.removeLeftovers(of: name, in: parent)
    let staging = "\(parent)/.\(name).\(getpid()).part"
    let files = Files(folder: staging)
    try files.makeFolder(staging)
    self.path = path
    self.replaces = existing
    self.files = files
  }

  deinit { if isStaged { try? FileManager.default.removeItem(atPath: files.folder) } }

  /// Puts the folder in place and takes the older preview away.
  ///
  /// - Returns: where a folder that was something else is now.
  package consuming func commit() throws(OutputError) -> String? {
    try files.write(
      "A preview made by related-news; this folder is replaced by the next one.\n", to: Self.marker)
    // One wait for the disk instead of one a file: thousands of small ones.
    sync()
    let aside = replaces == .other ? Self.freeName(beside: path) : files.folder + ".old"
    if replaces != .nothing { try Self.move(path, to: aside) }
    do throws(OutputError) {
      try Self.move(files.folder, to: path)
    } catch {
      if replaces != .nothing { try Self.move(aside, to: path) }
      throw error
    }
    isStaged = false
    try AtomicFile.syncFolder(PathParts.folder(of: path))
    if replaces == .other { return aside }
    try? FileManager.default.removeItem(atPath: aside)
    return nil
  }

  private static func move(_ path: String, to target: String) throws(OutputError) {
    guard rename(path, target) == 0 else {
      throw OutputError("\(path): could not be renamed to \(target)", errno: errno)
    }
  }

  /// The folder's path without a slash at its end, links followed.
  private static func place(_ path: String) throws(OutputError) -> String {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let name = trimmed.split(separator: "/").last ?? ""
    guard !["", ".", ".."].contains(name) else {
      throw OutputError("\(path): expected the name of a folder to be made, like site/")
    }
    guard let resolved = realpath(trimmed, nil) else { return trimmed }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func existing(at path: String) -> Existing {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return .other
    }
    if entries.isEmpty { return .empty }
    return entries.contains(marker) && ownEntries.isSuperset(of: entries) ? .preview : .other
  }

  private static func freeName(beside path: String) -> String {
    var number = 1
    while FileManager.default.fileExists(atPath: "\(path).\(number)") { number += 1 }
    return "\(path).\(number)"
  }

  /// Removes folders of runs that are no more.
  private static func removeLeftovers(of name: String, in folder: String) {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for entry in entries where entry.hasPrefix(".\(name).") && entry.hasSuffix(".part") {
      let middle = entry.dropFirst(name.count + 2).dropLast(5)
      guard let process = Int32(middle), process != getpid() else { continue }
      if kill(process, 0) != 0, errno == ESRCH {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
      }
    }
  }
}

extension SiteFolder {
  /// The files of a folder that is being made; many tasks may write, each file once.
  package struct Files: Sendable {
    let folder: String

    /// - Parameter path: below the folder; folders on the way are made.
    package func write(_ text: String, to path: String) throws(OutputError) {
      let file = "\(folder)/\(path)"
      if let slash = path.lastIndex(of: "/") { try makeFolder("\(folder)/\(path[..<slash])") }
      let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw OutputError("\(file): cannot be written", errno: errno) }
      do throws(OutputError) {
        try ByteSink.write(Array(text.utf8), to: descriptor, named: file)
      } catch {
        close(descriptor)
        throw error
      }
      guard close(descriptor) == 0 else {
        throw OutputError("\(file): cannot be written", errno: errno)
      }
    }

    fileprivate func makeFolder(_ path: String) throws(OutputError) {
      var status = stat()
      if stat(path, &status) == 0 { return }
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      } catch {
        throw OutputError("\(path): the folder cannot be made", errno: errno)
      }
    }
  }
}
