/// What an article says, in the terms of an index file: those that the archive has.
struct QueryText {
  /// In the archive's numbers.
  let sequences: TermSequences
  let language: Language
  /// Runs that several articles of the archive share, in the archive's numbers of their terms.
  let runs: [(terms: [UInt32], count: UInt8)]
  /// The pairs that are features, as often as they stand there.
  let pairs: [Pair]

  struct Pair: Sendable {
    let number: Int
    let first, second: UInt32
    let settledFrequency: Int
  }

  /// Scans, folds and stems as the archive was; looks words and pairs up in the file.
  init(
    of article: Article, in file: IndexFile, lexicon: inout Lexicon
  ) throws(IndexFileError) {
    try self.init(of: article, in: file, lexicon: &lexicon) { lexicon, text, _ in
      try lexicon.term(text)
    }
  }

  /// - Parameter number: of a term and the word that stands for it; nil for one to leave out.
  init(
    of article: Article, in file: IndexFile, lexicon: inout Lexicon,
    number: (inout Lexicon, _ term: String, _ word: String) throws -> Int?
  ) throws(IndexFileError) {
    var hashes: [UInt32: UInt64] = [:]
    let labels = try file.seriesLabels()
    do {
      (sequences, language) = try Analyzer.read(
        article, options: file.settings.analysis, seriesLabels: labels
      ) { text, word in
        guard let term = try number(&lexicon, text, word) else { return nil }
        hashes[UInt32(term)] = SharedRuns.hash(ofTerm: text.utf8)
        return UInt32(term)
      }
    } catch let error as IndexFileError { throw error } catch {
      throw IndexFileError(.unreadable, file.path, "\(error)")
    }
    runs = try Self.runs(of: sequences, hashes: hashes, in: file)
    pairs = try Self.pairs(of: sequences, lexicon: &lexicon)
  }

  private static func runs(
    of sequences: TermSequences, hashes: [UInt32: UInt64], in file: IndexFile
  ) throws(IndexFileError) -> [(terms: [UInt32], count: UInt8)] {
    guard file.settings.vectors.splitsSharedRuns else { return [] }
    // Numbers of its own for the query's few terms: a table of all hashes would be as large as the
    // vocabulary.
    let terms = Set(sequences.terms).sorted()
    let places = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, UInt32($0)) })
    let own = TermSequences(
      terms: sequences.terms.map { places[$0] ?? 0 }, segmentStarts: sequences.segmentStarts,
      segmentFields: sequences.segmentFields, articleSegments: sequences.articleSegments)
    var found: [(hash: UInt64, start: Int)] = []
    SharedRuns.forEachRun(of: 0, in: own, termHashes: terms.map { hashes[$0] ?? 0 }) {
      found.append(($0, $1))
    }
    let table = SharedRunTable(of: file)
    var runs: [(terms: [UInt32], count: UInt8)] = []
    for (hash, start) in found {
      guard let count = try table.count(of: hash) else { continue }
      runs.append(
        (Array(sequences.terms[start..<start + SharedRuns.runLength]), SharedRuns.grade(of: count)))
    }
    return runs
  }

  private static func pairs(
    of sequences: TermSequences, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [Pair] {
    guard lexicon.counts.pairs > 0 else { return [] }
    var pairs: [Pair] = []
    for segment in sequences.segmentFields.indices {
      let range = sequences.termRange(of: segment)
      for place in range.dropFirst() {
        let (first, second) = (sequences.terms[place - 1], sequences.terms[place])
        guard let number = try lexicon.pair(Int(first), Int(second)) else { continue }
        let frequency = try lexicon.secondAndFrequency(ofPair: number).settledFrequency
        pairs.append(
          Pair(number: number, first: first, second: second, settledFrequency: frequency))
      }
    }
    return pairs
  }
}
