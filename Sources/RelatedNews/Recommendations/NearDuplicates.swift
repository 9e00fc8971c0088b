/// Finds copies: reprinted wire copy with a new headline, small edits and a cut ending.
///
/// Two articles are versions of one where a large share of the shorter one's word sequences stands
/// in the longer one too (containment of shingles, stop words left out). Containment and not
/// resemblance, as an editor cuts from the end. Source: Broder, "On the resemblance and containment
/// of documents" (1997).
struct NearDuplicates: Sendable {
  /// From this containment on, 0 to 1, two articles are versions of one.
  let threshold: Double
  let sequences: TermSequences

  static let shingleLength = 3
  /// An article of fewer shingles is too short to call anything its copy.
  static let fewestShingles = 12
  /// Copies are cut, but a brief that opens like the long story is a story of its own.
  static let smallestShare = 0.3

  /// The distinct shingles of an article's body, hashed, ascending.
  ///
  /// - Complexity: O(m log m), m its terms.
  func shingles(of article: Int) -> [UInt64] { Self.shingles(of: article, in: sequences) }

  static func shingles(of article: Int, in sequences: TermSequences) -> [UInt64] {
    var hashes: [UInt64] = []
    let terms = sequences.segments(of: article)
      .filter { sequences.segmentFields[$0] == .body }
      .flatMap { sequences.terms[sequences.termRange(of: $0)] }
    guard terms.count >= shingleLength else { return [] }
    for start in 0...(terms.count - shingleLength) {
      var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
      for term in terms[start..<start + shingleLength] {
        hash = (hash ^ UInt64(term) &+ 0x7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
      }
      hashes.append(hash)
    }
    hashes.sort()
    var distinct: [UInt64] = []
    for hash in hashes where hash != distinct.last { distinct.append(hash) }
    return distinct
  }

  /// Whether two articles, given by their shingles, are versions of one.
  func areVersions(_ a: [UInt64], _ b: [UInt64]) -> Bool {
    let shorter = min(a.count, b.count)
    let longer = max(a.count, b.count)
    guard shorter >= Self.fewestShingles,
      Double(shorter) >= Self.smallestShare * Double(longer)
    else { return false }
    return Self.containment(a, b) >= threshold
  }

  /// The share of the smaller set that stands in the other; 0 where one is empty.
  static func containment(_ a: [UInt64], _ b: [UInt64]) -> Double {
    var i = 0
    var j = 0
    var common = 0
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        common += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let shorter = min(a.count, b.count)
    return shorter == 0 ? 0 : Double(common) / Double(shorter)
  }
}
