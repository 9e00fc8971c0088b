import Foundation

/// Reads JSON Lines, one object a line, as they come.
struct JSONLinesReader: RecordReader {
  /// A longer line is a broken file, not an article.
  static let longestLine = 64 << 20

  private var batches: LineBatches
  private let file: InputFile

  init(_ source: ByteSource, file: InputFile) {
    self.file = file
    // A batch keeps every core busy and costs little memory.
    batches = LineBatches(
      source, batchSize: file.jobs << 20, longestLine: Self.longestLine)
  }

  /// - Complexity: O(bytes), spread over the file's jobs.
  mutating func next() throws -> [ReadRecord]? {
    guard let batch = batches.next() else { return nil }
    let ranges = evenRanges(of: batch.lines.count, pieces: file.jobs * 4)
    let records = concurrentMap(count: ranges.count, jobs: file.jobs) { [file] piece in
      let dates = DateReader()
      return ranges[piece].flatMap { index in
        let line = batch.lines[index]
        return Self.read(
          batch.bytes[line.range], place: "\(file.name):\(line.number)", dates: dates)
      }
    }.flatMap { $0 }
    return records
      + batch.tooLong.map {
        ReadRecord(
          place: "\(file.name):\($0.number)",
          skipped: "line of \($0.length) bytes; at most \(Self.longestLine) are read",
          reason: "line too long")
      }
  }

  /// The records of one JSON value: a line, or an element of an array.
  static func read(_ bytes: ArraySlice<UInt8>, place: String, dates: DateReader) -> [ReadRecord] {
    if let problem = TextEncoding.problem(in: bytes) {
      return [
        ReadRecord(place: place, skipped: problem, reason: TextEncoding.reason(of: problem))
      ]
    }
    do {
      let value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      return JSONShape.records(in: value, place: place, dates: dates)
    } catch {
      return [
        ReadRecord(place: place, skipped: "not JSON: \(reason(error))", reason: "not JSON")
      ]
    }
  }

  private static func reason(_ error: any Error) -> String {
    let text = (error as NSError).userInfo["NSDebugDescription"] as? String
    return text.map { $0.split(separator: "\n").joined(separator: " ") }
      ?? "an object {\"id\": …, \"title\": …, \"body\": …} was expected"
  }
}
