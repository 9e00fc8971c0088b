/// Reads articles from a table with a header: comma, semicolon or tab between the cells.
struct CSVReader: RecordReader {
  private let file: InputFile
  private var rows: CSVRows
  private var table: CSVTable?

  init(_ source: ByteSource, file: InputFile, separator: UInt8) {
    self.file = file
    rows = CSVRows(source, separator: separator)
  }

  mutating func next() throws -> [ReadRecord]? {
    let table = try self.table ?? readHeader()
    self.table = table
    var batch: [CSVRows.Row] = []
    var size = 0
    while size < file.jobs << 20, let row = rows.next() {
      batch.append(row)
      size += row.cells.reduce(0) { $0 + $1.count }
    }
    guard !batch.isEmpty else { return nil }
    let ranges = evenRanges(of: batch.count, pieces: file.jobs * 4)
    return concurrentMap(count: ranges.count, jobs: file.jobs) { [batch] piece in
      let dates = DateReader()
      return ranges[piece].map { table.record(batch[$0], dates: dates) }
    }.flatMap { $0 }
  }

  private mutating func readHeader() throws -> CSVTable {
    var first = rows.next()
    // Spreadsheets may say first which separator they wrote.
    if let row = first, row.cells.count <= 2, row.cells[0].starts(with: Array("sep=".utf8)) {
      first = rows.next()
    }
    return try CSVTable(header: first?.cells ?? [], file: file)
  }
}

/// A table's header, and its rows as articles.
struct CSVTable: Sendable {
  private let name: String
  private let width: Int
  /// The column of each field.
  private let positions: [String: Int]

  /// - Throws: `ReadingError` if no column is known.
  init(header: [[UInt8]], file: InputFile) throws {
    name = file.name
    width = header.count
    positions = try file.columns.positions(
      in: header.map { MarkupText.oneLine(String(decoding: $0, as: UTF8.self)) }, named: file.name)
  }

  func record(_ row: CSVRows.Row, dates: DateReader) -> ReadRecord {
    let place = "\(name):\(row.line)"
    if let problem = row.problem {
      return ReadRecord(place: place, skipped: problem, format: .csv)
    }
    let extra = row.cells.dropFirst(width).contains { !$0.isEmpty }
    guard row.cells.count >= width, !extra else {
      return ReadRecord(
        place: place, skipped: "\(row.cells.count) cells, expected \(width) as in the header",
        reason: "number of cells differs from the header", format: .csv)
    }
    for cell in row.cells {
      if let problem = TextEncoding.problem(in: cell[...]) {
        return ReadRecord(
          place: place, skipped: problem, reason: TextEncoding.reason(of: problem), format: .csv)
      }
    }
    return record(row.cells, RecordDraft(place: place, format: .csv, dates: dates))
  }

  private func record(_ cells: [[UInt8]], _ draft: RecordDraft) -> ReadRecord {
    var draft = draft
    func text(_ field: String) -> String? {
      positions[field].flatMap {
        RecordDraft.firstText(String(decoding: cells[$0], as: UTF8.self))
      }
    }
    draft.article.url = text("url")
    draft.identify(text("id"), url: draft.article.url)
    draft.article.title = MarkupText.line(ofHTML: text("title") ?? "")
    let body = text("body") ?? ""
    draft.article.body =
      MarkupText.isHTML(body)
      ? MarkupText.text(ofHTML: body) : body.replacing("\r\n", with: "\n")
    draft.article.published = draft.date(text("published"), "the published column")
    draft.article.updated = draft.date(text("updated"), "the updated column")
    draft.article.source = text("source")
    draft.article.section = text("section")
    draft.article.language = text("language")
    draft.add(keywords: (text("keywords") ?? "").split { ",;|".contains($0) }.map(String.init))
    draft.embargo(text("embargoedUntil"), "the embargo column")
    draft.article.expires = draft.date(text("expires"), "the expiry column")
    draft.status(text("status"), "status column")
    return draft.record(idNames: "id and no url")
  }
}
