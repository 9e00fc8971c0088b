import Foundation

/// Puts an index file in place: whole, or not at all.
package enum IndexFileWriter {
  /// - Precondition: the archive keeps its words (`Archive.build(isKept: true)`).
  /// - Throws: `OutputError` if it cannot be written; what was at `path` is then untouched.
  package static func write(
    _ archive: Archive, to path: String, toolVersion: String, jobs: Int = 1
  ) throws(OutputError) {
    try checkTarget(path)
    let archive = archive.withCandidatesIfKept(jobs: jobs)
    let image = IndexImage(of: archive, toolVersion: toolVersion, jobs: jobs)
    let file = try AtomicFile(path: path)
    for part in parts(of: image) { try file.write(part) }
    try file.commit()
  }

  /// A device or a pipe cannot be replaced by a rename, and an index cannot be read from one.
  private static func checkTarget(_ path: String) throws(OutputError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw OutputError("\(path): not a file; an index is written to a file")
  }

  /// The whole file, in order: its sections as they are, and what stands between them.
  static func parts(of image: IndexImage) -> [[UInt8]] {
    let sections = IndexSection.allCases
    let tables = sections.map { checksums(of: image[$0], section: $0) }
    let tableLength = 8 * tables.reduce(0) { $0 + $1.count }
    var offset = aligned(IndexFileHeader.length(sections: sections.count) + tableLength)
    var header = IndexFileHeader(
      fileLength: 0, settingsHash: image.settings.hash, contentHash: 0, entries: [])
    var content: UInt64 = 0
    for (section, table) in zip(sections, tables) {
      let bytes = encoded(table)
      let sum = BlockChecksum.checksum(
        of: bytes, seed: SectionBytes.seed(of: section, block: -1))
      header.entries.append(
        .init(
          section: section, offset: offset, length: image[section].count, tableChecksum: sum))
      offset = aligned(offset + image[section].count)
      if section != .settings { content = content &* 31 &+ sum }
    }
    header.contentHash = content
    header.fileLength = offset + IndexFileHeader.footerLength
    var parts = [header.encoded()] + tables.map(encoded)
    var end = parts.reduce(0) { $0 + $1.count }
    for entry in header.entries {
      parts.append([UInt8](repeating: 0, count: entry.offset - end))
      parts.append(image[entry.section])
      end = entry.offset + entry.length
    }
    parts.append([UInt8](repeating: 0, count: offset - end) + header.footer())
    return parts
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

  private static func aligned(_ offset: Int) -> Int {
    let size = IndexFileHeader.alignment
    return (offset + size - 1) / size * size
  }
}
