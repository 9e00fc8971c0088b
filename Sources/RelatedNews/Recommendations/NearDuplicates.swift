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
  /// Beside each article a sketch of its shingles, where many are compared; else empty.
  private let sketches: [ShingleSketch]

  init(threshold: Double, sequences: TermSequences) {
    self.init(threshold: threshold, sequences: sequences, sketches: [])
  }

  private init(threshold: Double, sequences: TermSequences, sketches: [ShingleSketch]) {
    self.threshold = threshold
    self.sequences = sequences
    self.sketches = sketches
  }

  /// The same, faster where many articles are compared.
  ///
  /// - Complexity: O(n · m), m the terms of an article, spread over `jobs` cores.
  func sketched(jobs: Int) -> NearDuplicates {
    let ranges = evenRanges(of: sequences.articleCount, pieces: jobs * 8)
    let sketches = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      ranges[piece].map { ShingleSketch(of: Self.hashes(of: $0, in: sequences)) }
    }
    return NearDuplicates(
      threshold: threshold, sequences: sequences, sketches: sketches.flatMap { $0 })
  }

  /// The same for an archive that was brought up to date: sketches of kept articles stay, as no kept
  /// article's body changes.
  ///
  /// - Parameters:
  ///   - sequences: as they are.
  ///   - origins: beside each article where it comes from.
  ///   - newTerms: beside each term of before its number now, or `FeatureSpace.none`.
  ///   - termCount: how many there are now.
  func updated(
    to sequences: TermSequences, origins: [ArticleOrigin], newTerms: ArraySlice<UInt32>,
    termCount: Int
  ) -> NearDuplicates {
    guard !sketches.isEmpty else {
      return NearDuplicates(threshold: threshold, sequences: sequences)
    }
    // Sketches are of terms as they were numbered; new ones get the numbers behind.
    var numbers = (0..<UInt32(termCount)).map { $0 + UInt32(newTerms.count) }
    for (old, now) in newTerms.enumerated() where now != FeatureSpace.none {
      numbers[Int(now)] = UInt32(old)
    }
    let updated = origins.enumerated().map { article, origin in
      origin.oldNumber.map { sketches[$0] }
        ?? ShingleSketch(of: Self.hashes(of: article, in: sequences) { numbers[Int($0)] })
    }
    return NearDuplicates(threshold: threshold, sequences: sequences, sketches: updated)
  }

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
    var hashes = hashes(of: article, in: sequences)
    hashes.sort()
    var distinct: [UInt64] = []
    distinct.reserveCapacity(hashes.count)
    for hash in hashes where hash != distinct.last { distinct.append(hash) }
    return distinct
  }

  /// The hashes of all shingles, in text order.
  private static func hashes(
    of article: Int, in sequences: TermSequences, number: (UInt32) -> UInt32 = { $0 }
  ) -> [UInt64] {
    var terms: [UInt32] = []
    terms.reserveCapacity(sequences.termRange(ofArticle: article).count)
    for segment in sequences.segments(of: article)
    where sequences.segmentFields[segment] == .body {
      terms += sequences.terms[sequences.termRange(of: segment)].lazy.map(number)
    }
    guard terms.count >= shingleLength else { return [] }
    return (0...(terms.count - shingleLength)).map { start in
      var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
      for place in start..<start + shingleLength {
        hash = (hash ^ UInt64(terms[place]) &+ 0x7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
      }
      return hash
    }
  }

  /// Those of an article's nearest neighbours that are versions of it. A copy is always near, so
  /// nobody else need be asked.
  func versions(of article: Int, among neighbors: [Neighbor]) -> [Int] {
    versions(
      of: article,
      near: neighbors.lazy.filter { $0.score >= Self.lowestCosine }
        .map(\.article))
  }

  /// Those of some articles near enough that are versions of an article of the archive.
  func versions(of article: Int, near others: some Sequence<Int>) -> [Int] {
    let likely = others.filter { mayBeVersions(article, $0) }
    guard !likely.isEmpty else { return [] }
    let own = shingles(of: article)
    return likely.filter { areVersions(own, shingles(of: $0)) }
  }

  /// False where a sketch proves that two articles are no versions of one.
  private func mayBeVersions(_ a: Int, _ b: Int) -> Bool {
    guard !sketches.isEmpty else { return true }
    // Less by more than rounding makes of the root that `areVersions` takes.
    let least = pow(threshold, Double(Self.shingleLength)) - 1e-9
    return ShingleSketch.greatestContainment(sketches[a], sketches[b]) >= least
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
