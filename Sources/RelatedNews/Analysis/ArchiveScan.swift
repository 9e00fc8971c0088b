/// All texts of an archive scanned once, every core with a table of spellings of its own.
struct ArchiveScan: Sendable {
  let words: ArchiveWords
  private let chunks: [ScannedChunk]
  /// Beside each spelling of each chunk its number in `words`.
  private let spellings: [[UInt32]]
  private let pieces: [Piece]

  /// Articles that follow each other in the archive and in a chunk.
  private struct Piece: Sendable {
    let chunk: Int
    let articles: Range<Int>
  }

  /// - Precondition: `articles` stand in the archive's order.
  /// - Complexity: O(bytes of text), spread over `jobs` cores.
  init(of articles: [Article], seriesLabels: Set<String>, jobs: Int) {
    let settled = SettledNumbers(of: articles.count)
    self.init(count: articles.count, seriesLabels: seriesLabels, jobs: jobs) { chunk, number in
      // Through a span, which lends an article without counting who has each of its texts.
      chunk.scan(articles.span[number], isSettled: settled.contains(number))
    }
  }

  /// - Parameter scan: scans the article of a number.
  init(
    count: Int, seriesLabels: Set<String>, jobs: Int,
    scan: @Sendable (inout ScannedChunk, Int) -> Void
  ) {
    let ranges = evenRanges(of: count, pieces: jobs * 16)
    let (scanned, chunks) = concurrentMap(
      count: ranges.count, jobs: jobs, workspace: ScannedChunk(seriesLabels: seriesLabels)
    ) { chunk, piece in
      let first = chunk.articleCount
      for article in ranges[piece] { scan(&chunk, article) }
      return first..<chunk.articleCount
    }
    self.chunks = chunks
    pieces = scanned.map { Piece(chunk: $0.worker, articles: $0.result) }
    var table = chunks[0].spellings
    var counts = chunks[0].counts
    var spellings = [Array(0..<UInt32(table.count))]
    for chunk in chunks.dropFirst() {
      let numbers = table.merge(chunk.spellings)
      counts.merge(chunk.counts, numbers: numbers, spellingCount: table.count)
      spellings.append(numbers)
    }
    words = ArchiveWords(spellings: table, counts: counts)
    self.spellings = spellings
  }

  /// Beside each article its language.
  var languages: [Language] { pieces.flatMap { chunks[$0.chunk].languages[$0.articles] } }

  /// The articles with a number in place of each word; words without one are left out.
  ///
  /// - Parameter numbers: beside each of `words` a number, or `SurfaceTable.none`.
  func sequences(numbers: [UInt32], jobs: Int) -> TermSequences {
    let ofChunks = spellings.map { words.numbers(numbers, ofSpellings: $0) }
    return TermSequences(
      joining: concurrentMap(count: pieces.count, jobs: jobs) { piece in
        let (chunk, articles) = (pieces[piece].chunk, pieces[piece].articles)
        return chunks[chunk].sequences(numbers: ofChunks[chunk], articles: articles)
      }, jobs: jobs)
  }
}
