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
  /// Candidates of each article whose last one's score is bounded; 0 where none is.
  var candidates = 0
  /// Whether the candidates are named too.
  var namesCandidates = false
  /// Candidates named of each article; 0 where none are.
  var namedCandidates: Int { namesCandidates ? candidates : 0 }
  /// What the cosines of candidates were multiplied by.
  var recency = Recency()
  /// The score floor.
  var floor: Float = 0

  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for count in [
      articles, terms, words, pairs, runs, classes, frequentWords, neighbors, candidates,
      namesCandidates ? 1 : 0,
    ] {
      bytes.append64(UInt64(count))
    }
    bytes.append64(UInt64(floor.bitPattern))
    bytes.append64(UInt64(Recency.Shape.allCases.firstIndex(of: recency.shape) ?? 0))
    for number in [
      recency.scale, recency.offset, recency.decay, recency.floor, recency.newerWeight,
    ] { bytes.append64(number.bitPattern) }
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
    candidates = try next(atMost: 1000)
    namesCandidates = try next(atMost: 1) == 1
    let bits = try reader.number(width: 8)
    guard let bits = UInt32(exactly: bits) else {
      throw .inconsistent(.counts, "a floor that is no number")
    }
    floor = Float(bitPattern: bits)
    recency.shape = Recency.Shape.allCases[try next(atMost: Recency.Shape.allCases.count - 1)]
    recency.scale = Double(bitPattern: try reader.number(width: 8))
    recency.offset = Double(bitPattern: try reader.number(width: 8))
    recency.decay = Double(bitPattern: try reader.number(width: 8))
    recency.floor = Double(bitPattern: try reader.number(width: 8))
    recency.newerWeight = Double(bitPattern: try reader.number(width: 8))
    guard reader.isAtEnd, Self.isWeight(recency) else {
      throw .inconsistent(.counts, "a recency that makes no sense")
    }
    guard floor >= 0, floor.isFinite else { throw .inconsistent(.counts, "a floor of \(floor)") }
  }

  /// Whether its factors are numbers from 0 to 1, which searches count on.
  private static func isWeight(_ recency: Recency) -> Bool {
    recency.scale >= 0.001 && recency.scale.isFinite
      && recency.offset >= 0 && recency.offset.isFinite
      && recency.decay > 0 && recency.decay < 1
      && recency.floor >= 0 && recency.floor <= 1
      && recency.newerWeight >= 0 && recency.newerWeight <= 1
  }
}
