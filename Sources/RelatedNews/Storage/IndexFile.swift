import Dispatch
import Foundation
import Synchronization

/// An archive that is kept in one file, opened for reading.
///
///     let index = try IndexFile(path: "archive.rnx")
///     let list = try index.list(for: article)
///
/// Opening reads the header, the section table, the settings, the counts and the few changes that
/// landed, whatever the size of the archive. Every other byte is read when it is needed, or by a second
/// core a little earlier, and its block's checksum is verified then. An index that is replaced meanwhile
/// stays as it was for who has it open.
///
/// # The file
///
/// Little-endian; a header (`IndexFileHeader`), the checksums of all blocks of 4 KiB, the sections
/// (`IndexSection`), a footer. What is written whole is a function of the articles, their order and the
/// settings alone: no time, no chance, so that any way to the same articles gives the same bytes. What
/// landed since then is a function of the changes and their order.
///
/// - *Words.* Terms are sorted; each is written as what it has not in common with the one before
///   (`TextGroup`), and the words behind it as what they have not in common with it (`WordGroup`).
/// - *Postings* of a term: gaps in Rice's code and how often (`PostingsCode`). Weights are not kept:
///   a count, an idf and one number an article give them with the same bits. The postings of a pair
///   of words are places in those of its rarer word, which are much smaller numbers. Where each list
///   is (`PostingsRanges`) stands apart from what texts ask of terms and pairs.
/// - *Sequences*, what the articles say: a word that makes a known pair with the word before it is
///   its place among those that do (`SequenceCode`). They serve as forward vectors, which follow
///   from them, for the second look at candidates and for updates; the text itself is not kept but
///   of stories that landed.
/// - *Neighbours*: the nearest ten of each article, and where articles are long the candidates of
///   its list (`NearestCode`). A lower bound of what the last neighbour and the last candidate score
///   (`FloorCode`): so an update scores only the lists that it may reach, and finds those that it
///   changes. *Columns*: dates, classes, scales. *Records*: what lists print; of a headline only what
///   stands between its words (`TitleCode`).
/// - *Landed*: what came after all else was written: the newest stories with their texts and with what
///   lists need of them (`LandedArticle`), and which of the newest articles of the file are gone, or
///   were replaced by their corrections (`Withdrawal`). An update of such articles copies the rest
///   (`IndexFile.landing`); lists read both; any other update writes all of it whole.
///
/// A class, as it caches what was read; any number of tasks may share it.
public final class IndexFile: Sendable {
  let file: FileView
  let header: IndexFileHeader
  let settings: IndexSettings
  /// Of what was written whole.
  let counts: IndexCounts
  /// What landed since.
  let landed: LandedArticles
  private let sections: [SectionBytes]
  private let cachedColumns: Mutex<IndexColumns?>
  private let hasBegunReadingAhead = Atomic<Bool>(false)
  private let hasBegunList = Atomic<Bool>(false)

  /// Of a section up to this size a list reads most pieces.
  private static let mostReadAhead = 1 << 24
  /// Who wants a block of a piece that is being read waits for all of it.
  private static let pieceReadAhead = 1 << 16

  /// - Throws: `IndexFileError` for a file that is no index, of another version, or damaged.
  public init(path: String) throws(IndexFileError) {
    file = try FileView(path: path)
    header = try IndexFileHeader(of: file)
    guard let memory = SectionMemory(of: header.entries) else {
      throw IndexFileError(.unreadable, path, "no memory for its \(file.length) bytes")
    }
    var sections: [SectionBytes] = []
    for (index, entry) in header.entries.enumerated() {
      sections.append(
        SectionBytes(entry, of: file, tableOffset: header.tableOffset(of: index), in: memory))
    }
    self.sections = sections
    cachedColumns = Mutex(nil)
    do throws(IndexFileError) {
      let bytes = try Self.section(.settings, of: sections).all()
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .inconsistent(.settings, "it is no text")
      }
      settings = try IndexSettings(parsing: text)
      toolVersion = IndexSettings.toolVersion(in: text)
      counts = try IndexCounts(try Self.section(.counts, of: sections).all())
      // Before anything is read whose size they bound.
      try Self.checkLengths(of: sections, counts: counts, settings: settings)
      landed = try LandedArticles(
        try Self.section(.landed, of: sections).all(), counts: counts)
    } catch { throw error.inFile(path) }
    guard header.settingsHash == settings.hash else {
      throw IndexFileError.inconsistent(.settings, "they do not match their hash").inFile(path)
    }
    guard
      landed.isEmpty
        || mayHave(
          stories: landed.articles.count, withdrawals: landed.withdrawals.map(\.article))
    else {
      throw IndexFileError.inconsistent(
        .landed, "\(landed.changes.count) changes, which are too many or of too old articles"
      ).inFile(path)
    }
  }

  /// The same file with other changes that landed.
  init(_ file: IndexFile, landed: LandedArticles) {
    self.file = file.file
    header = file.header
    settings = file.settings
    counts = file.counts
    toolVersion = file.toolVersion
    sections = file.sections
    self.landed = landed
    cachedColumns = Mutex(file.cachedColumns.withLock { $0?.with(landed) })
  }

  /// Whether the file at `path` starts like an index file; false for what cannot be read.
  public static func isIndexFile(_ path: String) -> Bool {
    guard let file = try? FileView(path: path), file.length > 0,
      let start = try? file.bytes(at: 0, count: min(file.length, 8))
    else { return false }
    return IndexFileHeader.isMagic(start)
  }

  /// The version of the tool that wrote it.
  let toolVersion: String

  public var path: String { file.path }
  /// How many articles it holds.
  public var count: Int { landed.articleCount }
  public var analysisOptions: AnalysisOptions { settings.analysis }
  public var vectorOptions: VectorOptions { settings.vectors }
  /// A hash of all that it holds: the same for the same articles in the same order, written whole.
  public var contentHash: UInt64 { header.contentHash }

  func section(_ section: IndexSection) -> SectionBytes { Self.section(section, of: sections) }

  private static func section(
    _ section: IndexSection, of sections: [SectionBytes]
  ) -> SectionBytes {
    // The header holds every section, in order.
    sections[section.place]
  }

  /// The lengths of sections whose entries have a fixed width follow from the counts: so counts are
  /// bounded by the file's size before anything is allocated.
  private static func checkLengths(
    of sections: [SectionBytes], counts: IndexCounts, settings: IndexSettings
  ) throws(IndexFileError) {
    func bytes(_ section: IndexSection) -> SectionBytes { Self.section(section, of: sections) }
    let n = counts.articles
    let lengths: [(IndexSection, Int)] = [
      (.classCodes, n * byteWidth(below: counts.classes)),
      (.inputOrder, n * byteWidth(below: n)), (.idOrder, n * byteWidth(below: n)),
      (.norms, counts.neighbors > 0 ? n * 8 : 0),
      (.floors, counts.neighbors > 0 ? n * (counts.candidates > 0 ? 2 : 1) : 0),
      (.scales, settings.hasPostings ? n * 8 : 0),
      (.wordStarts, (counts.words + 7) / 8),
      (.frequentWords, counts.frequentWords * byteWidth(below: counts.words)),
      (.runs, counts.runs * 12),
    ]
    for (section, length) in lengths where bytes(section).count != length {
      throw bytes(section).error(
        "\(bytes(section).count) bytes where \(length) were expected")
    }
    guard counts.terms <= counts.words, counts.classes <= n,
      counts.frequentWords == min(counts.words, WordCode.frequentCount),
      counts.neighbors > 0 || counts.candidates == 0,
      counts.candidates > 0 || !counts.namesCandidates
    else { throw bytes(.counts).error("the counts contradict each other") }
    for (section, pieces) in [
      (IndexSection.records, BlobTable.pieces(of: n, size: ArticleRecord.group)),
      (.sequences, BlobTable.pieces(of: n, size: SequenceCode.group)),
      (.neighbors, counts.neighbors > 0 ? BlobTable.pieces(of: n, size: NearestCode.group) : 0),
      (.terms, BlobTable.pieces(of: counts.terms, size: TextGroup.size)),
      (.words, BlobTable.pieces(of: counts.terms, size: TextGroup.size)),
      (.termInfo, BlobTable.pieces(of: counts.terms, size: TermRow.group)),
      (.pairInfo, BlobTable.pieces(of: counts.pairs, size: PairRow.group)),
      (
        .termRanges,
        settings.hasPostings ? BlobTable.pieces(of: counts.terms, size: PostingsRanges.group) : 0
      ),
      (.pairRanges, BlobTable.pieces(of: counts.pairs, size: PostingsRanges.group)),
    ] { _ = try BlobTable(bytes(section), count: pieces) }
  }
}

// MARK: Parts

extension IndexFile {
  /// Dates, classes and scales of all articles, read once.
  func columns() throws(IndexFileError) -> IndexColumns {
    // Under the lock: who comes second would only make them again.
    try cachedColumns.withLock { cached throws(IndexFileError) in
      if let cached { return cached }
      let columns = try located { () throws(IndexFileError) in
        try IndexColumns(of: self).with(landed)
      }
      cached = columns
      return columns
    }
  }

  func pieces(
    _ section: IndexSection, of count: Int, size: Int
  ) throws(IndexFileError) -> BlobTable {
    try BlobTable(self.section(section), count: BlobTable.pieces(of: count, size: size))
  }

  /// What `body` makes of the pieces of a section, many in a row on each core; in order.
  ///
  /// - Parameters:
  ///   - empty: what a part is before its first piece.
  ///   - body: adds to a part the bytes of a piece and the numbers of what is in it.
  func parts<Part: Sendable>(
    _ section: IndexSection, of count: Int, size: Int, jobs: Int, from empty: Part,
    _ body:
      @Sendable (inout Part, UnsafeRawBufferPointer, Range<Int>) throws(IndexFileError) -> Void
  ) throws(IndexFileError) -> [Part] {
    let table = try pieces(section, of: count, size: size)
    let ranges = evenRanges(of: BlobTable.pieces(of: count, size: size), pieces: jobs * 4)
    return try concurrentTryMap(count: ranges.count, jobs: jobs) { place throws(IndexFileError) in
      var part = empty
      for piece in ranges[place] {
        try body(&part, try table.blob(piece), piece * size..<min((piece + 1) * size, count))
      }
      return part
    }
  }

  /// Begins to read what any list needs on another core, if nobody did so before, and returns at
  /// once.
  ///
  /// Worth calling as soon as a list will be wanted, before its article is there. What cannot be read
  /// is told to who asks for it. The file stays open until that is read, for some milliseconds.
  package func startReadingAhead() {
    guard !hasBegunReadingAhead.exchange(true, ordering: .relaxed) else { return }
    DispatchQueue.global().async(execute: readAhead)
  }

  /// Whether it is the first list that is made of the file.
  func beginList() -> Bool { !hasBegunList.exchange(true, ordering: .relaxed) }

  private func readAhead() {
    // In the order in which a list asks for them.
    readAhead(.terms)
    readAhead(.termInfo)
    _ = try? columns()
    readAhead(.pairInfo)
    readAhead(.termRanges)
  }

  private func readAhead(_ section: IndexSection) {
    let section = self.section(section)
    guard section.count <= Self.mostReadAhead else { return }
    for start in stride(from: 0, to: section.count, by: Self.pieceReadAhead) {
      _ = try? section.bytes(start..<min(start + Self.pieceReadAhead, section.count))
    }
  }

  func seriesLabels() throws(IndexFileError) -> Set<String> {
    var reader = ByteReader(try section(.labels).all(), of: .labels)
    var labels: Set<String> = []
    while !reader.isAtEnd { labels.insert(try reader.text()) }
    return labels
  }

  /// Errors of parts name the part; this names the file too.
  func located<Value>(
    _ body: () throws(IndexFileError) -> Value
  ) throws(IndexFileError) -> Value {
    do { return try body() } catch { throw error.inFile(path) }
  }
}
