/// How many of everything an index file holds; every other number in the file is checked against
/// these, and these against the lengths of the sections.
struct IndexCounts: Sendable, Hashable {
  var articles = 0
  var terms = 0
  var words = 0
  /// Pairs of terms that are features.
  var pairs = 0
  var runs = 0
  var classes = 0
  var frequentWords = 0
  /// Neighbours kept of each article.
  var neighbors = 0
  /// The score floor.
  var floor: Float = 0

  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for count in [articles, terms, words, pairs, runs, classes, frequentWords, neighbors] {
      bytes.append64(UInt64(count))
    }
    bytes.append64(UInt64(floor.bitPattern))
    return bytes
  }

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: .counts)
    func next(atMost limit: Int) throws(IndexFileError) -> Int {
      let count = try reader.number(width: 8)
      guard count <= UInt64(limit) else {
        throw .inconsistent(.counts, "a count of \(count) where at most \(limit) can be")
      }
      return Int(count)
    }
    articles = try next(atMost: Int(Int32.max) - 1)
    terms = try next(atMost: Int(Int32.max))
    words = try next(atMost: Int(Int32.max))
    pairs = try next(atMost: Int(Int32.max))
    runs = try next(atMost: Int(Int32.max))
    classes = try next(atMost: Int(Int32.max))
    frequentWords = try next(atMost: WordCode.frequentCount)
    neighbors = try next(atMost: 1000)
    let bits = try reader.number(width: 8)
    guard reader.isAtEnd, let bits = UInt32(exactly: bits) else {
      throw .inconsistent(.counts, "more than the counts")
    }
    floor = Float(bitPattern: bits)
    guard floor >= 0, floor.isFinite else { throw .inconsistent(.counts, "a floor of \(floor)") }
  }
}
