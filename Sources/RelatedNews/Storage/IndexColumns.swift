import Foundation

/// One entry an article: what candidates are chosen by.
struct IndexColumns: Sendable {
  private(set) var classes: [ArticleClass]
  /// The file's own articles; those that landed stand behind them.
  private let ownCount: Int
  /// Of the file's own articles.
  private let ownClassCount: Int
  private var landed: [LandedArticle] = []
  /// Beside each of the file's own articles its date in seconds; not a number where it has none.
  private let dates: [Double]
  /// Beside each of the file's own articles its class.
  private let codes: SectionColumn
  /// Beside each of the file's own articles what its weights are multiplied by, as bits; empty where
  /// the file has no postings.
  private let scales: SectionColumn

  /// Those of the file's own articles.
  ///
  /// - Complexity: O(n)
  init(of file: IndexFile) throws(IndexFileError) {
    let n = file.counts.articles
    ownCount = n
    dates = try DateColumn.dates(try file.section(.dates).all(), count: n)
    var reader = ByteReader(try file.section(.classes).all(), of: .classes)
    var classes: [ArticleClass] = []
    for _ in 0..<file.counts.classes { classes.append(try ArticleClass(from: &reader)) }
    guard reader.isAtEnd else { throw .inconsistent(.classes, "more than \(classes.count)") }
    ownClassCount = classes.count
    self.classes = classes
    let codes = try SectionColumn(
      file.section(.classCodes), width: byteWidth(below: file.counts.classes))
    for number in 0..<n where codes[number] >= UInt64(ownClassCount) {
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

  /// The same with stories that landed in place of those that it has.
  func with(_ landed: LandedArticles) -> IndexColumns {
    var columns = self
    columns.classes = classes[..<ownClassCount] + landed.articles.map(\.articleClass)
    columns.landed = landed.articles
    return columns
  }

  /// The place of an article's class.
  @inline(__always)
  func code(_ number: Int) -> Int {
    number < ownCount ? Int(codes[number]) : ownClassCount + number - ownCount
  }

  func articleClass(_ number: Int) -> ArticleClass { classes[code(number)] }

  @inline(__always)
  func scale(_ number: Int) -> Double {
    number < ownCount ? Double(bitPattern: scales[number]) : landed[number - ownCount].scale
  }

  func date(_ number: Int) -> Date? {
    guard number < ownCount else { return landed[number - ownCount].article.published }
    let seconds = dates[number]
    return seconds.isNaN ? nil : Date(timeIntervalSinceReferenceDate: seconds)
  }

  static func doubles(_ section: SectionBytes) throws(IndexFileError) -> [Double] {
    let column = try SectionColumn(section, width: 8)
    return (0..<column.bytes.count / 8).map { Double(bitPattern: column[$0]) }
  }
}
