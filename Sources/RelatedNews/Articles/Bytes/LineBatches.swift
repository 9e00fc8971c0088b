/// Cuts what a source hands out into whole lines, many at a time.
struct LineBatches {
  /// Whole lines: their bytes, and where each lies among them. Blank lines are left out.
  struct Batch: Sendable {
    var bytes: [UInt8]
    var lines: [(number: Int, range: Range<Int>)] = []
    /// Lines longer than the limit, which nobody kept.
    var tooLong: [(number: Int, length: Int)] = []
  }

  private let source: ByteSource
  private let batchSize: Int
  private let longestLine: Int
  private var rest: [UInt8] = []
  private var nextNumber = 1
  /// The length so far of a line that is being dropped.
  private var dropped = 0
  private var isAtEnd = false

  init(_ source: ByteSource, batchSize: Int, longestLine: Int) {
    self.source = source
    self.batchSize = batchSize
    self.longestLine = longestLine
  }

  /// - Complexity: O(bytes), memory of a batch and the longest line.
  mutating func next() -> Batch? {
    guard !isAtEnd else { return nil }
    var tooLong: [(number: Int, length: Int)] = []
    var lastBreak: Int?
    while rest.count < batchSize || lastBreak == nil {
      guard var piece = source.next() else {
        isAtEnd = true
        break
      }
      if dropped > 0 {
        guard let end = piece.firstIndex(of: 0x0A) else {
          dropped += piece.count
          continue
        }
        tooLong.append((nextNumber, dropped + end))
        dropped = 0
        nextNumber += 1
        piece.removeFirst(end + 1)
      }
      if let index = piece.lastIndex(of: 0x0A) { lastBreak = rest.count + index }
      rest += piece
      if lastBreak == nil, rest.count > longestLine {
        dropped = rest.count
        rest = []
      }
    }
    if isAtEnd, dropped > 0 { tooLong.append((nextNumber, dropped)) }
    let end = isAtEnd ? rest.count : (lastBreak ?? -1) + 1
    var batch = Batch(bytes: Array(rest[..<end]), tooLong: tooLong)
    rest.removeFirst(end)
    findLines(in: &batch)
    return isAtEnd && batch.lines.isEmpty && tooLong.isEmpty ? nil : batch
  }

  private mutating func findLines(in batch: inout Batch) {
    var start = 0
    while start < batch.bytes.count {
      let end = batch.bytes[start...].firstIndex(of: 0x0A) ?? batch.bytes.count
      if end - start > longestLine {
        batch.tooLong.append((nextNumber, end - start))
      } else if !batch.bytes[start..<end].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
        batch.lines.append((nextNumber, start..<end))
      }
      nextNumber += 1
      start = end + 1
    }
  }
}
