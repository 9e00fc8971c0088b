/// Where everything in an index file stands.
struct IndexFileLayout: Sendable {
  let header: IndexFileHeader
  /// The bytes of the block checksums, by section.
  let tables: [[UInt8]]

  /// - Parameters:
  ///   - sections: the length of each and the bytes of its block checksums, in order.
  ///   - settingsHash: of `IndexSettings`.
  init(of sections: [(length: Int, table: [UInt8])], settingsHash: UInt64) {
    let tableLength = sections.reduce(0) { $0 + $1.table.count }
    var offset = Self.aligned(IndexFileHeader.length(sections: sections.count) + tableLength)
    var header = IndexFileHeader(
      fileLength: 0, settingsHash: settingsHash, contentHash: 0, entries: [])
    for (section, (length, table)) in zip(IndexSection.allCases, sections) {
      let sum = BlockChecksum.checksum(
        of: table, seed: SectionBytes.seed(of: section, block: -1))
      header.entries.append(
        .init(section: section, offset: offset, length: length, tableChecksum: sum))
      offset = Self.aligned(offset + length)
      if section != .settings { header.contentHash = header.contentHash &* 31 &+ sum }
    }
    header.fileLength = offset + IndexFileHeader.footerLength
    self.header = header
    tables = sections.map(\.table)
  }

  /// All before the first section.
  var beginning: [UInt8] { header.encoded() + tables.flatMap { $0 } }

  /// The zeros before the section at `index`, or, behind the last one, before the footer.
  func gap(before index: Int) -> [UInt8] {
    let end =
      index == 0
      ? IndexFileHeader.length(sections: header.entries.count)
        + tables.reduce(0) { $0 + $1.count }
      : header.entries[index - 1].offset + header.entries[index - 1].length
    let start =
      index < header.entries.count
      ? header.entries[index].offset : header.fileLength - IndexFileHeader.footerLength
    return [UInt8](repeating: 0, count: start - end)
  }

  private static func aligned(_ offset: Int) -> Int {
    let size = IndexFileHeader.alignment
    return (offset + size - 1) / size * size
  }
}
