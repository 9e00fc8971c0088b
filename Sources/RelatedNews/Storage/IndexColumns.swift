import Foundation

/// One entry an article: what candidates are chosen by.
struct IndexColumns: Sendable {
  let dates: [Date?]
  /// Beside each article its class.
  let codes: [UInt32]
  let classes: [ArticleClass]
  /// Beside each article what its weights are multiplied by; empty where the file has no postings.
  let scales: [Double]

  func articleClass(_ number: Int) -> ArticleClass { classes[Int(codes[number])] }

  /// - Complexity: O(n)
  init(of file: IndexFile) throws(IndexFileError) {
    let n = file.count
    dates = try DateColumn.dates(try file.section(.dates).all(), count: n)
    var reader = ByteReader(try file.section(.classes).all(), of: .classes)
    var classes: [ArticleClass] = []
    for _ in 0..<file.counts.classes { classes.append(try ArticleClass(from: &reader)) }
    guard reader.isAtEnd else { throw .inconsistent(.classes, "more than \(classes.count)") }
    self.classes = classes
    let width = byteWidth(below: file.counts.classes)
    let bytes = try file.section(.classCodes).all()
    var codes = [UInt32](repeating: 0, count: n)
    for number in 0..<n {
      var code: UInt64 = 0
      for byte in 0..<width { code |= UInt64(bytes[number * width + byte]) << UInt64(8 * byte) }
      guard code < UInt64(classes.count) else { throw .inconsistent(.classCodes, "class \(code)") }
      codes[number] = UInt32(code)
    }
    self.codes = codes
    scales = try Self.doubles(file.section(.scales))
    guard scales.allSatisfy({ $0 > 0 && $0 < 1e30 }) else {
      throw .inconsistent(.scales, "a scale that is not between 0 and 1e30")
    }
  }

  static func doubles(_ section: SectionBytes) throws(IndexFileError) -> [Double] {
    let bytes = try section.all()
    return (0..<bytes.count / 8).map { place in
      Double(
        bitPattern: UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self)))
    }
  }
}
