/// The articles from which an archive learns: all but the newest few, which are only read by it.
///
/// A story that lands must not move what everything that was there is. So the names of columns, the
/// words by which terms are known, document frequencies, the pairs and runs of words that are known and
/// the score floor follow from the settled articles alone; these become more by a 64th of the archive at
/// a time, and then everything is weighed anew. The newest 1 to 3 % wait until then: their words are
/// features all the same, and what only they have is as rare as what one settled article has.
///
/// Of twelve stories added to 18,950 articles of reuters21578 each changes 49 lists in the mean, where
/// counting all articles 1,800 were changed. On digitalgov that costs −.003 [−.006, +.000], +.000
/// [−.003, +.004] and −.001 [−.004, +.002] nDCG@10 (text alone, only older, defaults); steps of an
/// eighth (6 to 25 % wait) lose .004.
///
/// A function of the number of articles, so an archive's lists do not depend on how it came about.
enum SettledArticles {
  /// Of so few articles all are settled.
  private static let fewest = 64

  /// How many of `n` articles are settled: those of the highest numbers, which are the oldest.
  static func count(of n: Int) -> Int {
    guard n >= fewest else { return n }
    let step = (1 << (Int.bitWidth - 1 - n.leadingZeroBitCount)) / fewest
    return n / step * step - step
  }
}

/// Which articles are settled, by their numbers: all from `first` on.
struct SettledNumbers: Sendable {
  let first: Int

  /// - Parameter settledCount: how many of the articles are settled, where that is not as
  ///   `SettledArticles` has it.
  init(of articleCount: Int, settledCount: Int? = nil) {
    first = articleCount - (settledCount ?? SettledArticles.count(of: articleCount))
  }

  func contains(_ number: Int) -> Bool { number >= first }
}
