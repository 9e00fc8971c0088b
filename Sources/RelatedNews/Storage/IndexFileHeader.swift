/// The beginning of an index file: what it is, how long, and where its sections are.
///
/// Bytes, all numbers little-endian:
///
///     0   magic, 8 bytes: 89 "RNX" 0D 0A 1A 0A (a copy as text is seen, as in PNG)
///     8   format version, then the lowest version that can read it, 4 bytes each
///     16  byte-order mark 01020304, then the number of sections, 4 bytes each
///     24  length of the whole file, 8 bytes
///     32  hash of the settings, hash of the content, 8 bytes each
///     48  the sections, 32 bytes each: kind (4), number of blocks (4), offset (8), length (8),
///         checksum of the section's block checksums (8)
///     …   checksum of all before it, 8 bytes
///     …   the block checksums, 8 bytes each, of each section in turn
///
/// Sections start at multiples of 64; zeros fill the gaps. The file ends with its length again and
/// the magic backwards, so that a cut file and one with something behind it are told apart.
struct IndexFileHeader: Sendable, Hashable {
  static let magic: [UInt8] = [0x89, 0x52, 0x4E, 0x58, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 8
  static let lowestReader: UInt32 = 8
  static let blockSize = 4096
  static let alignment = 64
  static let footerLength = 16
  private static let byteOrderMark: UInt32 = 0x0102_0304
  private static let fixedLength = 48
  private static let entryLength = 32

  struct Entry: Sendable, Hashable {
    var section: IndexSection
    var offset: Int
    var length: Int
    var tableChecksum: UInt64
    /// No length makes it overflow.
    var blockCount: Int { length / blockSize + (length % blockSize == 0 ? 0 : 1) }
  }

  var fileLength: Int
  var settingsHash: UInt64
  var contentHash: UInt64
  /// In the order of their sections.
  var entries: [Entry]

  /// The bytes before the block checksums.
  static func length(sections: Int) -> Int { fixedLength + entryLength * sections + 8 }

  /// Where the block checksums of the section at `index` start.
  func tableOffset(of index: Int) -> Int {
    Self.length(sections: entries.count)
      + 8 * entries[..<index].reduce(0) { $0 + $1.blockCount }
  }

  func encoded() -> [UInt8] {
    var bytes = Self.magic
    bytes.append32(Self.version)
    bytes.append32(Self.lowestReader)
    bytes.append32(Self.byteOrderMark)
    bytes.append32(UInt32(entries.count))
    bytes.append64(UInt64(fileLength))
    bytes.append64(settingsHash)
    bytes.append64(contentHash)
    for entry in entries {
      bytes.append32(entry.section.rawValue)
      bytes.append32(UInt32(entry.blockCount))
      bytes.append64(UInt64(entry.offset))
      bytes.append64(UInt64(entry.length))
      bytes.append64(entry.tableChecksum)
    }
    bytes.append64(BlockChecksum.checksum(of: bytes, seed: 0))
    return bytes
  }

  func footer() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append64(UInt64(fileLength))
    return bytes + Self.magic.reversed()
  }
}

extension IndexFileHeader {
  /// Whether a file starts like an index file.
  static func isMagic(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.prefix(8).elementsEqual(magic)
  }

  /// Reads and checks everything that can be checked without the sections.
  ///
  /// - Complexity: O(sections).
  init(of file: FileView) throws(IndexFileError) {
    let start = try file.bytes(at: 0, count: min(file.length, Self.fixedLength))
    try Self.checkBeginning(start, of: file)
    guard start.count == Self.fixedLength else {
      throw IndexFileError(.truncated, file.path, "ends within its header; build the index anew")
    }
    let count = Self.number(start, 20, width: 4)
    guard count == IndexSection.allCases.count else {
      throw IndexFileError(
        .inconsistent, file.path, "\(count) sections instead of \(IndexSection.allCases.count)")
    }
    let headerLength = Self.length(sections: Int(count))
    let stated = Self.number(start, 24, width: 8)
    guard file.length >= headerLength else {
      throw IndexFileError(.truncated, file.path, "ends within its header; build the index anew")
    }
    let bytes = try file.bytes(at: 0, count: headerLength)
    let sum = Self.number(bytes, headerLength - 8, width: 8)
    guard sum == BlockChecksum.checksum(of: Array(bytes[..<(headerLength - 8)]), seed: 0) else {
      throw IndexFileError(.checksum, file.path, "the header is damaged; build the index anew")
    }
    try Self.checkLength(stated: stated, of: file)
    fileLength = file.length
    settingsHash = Self.number(bytes, 32, width: 8)
    contentHash = Self.number(bytes, 40, width: 8)
    entries = []
    for index in 0..<Int(count) { try addEntry(bytes, at: index, file: file) }
    try checkFooter(of: file)
  }

  private static func checkBeginning(
    _ start: [UInt8], of file: FileView
  ) throws(IndexFileError) {
    guard isMagic(start) else {
      let looksCut = !start.isEmpty && magic.starts(with: start)
      throw IndexFileError(
        looksCut ? .truncated : .notAnIndex, file.path,
        (start.isEmpty ? "empty" : looksCut ? "ends within its first bytes" : "not an index file")
          + "; make one with: related-news index ARTICLES --output \(file.path)")
    }
    guard start.count >= 20 else {
      throw IndexFileError(.truncated, file.path, "ends within its header; build the index anew")
    }
    let (written, lowest) = (number(start, 8, width: 4), number(start, 12, width: 4))
    guard number(start, 16, width: 4) == byteOrderMark else {
      throw IndexFileError(.inconsistent, file.path, "the byte-order mark is wrong")
    }
    guard lowest <= version else {
      throw IndexFileError(
        .tooNew, file.path,
        "format \(written), this tool reads \(version); use a newer one or build the index anew")
    }
    guard written >= lowestReader else {
      throw IndexFileError(
        .tooOld, file.path,
        "format \(written), this tool reads from \(lowestReader) on; build the index anew")
    }
  }

  private static func checkLength(stated: UInt64, of file: FileView) throws(IndexFileError) {
    let found = UInt64(file.length)
    guard stated != found else { return }
    throw stated > found
      ? IndexFileError(
        .truncated, file.path, "\(found) bytes of \(stated): it was cut; build the index anew")
      : IndexFileError(
        .extended, file.path, "\(found - stated) bytes behind its end at \(stated)")
  }

  private mutating func addEntry(
    _ bytes: [UInt8], at index: Int, file: FileView
  ) throws(IndexFileError) {
    let start = Self.fixedLength + Self.entryLength * index
    let section = IndexSection.allCases[index]
    let kind = Self.number(bytes, start, width: 4)
    let blocks = Self.number(bytes, start + 4, width: 4)
    let offset = Self.number(bytes, start + 8, width: 8)
    let length = Self.number(bytes, start + 16, width: 8)
    func wrong(_ text: String) -> IndexFileError {
      IndexFileError.inconsistent(section, text).inFile(file.path)
    }
    guard kind == section.rawValue else { throw wrong("its kind is \(kind)") }
    // Bounds before sums: no sum below can overflow.
    let limit = UInt64(file.length - Self.footerLength)
    guard offset <= limit, length <= limit - offset else { throw wrong("it reaches past the end") }
    let entry = Entry(
      section: section, offset: Int(offset), length: Int(length),
      tableChecksum: Self.number(bytes, start + 24, width: 8))
    guard blocks == entry.blockCount else { throw wrong("\(blocks) blocks for \(length) bytes") }
    guard offset % UInt64(Self.alignment) == 0 else { throw wrong("it is not aligned") }
    if let last = entries.last, last.offset + last.length > entry.offset {
      throw wrong("it overlaps section \(last.section)")
    }
    entries.append(entry)
    // The checksums of all blocks stand before the first section.
    guard index == IndexSection.allCases.count - 1, let first = entries.first else { return }
    let tables = entries.reduce(0) { $0 + $1.blockCount } * 8
    guard Self.length(sections: entries.count) + tables <= first.offset else {
      throw wrong("the block checksums reach into section \(first.section)")
    }
  }

  private func checkFooter(of file: FileView) throws(IndexFileError) {
    let found = try file.bytes(at: file.length - Self.footerLength, count: Self.footerLength)
    guard found == footer() else {
      throw IndexFileError(.checksum, file.path, "its last bytes are damaged")
    }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int, width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }
}
