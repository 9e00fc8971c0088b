import Foundation

/// Puts an index file in place: whole, or not at all.
package enum IndexFileWriter {
  /// - Precondition: the archive keeps its words (`Archive.build(isKept: true)`).
  /// - Throws: `OutputError` if it cannot be written, or has a date that no calendar has; what was at
  ///   `path` is then untouched.
  package static func write(
    _ archive: Archive, to path: String, toolVersion: String, jobs: Int = 1
  ) throws(OutputError) {
    try checkTarget(path)
    if let article = archive.articles.first(where: { !DateColumn.areDates(of: $0) }) {
      throw OutputError(
        "\(path): not written, as article \"\(article.id)\" has a date that is none")
    }
    let archive = archive.withCandidatesToName(jobs: jobs)
    let image = IndexImage(of: archive, toolVersion: toolVersion, jobs: jobs)
    let file = try AtomicFile(path: path)
    for part in parts(of: image) { try file.write(part) }
    try file.commit()
  }

  /// Writes an index file with the stories that landed on it. All else is copied as it is, with its
  /// checksums: what is damaged stays damaged, and is found by who reads it.
  ///
  /// - Throws: `OutputError` if it cannot be written, `IndexFileError` if it cannot be read; what was
  ///   at `path` is then untouched.
  /// - Complexity: O(bytes of the file), at the speed of copying.
  package static func write(_ index: IndexFile, to path: String) throws {
    try checkTarget(path)
    let landed = index.landed.encoded()
    let old = index.header
    var sections: [(length: Int, table: [UInt8])] = []
    for entry in old.entries {
      sections.append((entry.length, try index.section(entry.section).checksumTable()))
    }
    sections[old.entries.count - 1] = (
      landed.count, encoded(checksums(of: landed, section: .landed))
    )
    let layout = IndexFileLayout(of: sections, settingsHash: old.settingsHash)
    let file = try AtomicFile(path: path)
    try file.write(layout.beginning)
    for (place, entry) in old.entries.enumerated() {
      try file.write(layout.gap(before: place))
      guard entry.section != .landed else {
        try file.write(landed)
        continue
      }
      for start in stride(from: 0, to: entry.length, by: copiedAtOnce) {
        try file.write(
          try index.file.bytes(
            at: entry.offset + start, count: min(copiedAtOnce, entry.length - start)))
      }
    }
    try file.write(layout.gap(before: old.entries.count) + layout.header.footer())
    try file.commit()
  }

  private static let copiedAtOnce = 1 << 20

  /// A device or a pipe cannot be replaced by a rename, and an index cannot be read from one.
  private static func checkTarget(_ path: String) throws(OutputError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw OutputError("\(path): not a file; an index is written to a file")
  }

  /// The whole file, in order: its sections as they are, and what stands between them.
  static func parts(of image: IndexImage) -> [[UInt8]] {
    let sections = IndexSection.allCases
    let layout = IndexFileLayout(
      of: sections.map {
        (image[$0].count, encoded(checksums(of: image[$0], section: $0)))
      }, settingsHash: image.settings.hash)
    var parts = [layout.beginning]
    for (place, section) in sections.enumerated() {
      parts.append(layout.gap(before: place))
      parts.append(image[section])
    }
    return parts + [layout.gap(before: sections.count) + layout.header.footer()]
  }

  static func checksums(of bytes: [UInt8], section: IndexSection) -> [UInt64] {
    let size = IndexFileHeader.blockSize
    return bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count, by: size).enumerated().map { block, start in
        BlockChecksum.checksum(
          of: UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + size, buffer.count)]),
          seed: SectionBytes.seed(of: section, block: block))
      }
    }
  }

  static func encoded(_ checksums: [UInt64]) -> [UInt8] {
    var bytes: [UInt8] = []
    for checksum in checksums { bytes.append64(checksum) }
    return bytes
  }
}
