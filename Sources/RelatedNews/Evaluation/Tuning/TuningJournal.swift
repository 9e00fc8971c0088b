import Foundation

/// What a search has measured so far, kept so that it can be stopped at any moment and go on later.
///
/// JSON lines: the first says what was measured, each other one is a setting with the values of all
/// topics. A last line that was cut off is measured again.
package struct TuningJournal: ~Copyable {
  private struct Header: Codable, Equatable {
    /// Of the articles, judgments, measure and start.
    let fingerprint: String
  }

  private struct Record: Codable {
    let setting: TuningSetting
    let values: [Double]
  }

  package let path: String
  package private(set) var values: [TuningSetting: [Double]] = [:]
  private let descriptor: Int32

  /// Opens the journal, or begins one.
  ///
  /// - Throws: `ReadingError` if it is of another search, or something else; `OutputError` if it
  ///   cannot be written.
  package init(path: String, fingerprint: UInt64, topicCount: Int) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw OutputError("\(path): cannot be written", errno: errno) }
    guard takeLock(of: descriptor) else {
      throw OutputError("\(path): another search is writing this file")
    }
    let header = Header(fingerprint: String(fingerprint, radix: 16))
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    let data = try handle.readToEnd() ?? Data()
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Data($0) }
    // One line has no end: nothing was begun, or the first line was cut off.
    if lines.count < 2, data.isEmpty || data.first == UInt8(ascii: "{") {
      try restart(at: 0)
      try append(header)
      return
    }
    guard let found = try? JSONDecoder().decode(Header.self, from: lines[0]) else {
      throw ReadingError("\(path): is something else than a tuning journal; nothing was changed")
    }
    guard found == header else {
      throw ReadingError(
        "\(path): belongs to another search (other articles, judgments or options); "
          + "remove it to begin anew")
    }
    var end = lines[0].count + 1
    for line in lines.dropFirst().dropLast() {
      guard let record = try? JSONDecoder().decode(Record.self, from: line),
        record.values.count == topicCount
      else { break }
      values[record.setting] = record.values
      end += line.count + 1
    }
    try restart(at: end)
  }

  deinit { close(descriptor) }

  /// Keeps what was measured, durably.
  package mutating func add(_ setting: TuningSetting, _ measured: [Double]) throws {
    try append(Record(setting: setting, values: measured))
    values[setting] = measured
  }

  private func append(_ record: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try ByteSink.write(
      try encoder.encode(record) + [UInt8(ascii: "\n")], to: descriptor, named: path)
    guard fsync(descriptor) == 0 else {
      throw OutputError("\(path): could not be made durable", errno: errno)
    }
  }

  private func restart(at end: Int) throws(OutputError) {
    guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw OutputError("\(path): cannot be shortened", errno: errno)
    }
  }
}
