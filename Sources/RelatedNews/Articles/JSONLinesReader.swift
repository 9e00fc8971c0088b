import Foundation

/// Reads JSON Lines (one object a line) and a JSON array of such objects.
enum JSONLinesReader {
  /// A longer line is a broken file, not an article.
  static let longestLine = 64 << 20

  /// - Complexity: O(bytes), spread over `jobs` cores.
  static func read(_ data: [UInt8], named name: String, jobs: Int) -> [ReadRecord] {
    let lines = lines(of: data)
    let ranges = evenRanges(of: lines.count, pieces: jobs * 8)
    return concurrentMap(count: ranges.count, jobs: jobs) { piece in
      let dates = DateReader()
      return ranges[piece].map { index in
        read(line: data[lines[index].bytes], place: "\(name):\(lines[index].number)", dates: dates)
      }
    }.flatMap { $0 }
  }

  /// A whole file that is one JSON array of objects, or nil if it is something else.
  static func readArray(_ data: [UInt8], named name: String) -> [ReadRecord]? {
    guard let value = try? JSONSerialization.jsonObject(with: Data(data)),
      let list = value as? [Any]
    else { return nil }
    let dates = DateReader()
    return list.enumerated().map { index, element in
      let place = "\(name)[\(index)]"
      guard let object = element as? [String: Any] else {
        return ReadRecord(
          place: place, skipped: "\(JSONRecord.kind(of: element)), expected an object")
      }
      return JSONRecord.read(object, place: place, dates: dates)
    }
  }

  private static func read(line: ArraySlice<UInt8>, place: String, dates: DateReader) -> ReadRecord
  {
    guard line.count <= longestLine else {
      return ReadRecord(
        place: place, skipped: "line of \(line.count) bytes; at most \(longestLine) are read")
    }
    if let problem = TextEncoding.problem(in: line) {
      return ReadRecord(place: place, skipped: problem)
    }
    do {
      let value = try JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)
      guard let object = value as? [String: Any] else {
        return ReadRecord(
          place: place, skipped: "\(JSONRecord.kind(of: value)), expected an object {…}")
      }
      return JSONRecord.read(object, place: place, dates: dates)
    } catch {
      return ReadRecord(place: place, skipped: "not JSON: \(reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let text = (error as NSError).userInfo["NSDebugDescription"] as? String
    return text.map { $0.split(separator: "\n").joined(separator: " ") }
      ?? "an object {\"id\": …, \"title\": …, \"body\": …} was expected"
  }

  private static func lines(of data: [UInt8]) -> [(number: Int, bytes: Range<Int>)] {
    var result: [(number: Int, bytes: Range<Int>)] = []
    var start = 0
    var number = 1
    func add(_ range: Range<Int>) {
      let blank = data[range].allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
      if !blank { result.append((number, range)) }
    }
    while let end = data[start...].firstIndex(of: 0x0A) {
      add(start..<end)
      start = end + 1
      number += 1
    }
    add(start..<data.count)
    return result
  }
}
