import Foundation

/// One entry an article: what candidates are chosen by.
struct IndexColumns: Sendable {
  let classes: [ArticleClass]
  /// Beside each article its date in seconds; not a number where it has none.
  private let dates: [Double]
  /// Beside each article its class.
  private let codes: SectionColumn
  /// Beside each article what its weights are multiplied by, as bits; empty where the file has no
  /// postings.
  private let scales: SectionColumn

  /// - Complexity: O(n)
  init(of file: IndexFile) throws(IndexFileError) {
    let n = file.count
    dates = try DateColumn.dates(try file.section(.dates).all(), count: n)
    var reader = ByteReader(try file.section(.classes).all(), of: .classes)
    var classes: [ArticleClass] = []
    for _ in 0..<file.counts.classes { classes.append(try ArticleClass(from: &reader)) }
    guard reader.isAtEnd else { throw .inconsistent(.classes, "more than \(classes.count)") }
    self.classes = classes
    let codes = try SectionColumn(
      file.section(.classCodes), width: byteWidth(below: file.counts.classes))
    for number in 0..<n where codes[number] >= UInt64(classes.count) {
      throw .inconsistent(.classCodes, "class \(codes[number]) of article \(number)")
    }
    self.codes = codes
    let scales = try SectionColumn(file.section(.scales), width: 8)
    for number in 0..<scales.bytes.count / 8 {
      let scale = Double(bitPattern: scales[number])
      guard scale > 0, scale < 1e30 else { throw .inconsistent(.scales, "a scale of \(scale)") }
    }
    self.scales = scales
  }

  func code(_ number: Int) -> Int { Int(codes[number]) }
  func articleClass(_ number: Int) -> ArticleClass { classes[code(number)] }
  func scale(_ number: Int) -> Double { Double(bitPattern: scales[number]) }

  func date(_ number: Int) -> Date? {
    let seconds = dates[number]
    return seconds.isNaN ? nil : Date(timeIntervalSinceReferenceDate: seconds)
  }

  static func doubles(_ section: SectionBytes) throws(IndexFileError) -> [Double] {
    let column = try SectionColumn(section, width: 8)
    return (0..<column.bytes.count / 8).map { Double(bitPattern: column[$0]) }
  }
}
