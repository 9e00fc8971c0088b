/// What the words of an article ask of a term, in one place: a `TermRow` in half the bytes.
struct CompactTermRow: Sendable, BitwiseCopyable {
  let wordStart, wordCount, displayed, pairStart, pairCount, documentFrequency: UInt32
  let settledFrequency: UInt32

  init(_ row: TermRow) {
    wordStart = UInt32(row.wordStart)
    wordCount = UInt32(row.wordCount)
    displayed = UInt32(row.displayed)
    pairStart = UInt32(row.pairStart)
    pairCount = UInt32(row.pairCount)
    documentFrequency = UInt32(row.documentFrequency)
    settledFrequency = UInt32(row.settledFrequency)
  }

  var row: TermRow {
    TermRow(
      wordStart: Int(wordStart), wordCount: Int(wordCount), displayed: Int(displayed),
      pairStart: Int(pairStart), pairCount: Int(pairCount),
      documentFrequency: Int(documentFrequency), settledFrequency: Int(settledFrequency))
  }
}
