/// Articles as numbers of spellings in a table of their own: what one core has scanned.
struct ScannedChunk: Sendable {
  private(set) var spellings = SurfaceTable()
  private(set) var counts = SpellingCounts()
  private(set) var languages: [Language] = []
  private let seriesLabels: Set<String>
  /// Beside each spelling what it says about the language of its text.
  private var votes: [FunctionWordVotes] = []
  private var tokens: [UInt32] = []
  private var segmentStarts = [0]
  private var segmentFields: [ArticleField] = []
  private var articleSegments = [0]

  init(seriesLabels: Set<String>) { self.seriesLabels = seriesLabels }

  var articleCount: Int { languages.count }

  mutating func scan(_ article: Article, isSettled: Bool) {
    scan(title: article.title)
    for keyword in article.keywords { scan(keyword, field: .keywords) }
    let votes = scan(article.body, field: .body)
    endArticle(Analyzer.language(of: article, bodyVotes: votes), isSettled: isSettled)
  }

  /// An article of which only the title is read anew.
  mutating func scan(onlyTitle title: String, language: Language, isSettled: Bool) {
    scan(title: title)
    endArticle(language, isSettled: isSettled)
  }

  private mutating func endArticle(_ language: Language, isSettled: Bool) {
    let words = tokens[segmentStarts[articleSegments[articleSegments.count - 1]]...]
    counts.add(words, in: language, isSettled: isSettled, spellingCount: spellings.count)
    languages.append(language)
    articleSegments.append(segmentFields.count)
  }

  private mutating func scan(title: String) {
    let title = SeriesLabel.removed(from: title, ifIn: seriesLabels)
    if !title.isEmpty { scan(title, field: .title) }
  }

  /// A blank line ends a paragraph of the body; a text without any has a paragraph a line.
  ///
  /// Returns the votes of all its words.
  @discardableResult
  private mutating func scan(_ text: String, field: ArticleField) -> FunctionWordVotes {
    var text = text
    return text.withUTF8 { bytes in
      var sum = FunctionWordVotes()
      for paragraph in field == .body ? Paragraphs.ranges(in: bytes) : [0..<bytes.count] {
        sum.add(scan(UnsafeBufferPointer(rebasing: bytes[paragraph])))
        if tokens.count > segmentStarts[segmentStarts.count - 1] {
          segmentFields.append(field)
          segmentStarts.append(tokens.count)
        }
      }
      return sum
    }
  }

  private mutating func scan(_ text: UnsafeBufferPointer<UInt8>) -> FunctionWordVotes {
    var sum = FunctionWordVotes()
    withUnsafeTemporaryAllocation(
      of: SurfaceTable.FoundWord.self, capacity: SurfaceTable.blockSize
    ) { block in
      var count = 0
      WordScanner.scan(text) { word, head in
        if word.count > WordScanner.longestWord {
          sum.add(FunctionWordVotes(ofWord: UnsafeBufferPointer(rebasing: text[word])))
          return
        }
        block.initializeElement(at: count, to: .init(word, head: head))
        count += 1
        if count == block.count {
          sum.add(take(block, of: text))
          count = 0
        }
      }
      sum.add(take(UnsafeMutableBufferPointer(rebasing: block[..<count]), of: text))
    }
    return sum
  }

  /// Takes note of words and returns their votes.
  private mutating func take(
    _ words: UnsafeMutableBufferPointer<SurfaceTable.FoundWord>,
    of text: UnsafeBufferPointer<UInt8>
  ) -> FunctionWordVotes {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: words.count) { numbers in
      spellings.number(words, of: text, to: numbers)
      tokens.append(contentsOf: numbers)
      while votes.count < spellings.count {
        votes.append(spellings.withWord(votes.count, FunctionWordVotes.init(ofWord:)))
      }
      return votes.withUnsafeBufferPointer { votes in
        numbers.reduce(into: FunctionWordVotes()) { $0.add(votes[Int($1)]) }
      }
    }
  }

  /// The articles with a number in place of each word; words without one are left out.
  ///
  /// - Parameters:
  ///   - numbers: by language, beside each spelling a number, or `SurfaceTable.none`.
  ///   - articles: those of the chunk to take.
  func sequences(numbers: [[UInt32]], articles: Range<Int>) -> TermSequences {
    let segments = articleSegments[articles.lowerBound]..<articleSegments[articles.upperBound]
    let first = segmentStarts[segments.lowerBound]
    let capacity = segmentStarts[segments.upperBound] - first
    var starts = [0]
    starts.reserveCapacity(segments.count + 1)
    let terms = [UInt32](unsafeUninitializedCapacity: capacity) { terms, count in
      for article in articles {
        let numbers = numbers[Int(languages[article].rawValue)]
        for segment in articleSegments[article]..<articleSegments[article + 1] {
          for token in tokens[segmentStarts[segment]..<segmentStarts[segment + 1]] {
            // Written in any case, kept if it is one: which words are left out nobody can guess.
            let number = numbers[Int(token)]
            terms[count] = number
            count += number == SurfaceTable.none ? 0 : 1
          }
          starts.append(count)
        }
      }
    }
    return TermSequences(
      terms: terms, segmentStarts: starts, segmentFields: Array(segmentFields[segments]),
      articleSegments: articleSegments[articles.lowerBound...articles.upperBound].map {
        $0 - segments.lowerBound
      })
  }
}
