/// Which settled articles an update took from an archive, and which it gave it: see `SettledArticles`.
struct SettledChange {
  let before: SettledNumbers
  let now: SettledNumbers
  /// Beside each article of before its number now; nil for one that is gone.
  let numbersNow: [Int?]
  /// Settled articles of before, by their numbers then, that are gone or among the newest now.
  let left: [Int]
  /// Settled articles now that are new or were among the newest.
  let joined: [Int]

  /// - Parameters:
  ///   - count: how many articles there were.
  ///   - origins: beside each article now where it comes from.
  init(from count: Int, to origins: [ArticleOrigin]) {
    let (before, now) = (SettledNumbers(of: count), SettledNumbers(of: origins.count))
    var numbersNow = [Int?](repeating: nil, count: count)
    for (number, origin) in origins.enumerated() {
      if let old = origin.oldNumber { numbersNow[old] = number }
    }
    left = (before.first..<count).filter { numbersNow[$0].map(now.contains) != true }
    joined = (now.first..<origins.count).filter {
      origins[$0].oldNumber.map(before.contains) != true
    }
    (self.before, self.now, self.numbersNow) = (before, now, numbersNow)
  }
}
