/// What the file keeps of a pair of neighbouring terms; its first term is the one whose row names
/// it.
struct PairRow: Sendable, Hashable {
  /// Rows in one piece of the section.
  static let group = 16

  var second = 0
  var documentFrequency = 0
  /// In how many settled articles it stands: see `SettledArticles`.
  var settledFrequency = 0
}

extension PairRow {
  /// - Parameters:
  ///   - rows: the rows of one piece.
  ///   - startsTerm: beside each of `rows` whether it is the first of its first term.
  ///   - fewest: the lowest document frequency that a pair can have.
  static func write(
    _ rows: ArraySlice<PairRow>, startsTerm: ArraySlice<Bool>, termCount: Int, fewest: Int,
    to bits: inout BitWriter
  ) {
    guard !rows.isEmpty else { return }
    var (sum, count) = (0, 0)
    for index in rows.indices.dropFirst() where !startsTerm[index] {
      sum += rows[index].second - rows[index - 1].second - 1
      count += 1
    }
    let low = RiceCode.lowBits(universe: sum, count: count)
    bits.write(UInt64(low), bits: 6)
    let width = bitWidth(below: termCount)
    for index in rows.indices {
      let row = rows[index]
      if index == rows.startIndex {
        bits.write(UInt64(row.second), bits: width)
      } else if startsTerm[index] {
        bits.write(1, bits: 1)
        bits.write(UInt64(row.second), bits: width)
      } else {
        bits.write(0, bits: 1)
        bits.writeRice(row.second - rows[index - 1].second - 1, low: low)
      }
      bits.writeGamma(max(row.documentFrequency - fewest, 0) + 1)
      bits.writeGamma(row.documentFrequency - row.settledFrequency + 1)
    }
  }

  /// One row of a piece, read without keeping those before it.
  ///
  /// - Parameter bytes: of a section, which has room behind them.
  static func row(
    _ place: Int, of bytes: UnsafeRawBufferPointer, counts: IndexCounts, fewest: Int
  ) throws(IndexFileError) -> PairRow {
    let row = nearRow(place, of: bytes, termCount: counts.terms, fewest: fewest)
    if let row, row.isWithin(counts) { return row }
    // Numbers larger than there are any, or damage: the plain reader knows.
    var rows: [PairRow] = []
    try append(bytes, count: place + 1, counts: counts, fewest: fewest, to: &rows)
    return rows[place]
  }

  /// Whether all that it names is there.
  private func isWithin(_ counts: IndexCounts) -> Bool {
    second < counts.terms && documentFrequency <= counts.articles
      && settledFrequency >= 0 && settledFrequency <= documentFrequency
  }

  /// Nil where a row has more than 56 bits or the bytes end; what is in it need not be within bounds.
  private static func nearRow(
    _ place: Int, of bytes: UnsafeRawBufferPointer, termCount: Int, fewest: Int
  ) -> PairRow? {
    guard var rows = NearPairRows(bytes, termCount: termCount, fewest: fewest) else { return nil }
    for _ in 0..<place { guard rows.skip() else { return nil } }
    guard rows.next(), rows.isWithinBytes else { return nil }
    return rows.row
  }

  /// The place of the row that has this second term, among those of one first term.
  ///
  /// - Parameters:
  ///   - places: theirs in the piece; second terms ascend there.
  static func place(
    ofSecond second: Int, among places: Range<Int>, of bytes: UnsafeRawBufferPointer,
    counts: IndexCounts, fewest: Int
  ) throws(IndexFileError) -> Int? {
    if var near = NearPairRows(bytes, termCount: counts.terms, fewest: fewest) {
      var place = 0
      while place < places.upperBound, near.skip(), near.isWithinBytes {
        if place >= places.lowerBound, near.row.second >= second {
          return near.row.second == second ? place : nil
        }
        place += 1
      }
      if place == places.upperBound { return nil }
    }
    var rows: [PairRow] = []
    try append(bytes, count: places.upperBound, counts: counts, fewest: fewest, to: &rows)
    return places.first { rows[$0].second == second }
  }

  /// The second term of the first pair of a piece.
  static func second(atStartOf bytes: UnsafeRawBufferPointer, termCount: Int) -> Int {
    var bits = BitReader(bytes)
    _ = bits.read(bits: 6)
    return Int(bits.read(bits: bitWidth(below: termCount)))
  }

  /// Appends the rows of a piece; every number in them is within bounds afterwards.
  static func append(
    _ bytes: UnsafeRawBufferPointer, count: Int, counts: IndexCounts, fewest: Int,
    to rows: inout [PairRow]
  ) throws(IndexFileError) {
    var bits = BitReader(bytes)
    var row = PairRow()
    let low = min(Int(bits.read(bits: 6)), RiceCode.mostLowBits)
    let width = bitWidth(below: counts.terms)
    for index in 0..<count {
      let isAbsolute = index == 0 || bits.readBit()
      row.second =
        isAbsolute
        ? Int(bits.read(bits: width)) : row.second + 1 + bits.readRice(low: low)
      row.documentFrequency = bits.readGamma() + fewest - 1
      row.settledFrequency = row.documentFrequency - (bits.readGamma() - 1)
      guard !bits.isBroken, row.isWithin(counts) else {
        throw .inconsistent(.pairInfo, "a pair whose numbers are out of bounds")
      }
      rows.append(row)
    }
  }
}
