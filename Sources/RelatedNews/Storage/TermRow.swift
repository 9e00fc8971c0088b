/// What the file keeps of a term beside its text.
struct TermRow: Sendable, Hashable {
  /// Rows in one piece of the section.
  static let group = 8

  /// Its words are `wordStart..<wordStart + wordCount`.
  var wordStart = 0
  var wordCount = 1
  /// Which of its words readers know it by, from `wordStart`.
  var displayed = 0
  /// The pairs that start with it are `pairStart..<pairStart + pairCount`.
  var pairStart = 0
  var pairCount = 0
  /// In how many articles it stands; 0 where it is no feature.
  var documentFrequency = 0
  /// In how many settled ones: see `SettledArticles`.
  var settledFrequency = 0
}

extension TermRow {
  /// - Parameter rows: the rows of one piece.
  static func write(_ rows: ArraySlice<TermRow>, counts: IndexCounts, to bits: inout BitWriter) {
    guard let first = rows.first else { return }
    bits.write(UInt64(first.wordStart), bits: bitWidth(below: counts.words + 1))
    bits.write(UInt64(first.pairStart), bits: bitWidth(below: counts.pairs + 1))
    for row in rows {
      bits.writeGamma(row.wordCount)
      bits.write(UInt64(row.displayed), bits: bitWidth(below: row.wordCount))
      bits.writeGamma(row.pairCount + 1)
      bits.writeGamma(row.documentFrequency + 1)
      bits.writeGamma(row.documentFrequency - row.settledFrequency + 1)
    }
  }

  /// One row of a piece, read without keeping those before it.
  ///
  /// - Parameter bytes: of a section, which has room behind them.
  static func row(
    _ place: Int, of bytes: UnsafeRawBufferPointer, counts: IndexCounts
  ) throws(IndexFileError) -> TermRow {
    if let row = nearRow(place, of: bytes, counts: counts), row.isWithin(counts) { return row }
    // Numbers larger than there are any, or damage: the plain reader knows.
    var rows: [TermRow] = []
    try append(bytes, count: place + 1, counts: counts, to: &rows)
    return rows[place]
  }

  /// Whether all that it names is there.
  private func isWithin(_ counts: IndexCounts) -> Bool {
    wordStart <= counts.words && wordCount <= counts.words - wordStart && displayed < wordCount
      && pairStart <= counts.pairs && pairCount <= counts.pairs - pairStart
      && documentFrequency <= counts.articles
      && settledFrequency >= 0 && settledFrequency <= documentFrequency
  }

  /// Nil where half of a row has more than 56 bits or the bytes end; what is in it need not be within
  /// bounds.
  private static func nearRow(
    _ place: Int, of bytes: UnsafeRawBufferPointer, counts: IndexCounts
  ) -> TermRow? {
    var window = BitWindow(bytes, slack: SectionBytes.slack)
    guard window.isFarFromEnd else { return nil }
    var row = TermRow()
    row.wordCount = 0
    window.refill()
    row.wordStart = window.take(bitWidth(below: counts.words + 1))
    window.refill()
    row.pairStart = window.take(bitWidth(below: counts.pairs + 1))
    for index in 0...place {
      guard window.isFarFromEnd else { return nil }
      row.wordStart &+= row.wordCount
      row.pairStart &+= row.pairCount
      var glance = window.glance()
      row.wordCount = glance.takeGamma()
      row.displayed = row.wordCount > 1 ? glance.take(bitWidth(below: row.wordCount)) : 0
      row.pairCount = glance.takeGamma() &- 1
      guard glance.isRight else { return nil }
      window.skip(glance.length)
      glance = window.glance()
      if index < place {
        glance.skipGamma()
        glance.skipGamma()
      } else {
        row.documentFrequency = glance.takeGamma() &- 1
        row.settledFrequency = row.documentFrequency &- (glance.takeGamma() &- 1)
      }
      guard glance.isRight else { return nil }
      window.skip(glance.length)
    }
    return window.position <= bytes.count &* 8 ? row : nil
  }

  /// Appends the rows of a piece; every number in them is within bounds afterwards.
  static func append(
    _ bytes: UnsafeRawBufferPointer, count: Int, counts: IndexCounts, to rows: inout [TermRow]
  ) throws(IndexFileError) {
    var bits = BitReader(bytes)
    var row = TermRow()
    row.wordStart = Int(bits.read(bits: bitWidth(below: counts.words + 1)))
    row.pairStart = Int(bits.read(bits: bitWidth(below: counts.pairs + 1)))
    for _ in 0..<count {
      row.wordCount = bits.readGamma()
      guard row.wordCount <= counts.words - min(row.wordStart, counts.words) else {
        throw .inconsistent(.termInfo, "a term of words that are not there")
      }
      row.displayed = Int(bits.read(bits: bitWidth(below: row.wordCount)))
      row.pairCount = bits.readGamma() - 1
      row.documentFrequency = bits.readGamma() - 1
      row.settledFrequency = row.documentFrequency - (bits.readGamma() - 1)
      guard !bits.isBroken, row.isWithin(counts) else {
        throw .inconsistent(.termInfo, "a term whose numbers are out of bounds")
      }
      rows.append(row)
      row.wordStart += row.wordCount
      row.pairStart += row.pairCount
    }
  }
}
