/// An archive as the bytes of its sections: the same bytes for the same articles in the same order
/// with the same settings, however the archive came about.
struct IndexImage: Sendable {
  var sections: [IndexSection: [UInt8]] = [:]
  let settings: IndexSettings
  var counts = IndexCounts()

  /// - Precondition: the archive keeps its words (`Archive.build(isKept: true)`).
  /// - Complexity: O(terms of all articles).
  init(of archive: Archive, toolVersion: String, jobs: Int) {
    settings = IndexSettings(
      analysis: archive.analysis.options, vectors: archive.vectorizer.options)
    sections[.settings] = settings.encoded(toolVersion: toolVersion)
    addArticles(of: archive)
    addOrders(of: archive)
    addNeighbors(of: archive, jobs: jobs)
    addWords(of: archive, jobs: jobs)
    counts.floor = archive.floor ?? archive.calibratedFloor(jobs: jobs)
    sections[.counts] = counts.encoded()
  }

  subscript(section: IndexSection) -> [UInt8] { sections[section] ?? [] }
}

extension IndexImage {
  private mutating func addArticles(of archive: Archive) {
    counts.articles = archive.count
    var codes: [ArticleClass: Int] = [:]
    var classes: [ArticleClass] = []
    let articleCodes = zip(archive.articles, archive.analysis.languages).map { article, language in
      let key = ArticleClass(of: article, analyzedLanguage: language)
      if let code = codes[key] { return code }
      codes[key] = classes.count
      classes.append(key)
      return classes.count - 1
    }
    counts.classes = classes.count
    sections[.classes] = classes.flatMap { $0.encoded() }
    sections[.classCodes] = Self.column(articleCodes, width: byteWidth(below: classes.count))
    sections[.dates] = DateColumn.encoded(archive.articles.map(\.published))
    var labels: [UInt8] = []
    for label in archive.analysis.seriesLabels.sorted(by: Self.byBytes) { labels.appendText(label) }
    sections[.labels] = labels
  }

  private mutating func addOrders(of archive: Archive) {
    let width = byteWidth(below: archive.count)
    sections[.inputOrder] = Self.column(archive.inputOrder, width: width)
    let byID = archive.articles.indices.sorted {
      Self.byBytes(archive.articles[$0].id, archive.articles[$1].id)
    }
    sections[.idOrder] = Self.column(byID, width: width)
  }

  private mutating func addNeighbors(of archive: Archive, jobs: Int) {
    let nearest =
      archive.kept
      ?? archive.neighborhood.map { KeptNearest($0, candidates: archive.candidates) }
    guard let nearest else { return }
    counts.neighbors = nearest.neighbors.lists.limit
    let floors =
      archive.candidateFloors
      ?? nearest.candidates.map {
        CandidateFloors(limit: $0.lists.lists.limit, recency: $0.recency, codes: $0.lists.floors)
      }
    if let floors {
      counts.candidates = floors.limit
      counts.recency = floors.recency
    }
    sections[.floors] = nearest.neighbors.floors + (floors?.codes ?? [])
    let candidates = NearestCode.namesCandidates(of: archive) ? nearest.candidates : nil
    counts.namesCandidates = candidates != nil
    let count = archive.count
    sections[.neighbors] = BlobTable.encoded(
      BlobPieces.made(of: count, size: NearestCode.group, jobs: jobs) { articles, pieces, bits in
        for article in articles {
          NearestCode.write(
            neighbors: nearest.neighbors.lists.entries(of: article),
            candidates: candidates?.lists.lists.entries(of: article), universe: count, to: &bits)
          pieces.append(&bits)
        }
      })
    var norms: [UInt8] = []
    for norm in nearest.norms { norms.append64(norm.bitPattern) }
    sections[.norms] = norms
  }

  private static func byBytes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Numbers of equal width.
  static func column(_ numbers: [Int], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * width)
    for number in numbers { bytes.append(UInt64(number), width: width) }
    return bytes
  }
}
