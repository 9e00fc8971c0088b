/// Where an article of an archive that was brought up to date comes from.
package enum ArticleOrigin: Sendable, Hashable {
  /// It was there before, under this number.
  case kept(Int)
  /// It is new, or replaces one of the same id.
  case new

  /// Its number before.
  package var oldNumber: Int? {
    if case .kept(let number) = self { number } else { nil }
  }
}

/// An analysis brought up to date: equal in every array to one made afresh of the same articles, yet
/// no text that was read before is read again.
package struct AnalysisUpdate: Sendable {
  package let analysis: AnalyzedArchive
  /// Beside each term of before its number now; `UInt32.max` where it stands nowhere any more.
  /// Ascending, as terms keep their order.
  package let newTerms: [UInt32]
  /// Kept articles (their numbers now) whose headline reads otherwise than before, as the name of
  /// its column became or ceased to be shared; ascending.
  package let rereadArticles: [Int]
  /// Terms (their numbers now) that were there before under another display form.
  package let renamedTerms: [Int]
}

extension AnalyzedArchive {
  /// The analysis of an archive whose articles changed.
  ///
  /// - Parameters:
  ///   - old: the articles of before, of which only titles are read.
  ///   - articles: all of them, in the archive's new order; of those kept only the title is read.
  ///   - origins: beside each where it comes from; kept ones in their old order.
  /// - Precondition: words are kept.
  /// - Complexity: O(text of the new articles + t), t the terms of all, at memory speed.
  package func updated(
    from old: [Article], to articles: [Article], origins: [ArticleOrigin], jobs: Int
  ) -> AnalysisUpdate {
    guard let words else { preconditionFailure("an archive that is updated keeps its words") }
    let settled = SettledChange(from: old.count, to: origins)
    let labels = SeriesLabelUpdate(
      of: seriesLabels, from: old, to: articles, origins: origins, settled: settled)
    let reread = labels.rereadArticles
    let occurrences = occurrencesLeft(
      of: words, origins: origins, reread: reread, settled: settled)

    let scanned = (origins.indices.filter { origins[$0] == .new } + reread).sorted()
    let scan = ArchiveScan(count: scanned.count, seriesLabels: labels.labels, jobs: jobs) {
      chunk, index in
      let number = scanned[index]
      let isSettled = settled.now.contains(number)
      if let old = origins[number].oldNumber {
        chunk.scan(
          onlyTitle: articles[number].title, language: languages[old], isSettled: isSettled)
      } else {
        chunk.scan(articles[number], isSettled: isSettled)
      }
    }
    let table = WordTableUpdate(
      of: self, words: words, occurrences: occurrences, read: scan.words, jobs: jobs)
    // Beside each term of these sequences stands its word: terms follow from words.
    let fresh = scan.sequences(numbers: table.numberOfRead, jobs: jobs)
    let ranges = evenRanges(of: origins.count, pieces: jobs * 4)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { piece in
      var splice = SequenceSplice(
        of: self, newWords: table.newWords, terms: table.words.terms, fresh: fresh)
      var next = scanned.firstIndex { $0 >= ranges[piece].lowerBound } ?? scanned.count
      for number in ranges[piece] {
        let isScanned = next < scanned.count && scanned[next] == number
        switch (origins[number], isScanned) {
        case (.kept(let old), false): splice.append(kept: old)
        case (.kept(let old), true): splice.append(kept: old, titleFrom: next)
        case (.new, _): splice.append(fresh: next)
        }
        if isScanned { next += 1 }
      }
      return splice
    }
    let sequences = TermSequences(joining: parts.map(\.sequences), jobs: jobs)
    let freshLanguages = scan.languages
    var languageOf = [Int: Language]()
    for (index, number) in scanned.enumerated() { languageOf[number] = freshLanguages[index] }
    return AnalysisUpdate(
      analysis: AnalyzedArchive(
        vocabulary: table.vocabulary, sequences: sequences,
        languages: origins.enumerated().map { number, origin in
          origin.oldNumber.map { languages[$0] } ?? languageOf[number] ?? .und
        },
        seriesLabels: labels.labels, options: options, words: table.words,
        wordIDs: concurrentJoin(parts.map(\.words), jobs: jobs)),
      newTerms: table.newTerms, rereadArticles: reread, renamedTerms: table.renamedTerms)
  }

  /// How often each word stands in what is kept, settled or not as that is now: not in removed
  /// articles, nor in headlines that are read anew.
  private func occurrencesLeft(
    of words: WordTable, origins: [ArticleOrigin], reread: [Int], settled: SettledChange
  ) -> [Occurrences] {
    var left = words.occurrences
    for (old, number) in settled.numbersNow.enumerated() {
      let wasSettled = settled.before.contains(old)
      let isSettled = number.map(settled.now.contains)
      guard isSettled != wasSettled else { continue }
      let words = wordIDs[sequences.termRange(ofArticle: old)]
      left.remove(words, isSettled: wasSettled)
      if let isSettled { left.add(words, isSettled: isSettled) }
    }
    for number in reread {
      guard let old = origins[number].oldNumber else { continue }
      for segment in sequences.segments(of: old) where sequences.segmentFields[segment] == .title {
        left.remove(
          wordIDs[sequences.termRange(of: segment)], isSettled: settled.now.contains(number))
      }
    }
    return left
  }
}

/// Which column names are shared now, and whose headlines that changes.
private struct SeriesLabelUpdate {
  let labels: Set<String>
  let rereadArticles: [Int]

  /// Only labels of settled articles that came or went can have changed, so only these are counted:
  /// none, where a story lands.
  init(
    of before: Set<String>, from old: [Article], to articles: [Article],
    origins: [ArticleOrigin], settled: SettledChange
  ) {
    let titles = settled.left.map { old[$0].title } + settled.joined.map { articles[$0].title }
    let concerned = Set(titles.compactMap { SeriesLabel.split($0)?.label })
    guard !concerned.isEmpty else {
      labels = before
      rereadArticles = []
      return
    }
    let firstBytes = Set(concerned.compactMap(\.utf8.first))
    var having: [String: [Int]] = [:]
    for (number, article) in articles.enumerated() {
      guard Self.mayBegin(article.title, withOneOf: firstBytes),
        let (label, _) = SeriesLabel.split(article.title), concerned.contains(label)
      else { continue }
      having[label, default: []].append(number)
    }
    let shared = concerned.filter { label in
      let count = having[label]?.count(where: settled.now.contains) ?? 0
      return count >= SeriesLabel.fewestHeadlines
    }
    labels = before.subtracting(concerned).union(shared)
    let flipped = labels.symmetricDifference(before)
    rereadArticles = having.filter { flipped.contains($0.key) }.flatMap(\.value)
      .filter { origins[$0] != .new }.sorted()
  }

  /// A quick no: two ASCII bytes decide what a title's lower-case form begins with.
  private static func mayBegin(_ title: String, withOneOf firstBytes: Set<UInt8>) -> Bool {
    let bytes = title.utf8.prefix(2)
    guard bytes.count == 2, bytes.allSatisfy({ $0 < 0x80 }), let first = bytes.first else {
      return true
    }
    let isUpper = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    return firstBytes.contains(isUpper ? first | 0x20 : first)
  }
}

/// Word sequences put together from old and new ones, article by article.
private struct SequenceSplice: Sendable {
  private let archive: AnalyzedArchive
  private let newWords: [UInt32]
  /// Beside each word now its term.
  private let termOfWord: [UInt32]
  private let fresh: TermSequences
  private(set) var words: [UInt32] = []
  private var terms: [UInt32] = []
  private var segmentStarts = [0]
  private var segmentFields: [ArticleField] = []
  private var articleSegments = [0]

  init(
    of archive: AnalyzedArchive, newWords: [UInt32], terms: [UInt32], fresh: TermSequences
  ) {
    self.archive = archive
    self.newWords = newWords
    termOfWord = terms
    self.fresh = fresh
  }

  mutating func append(kept old: Int) {
    for segment in archive.sequences.segments(of: old) { append(oldSegment: segment) }
    articleSegments.append(segmentFields.count)
  }

  mutating func append(kept old: Int, titleFrom article: Int) {
    for segment in fresh.segments(of: article) { append(freshSegment: segment) }
    for segment in archive.sequences.segments(of: old)
    where archive.sequences.segmentFields[segment] != .title {
      append(oldSegment: segment)
    }
    articleSegments.append(segmentFields.count)
  }

  mutating func append(fresh article: Int) {
    for segment in fresh.segments(of: article) { append(freshSegment: segment) }
    articleSegments.append(segmentFields.count)
  }

  private mutating func append(oldSegment segment: Int) {
    for word in archive.wordIDs[archive.sequences.termRange(of: segment)] {
      words.append(newWords[Int(word)])
    }
    close(archive.sequences.segmentFields[segment])
  }

  private mutating func append(freshSegment segment: Int) {
    words += fresh.terms[fresh.termRange(of: segment)]
    close(fresh.segmentFields[segment])
  }

  private mutating func close(_ field: ArticleField) {
    for place in terms.count..<words.count { terms.append(termOfWord[Int(words[place])]) }
    segmentStarts.append(words.count)
    segmentFields.append(field)
  }

  /// Beside each of its terms stands its word in `words`.
  var sequences: TermSequences {
    TermSequences(
      terms: terms, segmentStarts: segmentStarts, segmentFields: segmentFields,
      articleSegments: articleSegments)
  }
}
