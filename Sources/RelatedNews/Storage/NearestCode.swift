/// The nearest articles of an article: its neighbours, and the candidates of its list where they are
/// kept. Most neighbours are candidates too, so both are one set, in ascending order.
///
/// Scores and ranks are not kept: they are cosines of vectors, which whoever needs them has.
enum NearestCode {
  /// Articles in one piece of the section.
  static let group = 8

  /// Candidates take some fifty bytes an article. That is little beside a story, and they save a
  /// search when the archive changes; it is too much beside a brief of two lines, which is searched
  /// for quickly. From so many terms an article, in the mean, they are named.
  static let fewestTermsPerArticle = 150

  static func namesCandidates(of archive: Archive) -> Bool {
    archive.count > 0
      && archive.analysis.sequences.terms.count / archive.count >= fewestTermsPerArticle
  }

  /// - Parameters:
  ///   - neighbors: distinct, in any order, as `candidates`.
  ///   - candidates: nil where they are not kept.
  ///   - universe: the number of articles.
  static func write(
    neighbors: ArraySlice<Int32>, candidates: ArraySlice<Int32>?, universe: Int,
    to bits: inout BitWriter
  ) {
    let near = neighbors.sorted()
    let listed = candidates?.sorted() ?? []
    let shared = countShared(near, listed)
    let count = near.count + listed.count - shared
    bits.writeGamma(count + 1)
    let low = RiceCode.lowBits(universe: universe, count: count)
    var previous = -1
    var (i, j) = (0, 0)
    while i < near.count || j < listed.count {
      let isNear = j == listed.count || i < near.count && near[i] <= listed[j]
      let isListed = i == near.count || j < listed.count && listed[j] <= near[i]
      let article = Int(isNear ? near[i] : listed[j])
      bits.writeRice(article - previous - 1, low: low)
      previous = article
      i += isNear ? 1 : 0
      j += isListed ? 1 : 0
      guard candidates != nil else { continue }
      bits.write(isNear ? 1 : 0, bits: 1)
      if isNear { bits.write(isListed ? 1 : 0, bits: 1) }
    }
  }

  /// How many two ascending arrays have in common.
  private static func countShared(_ a: [Int32], _ b: [Int32]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < a.count, j < b.count {
      let (x, y) = (a[i], b[j])
      if x == y { count += 1 }
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    return count
  }

  /// One of the nearest articles.
  struct Entry: Sendable, Hashable {
    let article: Int
    let isNeighbor: Bool
    let isCandidate: Bool
  }

  /// By ascending number.
  static func read(
    _ bytes: UnsafeRawBufferPointer, of article: Int, counts: IndexCounts
  ) throws(IndexFileError) -> [Entry] {
    var bits = BitReader(bytes)
    let count = bits.readGamma() - 1
    guard count <= counts.neighbors + counts.namedCandidates else {
      throw .inconsistent(.neighbors, "\(count) of article \(article)")
    }
    let low = RiceCode.lowBits(universe: counts.articles, count: count)
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    var previous = -1
    for _ in 0..<count {
      let next = previous + 1 + bits.readRice(low: low)
      guard next < counts.articles, next != article, !bits.isBroken else {
        throw .inconsistent(.neighbors, "article \(next) near article \(article)")
      }
      previous = next
      let isNeighbor = !counts.namesCandidates || bits.readBit()
      let isCandidate = counts.namesCandidates && (!isNeighbor || bits.readBit())
      entries.append(Entry(article: next, isNeighbor: isNeighbor, isCandidate: isCandidate))
    }
    guard !bits.isBroken, entries.count(where: \.isNeighbor) <= counts.neighbors,
      entries.count(where: \.isCandidate) <= counts.namedCandidates
    else { throw .inconsistent(.neighbors, "too many of article \(article)") }
    return entries
  }
}

extension Archive {
  /// Its file follows from the articles alone: where an update made articles long enough, in the mean, for
  /// candidates to be named, of which it knows the last ones' scores, they are made now.
  func withCandidatesToName(jobs: Int) -> Archive {
    guard candidateFloors != nil, NearestCode.namesCandidates(of: self) else { return self }
    let made = CandidateLists(of: articles, index: index, jobs: jobs)
    return with(
      neighborhood: neighborhood, candidates: kept == nil ? made : nil,
      kept: kept?.with(made), floor: floor ?? calibratedFloor(jobs: jobs))
  }
}
