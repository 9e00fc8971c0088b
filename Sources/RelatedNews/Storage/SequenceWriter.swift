/// Writes articles in the code of `SequenceCode`; knows all terms and words.
struct SequenceWriter: Sendable {
  private let sequences: TermSequences
  private let words: [UInt32]
  private let terms: [CompactTermRow]
  /// Beside each word its place among the commonest, or `noRank`.
  private let ranks: [UInt16]
  /// Finds the phrases where they are not known.
  private let vectorizer: Vectorizer
  private let phrases: Phrases?

  private static let noRank = UInt16.max

  /// - Parameters:
  ///   - rows: of terms; without pairs where the file has no postings.
  ///   - frequentWords: the commonest words, at most 65,535.
  ///   - phrases: nil where they are not known.
  init(
    analysis: AnalyzedArchive, rows: [TermRow], frequentWords: [Int], vectorizer: Vectorizer,
    phrases: Phrases?
  ) {
    sequences = analysis.sequences
    words = analysis.wordIDs
    terms = rows.map(CompactTermRow.init)
    var ranks = [UInt16](repeating: Self.noRank, count: analysis.words?.count ?? 0)
    for (rank, word) in frequentWords.enumerated() { ranks[word] = UInt16(rank) }
    self.ranks = ranks
    self.vectorizer = vectorizer
    self.phrases = phrases
  }

  /// - Parameter memory: working memory.
  func write(_ article: Int, memory: inout Memory, to bits: inout BitWriter) {
    let all = sequences.termRange(ofArticle: article)
    if let phrases {
      write(
        article, pairs: phrases.pairs.span.extracting(all),
        stretches: phrases.stretches(of: article), to: &bits)
    } else {
      memory.phrases.removeAll()
      memory.phrases.append(
        article, of: sequences, vectorizer: vectorizer, found: &memory.found)
      write(
        article, pairs: memory.phrases.pairs.span, stretches: memory.phrases.stretches(of: 0),
        to: &bits)
    }
  }

  /// What is made for one article, in memory that serves the next one too.
  struct Memory {
    fileprivate var phrases = Phrases()
    fileprivate var found: [UInt32] = []
  }

  /// - Parameter pairs: beside each term of the article the pair that it begins, or
  ///   `FeatureSpace.none`.
  private func write(
    _ article: Int, pairs: Span<UInt32>, stretches: ArraySlice<Phrases.Stretch>,
    to bits: inout BitWriter
  ) {
    let segments = sequences.segments(of: article)
    bits.writeGamma(segments.count + 1)
    for segment in segments {
      bits.write(UInt64(sequences.segmentFields[segment].rawValue), bits: 2)
      bits.writeGamma(sequences.termRange(of: segment).count + 1)
    }
    let start = sequences.termRange(ofArticle: article).lowerBound
    for segment in segments {
      let range = sequences.termRange(of: segment)
      writeWords(
        range, pairs: pairs.extracting(range.lowerBound - start..<range.upperBound - start),
        to: &bits)
    }
    write(stretches, to: &bits)
  }

  /// - Parameter pairs: beside each term of these.
  private func writeWords(_ places: Range<Int>, pairs: Span<UInt32>, to bits: inout BitWriter) {
    let words = words.span.extracting(places)
    let termIDs = sequences.terms.span.extracting(places)
    let terms = terms.span
    let ranks = ranks.span
    let wordCount = ranks.count
    for place in 0..<words.count {
      let word = words[place]
      if place > 0 {
        let first = terms[Int(termIDs[place - 1])]
        if first.pairCount > 0 {
          let pair = pairs[place - 1]
          if pair != FeatureSpace.none {
            let width = bitWidth(below: Int(first.pairCount))
            bits.write(1 | UInt64(pair - first.pairStart) << 1, bits: width + 1)
            let term = terms[Int(termIDs[place])]
            writeVariant(Int(word - term.wordStart), of: term, to: &bits)
            continue
          }
          bits.write(0, bits: 1)
        }
      }
      let rank = ranks[Int(word)]
      WordCode.write(
        word: Int(word), rank: rank == Self.noRank ? nil : Int(rank), of: wordCount, to: &bits)
    }
  }

  /// Which word of a term: most often the one that readers know it by.
  @inline(__always)
  private func writeVariant(_ variant: Int, of term: CompactTermRow, to bits: inout BitWriter) {
    guard term.wordCount > 1 else { return }
    let displayed = Int(term.displayed)
    guard variant != displayed else { return bits.write(1, bits: 1) }
    bits.write(0, bits: 1)
    bits.write(
      UInt64(variant > displayed ? variant - 1 : variant),
      bits: bitWidth(below: Int(term.wordCount) - 1))
  }

  private func write(_ stretches: ArraySlice<Phrases.Stretch>, to bits: inout BitWriter) {
    bits.writeGamma(stretches.count + 1)
    var end = 0
    for stretch in stretches {
      bits.writeGamma(stretch.start - end + 1)
      bits.writeGamma(stretch.length)
      bits.write(UInt64(stretch.grade), bits: 8)
      end = stretch.start + stretch.length
    }
  }
}
