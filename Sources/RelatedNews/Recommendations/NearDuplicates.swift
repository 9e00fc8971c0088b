import Foundation

/// Finds copies: reprinted wire copy with a new headline, small edits and a cut ending.
///
/// Two articles are versions of one where most words of the shorter one stand in the longer one in
/// the same order: the fourth root of the share of its four-word sequences (shingles) that the other
/// has too. Containment and not resemblance, as an editor cuts from the end; the body only, as the
/// headline is what changes. Source: Broder, "On the resemblance and containment of documents"
/// (1997); the root turns a share of shingles into a share of words, as MinHash tools do.
struct NearDuplicates: Sendable {
  /// From this share of words on, 0 to 1, two articles are versions of one.
  let threshold: Double
  let sequences: TermSequences

  static let shingleLength = 4
  /// An article of fewer shingles is too short to call anything its copy.
  static let fewestShingles = 8
  /// Below this cosine a pair is a recurring notice ("dividend 10 cents vs 10 cents prior") of two
  /// different companies, not a copy.
  static let lowestCosine: Float = 0.3

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

  /// Those of an article's nearest neighbours that are versions of it. A copy is always near, so
  /// nobody else need be asked.
  func versions(of article: Int, among neighbors: [Neighbor]) -> [Int] {
    let near = neighbors.filter { $0.score >= Self.lowestCosine }
    guard !near.isEmpty else { return [] }
    let own = shingles(of: article)
    return near.map(\.article).filter { areVersions(own, shingles(of: $0)) }
  }

  /// Whether two articles, given by their shingles, are versions of one.
  func areVersions(_ a: [UInt64], _ b: [UInt64]) -> Bool {
    guard min(a.count, b.count) >= Self.fewestShingles else { return false }
    return pow(Self.containment(a, b), 1 / Double(Self.shingleLength)) >= threshold
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
