/// Reads all articles of an index file, whose lexicon is in memory.
///
/// The same as `SequenceCode.append`, which asks a lexicon piece by piece and is its plain twin:
/// `IndexFileTests`. Unsafe: terms, words and pairs are looked up without bounds checks, as
/// `LoadedLexicon` has checked every number that stands in its rows.
struct SequenceReader: Sendable {
  private let terms: [CompactTermRow]
  /// Beside each pair its second term.
  private let seconds: [UInt32]
  private let termOfWord: [UInt32]
  private let frequentWords: [UInt32]
  private let wordBits: Int

  init(_ lexicon: LoadedLexicon) {
    terms = lexicon.terms.map(CompactTermRow.init)
    seconds = lexicon.pairs.map { UInt32($0.second) }
    termOfWord = lexicon.termOfWord
    frequentWords = lexicon.frequentWords
    wordBits = bitWidth(below: lexicon.counts.words)
  }

  /// Articles as they were read.
  struct Part: Sendable {
    fileprivate(set) var terms: [UInt32] = []
    /// Beside each term the word it stands for.
    fileprivate(set) var words: [UInt32] = []
    /// Beside each term the pair that it begins, or `FeatureSpace.none`.
    fileprivate(set) var pairs: [UInt32] = []
    fileprivate(set) var stretches: [Phrases.Stretch] = []
    /// Beside each article where its stretches end.
    fileprivate(set) var stretchEnds: [Int] = []
    fileprivate(set) var segmentStarts = [0]
    fileprivate(set) var fields: [ArticleField] = []
    fileprivate(set) var articleSegments = [0]

    fileprivate var sequences: TermSequences {
      TermSequences(
        terms: terms, segmentStarts: segmentStarts, segmentFields: fields,
        articleSegments: articleSegments)
    }

    fileprivate var phrases: Phrases {
      Phrases(pairs: pairs, stretches: stretches, stretchEnds: stretchEnds)
    }
  }

  /// The articles of `parts`, one after the other, beside each term its word, and their phrases.
  static func joined(
    _ parts: [Part], jobs: Int
  ) -> (TermSequences, wordIDs: [UInt32], phrases: Phrases) {
    (
      TermSequences(joining: parts.map(\.sequences), jobs: jobs),
      concurrentJoin(parts.map(\.words), jobs: jobs),
      Phrases(joining: parts.map(\.phrases), jobs: jobs)
    )
  }

  /// Appends the `count` articles of a piece.
  func append(
    _ bytes: UnsafeRawBufferPointer, count: Int, to part: inout Part
  ) throws(IndexFileError) {
    var reader = ByteReader(bytes, of: .sequences)
    for _ in 0..<count {
      try append(try reader.span(length: try reader.count(atMost: bytes.count)), to: &part)
    }
  }

  private func append(
    _ bytes: UnsafeRawBufferPointer, to part: inout Part
  ) throws(IndexFileError) {
    var bits = BitReader(bytes)
    let firstSegment = part.fields.count
    var end = part.terms.count
    let count = try SequenceCode.readSegments(of: bytes, from: &bits) { field, length in
      end += length
      part.fields.append(field)
      part.segmentStarts.append(end)
    }
    part.articleSegments.append(part.fields.count)
    part.terms.append(contentsOf: repeatElement(0, count: count))
    part.words.append(contentsOf: repeatElement(0, count: count))
    part.pairs.append(contentsOf: repeatElement(FeatureSpace.none, count: count))
    for segment in firstSegment..<part.fields.count {
      guard
        readTerms(
          part.segmentStarts[segment]..<part.segmentStarts[segment + 1], from: &bits,
          terms: &part.terms, words: &part.words, pairs: &part.pairs)
      else { throw SequenceCode.broken("a word or a pair that is not there") }
    }
    var runsEnd = 0
    try SequenceCode.readRuns(termCount: count, from: &bits) { start, length, articles in
      part.stretches.append(Phrases.Stretch(start: start, length: length, grade: articles))
      runsEnd = start + length - 1 + SharedRuns.runLength
    }
    guard runsEnd <= count else { throw SequenceCode.broken("a run that ends behind its article") }
    part.stretchEnds.append(part.stretches.count)
  }

  /// Reads the terms of a segment to their places.
  ///
  /// - Returns: whether all were there.
  private func readTerms(
    _ places: Range<Int>, from bits: inout BitReader, terms: inout [UInt32], words: inout [UInt32],
    pairs: inout [UInt32]
  ) -> Bool {
    let rows = self.terms.span
    let seconds = seconds.span
    let termOfWord = termOfWord.span
    let frequentWords = frequentWords.span
    var terms = terms.mutableSpan
    var words = words.mutableSpan
    var pairs = pairs.mutableSpan
    var previous: CompactTermRow?
    for place in places {
      let term: Int
      let word: Int
      if let previous, previous.pairCount > 0, bits.readBit() {
        let pair = Int(bits.read(bits: bitWidth(below: Int(previous.pairCount))))
        guard pair < Int(previous.pairCount) else { return false }
        term = Int(seconds[unchecked: Int(previous.pairStart) + pair])
        pairs[place - 1] = previous.pairStart + UInt32(truncatingIfNeeded: pair)
        word = Self.variant(of: rows[unchecked: term], from: &bits)
      } else {
        let (rank, number) = WordCode.read(bits: wordBits, from: &bits)
        if let rank {
          guard rank < frequentWords.count else { return false }
          word = Int(frequentWords[unchecked: rank])
        } else {
          word = number
        }
        guard word < termOfWord.count else { return false }
        term = Int(termOfWord[unchecked: word])
      }
      guard !bits.isBroken else { return false }
      terms[place] = UInt32(truncatingIfNeeded: term)
      words[place] = UInt32(truncatingIfNeeded: word)
      previous = rows[unchecked: term]
    }
    return true
  }

  /// Which word of a term it is.
  @inline(__always)
  private static func variant(of term: CompactTermRow, from bits: inout BitReader) -> Int {
    let start = Int(term.wordStart)
    guard term.wordCount > 1 else { return start }
    guard !bits.readBit() else { return start + Int(term.displayed) }
    let place = Int(bits.read(bits: bitWidth(below: Int(term.wordCount) - 1)))
    let variant = place >= Int(term.displayed) ? place + 1 : place
    return start + min(variant, Int(term.wordCount) - 1)
  }
}
