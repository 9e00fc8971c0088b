/// Writes articles in the code of `SequenceCode`; knows all terms and words.
struct SequenceWriter: Sendable {
  private let sequences: TermSequences
  private let words: [UInt32]
  private let terms: [CompactTermRow]
  /// Beside each word its place among the commonest, or `noRank`.
  private let ranks: [UInt16]
  /// Nil where pairs have no numbers in the file.
  private let vectorizer: Vectorizer?
  private let sharedRuns: SharedRuns?

  private static let noRank = UInt16.max

  /// - Parameters:
  ///   - frequentWords: the commonest words, at most 65,535.
  ///   - vectorizer: nil where the file has no postings.
  init(
    analysis: AnalyzedArchive, rows: [TermRow], frequentWords: [Int], vectorizer: Vectorizer?,
    sharedRuns: SharedRuns?
  ) {
    sequences = analysis.sequences
    words = analysis.wordIDs
    terms = rows.map(CompactTermRow.init)
    var ranks = [UInt16](repeating: Self.noRank, count: analysis.words?.count ?? 0)
    for (rank, word) in frequentWords.enumerated() { ranks[word] = UInt16(rank) }
    self.ranks = ranks
    self.vectorizer = vectorizer
    self.sharedRuns = sharedRuns
  }

  /// - Parameter pairs: working memory.
  func write(_ article: Int, pairs: inout [UInt32], to bits: inout BitWriter) {
    let segments = sequences.segments(of: article)
    bits.writeGamma(segments.count + 1)
    for segment in segments {
      bits.write(UInt64(sequences.segmentFields[segment].rawValue), bits: 2)
      bits.writeGamma(sequences.termRange(of: segment).count + 1)
    }
    pairs.removeAll(keepingCapacity: true)
    let all = sequences.termRange(ofArticle: article)
    if let table = vectorizer?.features.onlyPairs {
      sequences.terms[all].withUnsafeBufferPointer { table.ids(of: $0, to: &pairs) }
    }
    for segment in segments {
      writeWords(
        sequences.termRange(of: segment), pairs: pairs, firstPair: all.lowerBound, to: &bits)
    }
    writeRuns(of: article, pairs: pairs, to: &bits)
  }

  /// - Parameters:
  ///   - pairs: beside each term the pair that it begins, or `FeatureSpace.none`; or empty.
  ///   - start: the place of the term that the first of `pairs` is of.
  private func writeWords(
    _ places: Range<Int>, pairs: [UInt32], firstPair start: Int, to bits: inout BitWriter
  ) {
    let words = words.span.extracting(places)
    let termIDs = sequences.terms.span.extracting(places)
    let pairs = pairs.span
    let terms = terms.span
    let ranks = ranks.span
    let wordCount = ranks.count
    for place in 0..<words.count {
      let word = words[place]
      if place > 0, pairs.count > 0 {
        let first = terms[Int(termIDs[place - 1])]
        if first.pairCount > 0 {
          let pair = pairs[places.lowerBound + place - 1 - start]
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

  private func writeRuns(of article: Int, pairs: [UInt32], to bits: inout BitWriter) {
    var stretches: [(start: Int, length: Int, count: UInt8)] = []
    let runs =
      vectorizer?.sharedRuns(of: article, in: sequences, pairs: pairs)
      ?? sharedRuns?.runs(of: article, in: sequences) ?? []
    for run in runs {
      if let last = stretches.last, last.start + last.length == run.start, last.count == run.grade {
        stretches[stretches.count - 1].length += 1
      } else {
        stretches.append((run.start, 1, run.grade))
      }
    }
    bits.writeGamma(stretches.count + 1)
    var end = 0
    for stretch in stretches {
      bits.writeGamma(stretch.start - end + 1)
      bits.writeGamma(stretch.length)
      bits.write(UInt64(stretch.count), bits: 8)
      end = stretch.start + stretch.length
    }
  }
}
