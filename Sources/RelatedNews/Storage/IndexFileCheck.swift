/// Whether an index file is whole: every checksum, and whether what it says follows from itself.
///
/// Beyond the checksums, everything that can be derived is derived again: terms from words, features
/// and postings from the sequences, lengths, the floor, series labels; then the file is written anew
/// in memory and compared byte by byte. So a document frequency that is not the number of postings, a
/// term out of order or a number of nobody is found wherever it stands. Neighbours are searched for
/// again where the archive is small, else for some articles. What landed since the file was written
/// whole lands again on what was written then.
public enum IndexFileCheck {
  /// Up to so many articles all neighbours are searched for again.
  private static let searchedArticles = 400
  /// A damaged disk may have a problem in every block.
  private static let mostProblems = 20

  /// What is wrong; empty if nothing is.
  ///
  /// - Complexity: O(terms of all articles), as loading it and writing it.
  public static func problems(at path: String, jobs: Int = 1) -> [IndexFileError] {
    do {
      let file = try IndexFile(path: path)
      let damaged = try damagedBlocks(of: file)
      if !damaged.isEmpty { return damaged }
      try checkGaps(of: file)
      let archive = try file.ownArchive(isScored: true, jobs: jobs)
      return try file.located { () throws(IndexFileError) in
        try checkWords(of: archive)
        try checkNearest(of: archive, jobs: jobs)
        try compare(file, with: archive, jobs: jobs)
        try checkLanded(of: file, jobs: jobs)
        return []
      }
    } catch { return [error] }
  }

  private static func damagedBlocks(of file: IndexFile) throws(IndexFileError) -> [IndexFileError] {
    var problems: [IndexFileError] = []
    for section in IndexSection.allCases {
      let bytes = file.section(section)
      for start in stride(from: 0, to: bytes.count, by: IndexFileHeader.blockSize)
      where problems.count < mostProblems {
        do {
          _ = try bytes.bytes(start..<min(start + IndexFileHeader.blockSize, bytes.count))
        } catch { problems.append(error) }
      }
    }
    return problems
  }

  /// What stands between the sections is zero.
  private static func checkGaps(of file: IndexFile) throws(IndexFileError) {
    let entries = file.header.entries
    var end = file.header.tableOffset(of: entries.count)
    for (section, start, length) in entries.map({ ($0.section, $0.offset, $0.length) })
      + [(.landed, file.header.fileLength - IndexFileHeader.footerLength, 0)]
    {
      guard start - end < IndexFileHeader.alignment else {
        throw IndexFileError.inconsistent(section, "\(start - end) bytes of nothing before it")
          .inFile(file.path)
      }
      guard try file.file.bytes(at: end, count: start - end).allSatisfy({ $0 == 0 }) else {
        throw IndexFileError(
          .checksum, file.path, "bytes \(end) to \(start), before section \(section), are damaged")
      }
      end = start + length
    }
  }

  /// Every word has the term that the analysis gives it.
  private static func checkWords(of archive: Archive) throws(IndexFileError) {
    let analysis = archive.analysis
    guard let words = analysis.words else { return }
    for word in 0..<words.count {
      let surface = words.surfaces[word]
      let term = analysis.vocabulary.term(Int(words.terms[word]))
      let expected = analysis.options.term(for: surface, in: words.languages[word])
      guard let expected, expected.utf8.elementsEqual(term.utf8) else {
        throw .inconsistent(.words, "\"\(surface)\" is said to be a word of \"\(term)\"")
      }
      guard words.occurrences[word].all > 0 else {
        throw .inconsistent(.words, "\"\(surface)\" stands in no article")
      }
      if word > 0, words.terms[word] == words.terms[word - 1] {
        let (a, b) = (words.surfaces.bytes(word - 1), words.surfaces.bytes(word))
        let isOrdered =
          a.lexicographicallyPrecedes(b)
          || a.elementsEqual(b)
            && words.languages[word - 1].rawValue < words.languages[word].rawValue
        guard isOrdered else { throw .inconsistent(.words, "\"\(surface)\" is not in order") }
      }
    }
  }

  private static func checkNearest(of archive: Archive, jobs: Int) throws(IndexFileError) {
    guard let neighborhood = archive.neighborhood else { return }
    let step = max(1, archive.count / searchedArticles)
    let sources = Array(stride(from: 0, to: archive.count, by: step))
    let found = archive.index.nearest(
      ofArticles: sources, limit: neighborhood.limit, jobs: jobs)
    for (row, source) in sources.enumerated() where found[row] != neighborhood.lists[source] {
      throw .inconsistent(
        .neighbors, "those of article \"\(archive.articles[source].id)\" are not its nearest")
    }
    let candidates = archive.candidates
    guard let floors = candidates.map({ CandidateFloors(of: $0) }) ?? archive.candidateFloors
    else { return }
    let listed = archive.index.nearest(
      ofArticles: sources, limit: floors.limit, jobs: jobs,
      weightedBy: CandidateLists.weight(of: archive.articles, recency: floors.recency))
    for (row, source) in sources.enumerated() {
      let id = archive.articles[source].id
      if let candidates, listed[row] != candidates.lists[source] {
        throw .inconsistent(.neighbors, "the candidates of article \"\(id)\" are others")
      }
      guard FloorCode.code(of: listed, row: row) == floors.codes[source] else {
        throw .inconsistent(.floors, "the last candidate of article \"\(id)\" scores otherwise")
      }
    }
  }

  private static func checkLanded(of file: IndexFile, jobs: Int) throws(IndexFileError) {
    let without = IndexFile(file, landed: LandedArticles(counts: file.counts))
    let landed = try without.taking(file.landed.steps, jobs: jobs)?.landed.encoded()
    guard try landed?.elementsEqual(file.section(.landed).all()) ?? false else {
      throw .inconsistent(.landed, "it is not what the stories' texts give")
    }
    try checkIdentities(of: file, jobs: jobs)
  }

  /// That what is read beside the file are the articles that an update makes of it, in the same order and
  /// in the same order of the input.
  private static func checkIdentities(of file: IndexFile, jobs: Int) throws(IndexFileError) {
    guard !file.landed.isEmpty else { return }
    let whole = try file.archive(jobs: jobs)
    var numbers: [Int] = []
    try file.landed.forEachInOrder { number throws(IndexFileError) in
      numbers.append(number)
      return true
    }
    let ranks = try file.inputRanks(of: numbers)
    let inputOrder = numbers.indices.sorted { ranks[$0] < ranks[$1] }
    var isSame = numbers.count == whole.count && inputOrder == whole.inputOrder
    for (place, number) in numbers.enumerated() where isSame {
      isSame = try file.id(number).utf8.elementsEqual(whole.articles[place].id.utf8)
    }
    guard isSame else { throw .inconsistent(.landed, "its stories are not those of an update") }
  }

  /// Writes the archive anew, with all that can be derived derived again.
  private static func compare(
    _ file: IndexFile, with archive: Archive, jobs: Int
  ) throws(IndexFileError) {
    let analysis = archive.analysis
    let labels = SeriesLabel.shared(by: archive.articles, jobs: jobs)
    let vectorizer = Vectorizer.fit(analysis, options: archive.vectorizer.options, jobs: jobs)
    let vectors = vectorizer.vectors(of: analysis.sequences, jobs: jobs)
    var derived = Archive(
      articles: archive.articles, inputOrder: archive.inputOrder,
      analysis: AnalyzedArchive(
        vocabulary: analysis.vocabulary, sequences: analysis.sequences,
        languages: analysis.languages, seriesLabels: labels, options: analysis.options,
        words: analysis.words, wordIDs: analysis.wordIDs),
      vectorizer: vectorizer, vectors: vectors, jobs: jobs)
    if let kept = archive.neighborhood {
      let all = Array(0..<archive.count)
      derived = derived.with(
        neighborhood: Neighborhood(
          lists: kept.lists,
          norms: Neighborhood.norms(of: all, in: derived, lists: kept.lists, jobs: jobs)),
        candidates: archive.candidates, candidateFloors: archive.candidateFloors,
        floor: derived.calibratedFloor(jobs: jobs))
    }
    let image = IndexImage(of: derived, toolVersion: file.toolVersion, jobs: jobs)
    for section in IndexSection.allCases where section != .landed {
      let found = try file.section(section).all()
      let expected = image[section]
      guard !found.elementsEqual(expected) else { continue }
      let place = zip(found, expected).prefix { $0 == $1 }.count
      throw .inconsistent(
        section, "at byte \(place) of \(found.count) it is not what the articles' words give")
    }
  }
}
