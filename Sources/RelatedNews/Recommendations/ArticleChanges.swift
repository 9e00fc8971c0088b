import Foundation

/// What adding and removing does to the articles of an archive, before anything is analysed.
struct ArticleChanges {
  /// All articles, in the archive's order.
  let articles: [Article]
  let inputOrder: [Int]
  /// Beside each article where it comes from; kept ones keep their order.
  let origins: [ArticleOrigin]
  /// What a person should know, in order.
  let remarks: [ReadingRemark]

  /// Removes first, then adds, as if the archive's articles had been read and then these: an
  /// article of a known id takes its place, unless it was updated earlier.
  ///
  /// - Complexity: O(n + a log a), a the articles added.
  init(of archive: Archive, adding: [Article], removing: [String]) {
    self.init(
      of: archive.articles, inputOrder: archive.inputOrder, adding: adding, removing: removing,
      number: archive.number(of:))
  }

  /// - Parameters:
  ///   - old: in the archive's order.
  ///   - inputOrder: their numbers in the order of the input.
  ///   - number: of an id.
  init(
    of old: [Article], inputOrder oldOrder: [Int], adding: [Article], removing: [String],
    number numberOf: (String) -> Int?
  ) {
    var remarks: [ReadingRemark] = []
    var isKept = [Bool](repeating: true, count: old.count)
    for id in removing {
      guard let number = numberOf(id) else {
        remarks.append(Self.remark(id, "is not in the archive: nothing to remove", .warning))
        continue
      }
      isKept[number] = false
    }
    var added: [Article] = []
    /// The place in `added` of what replaces an article of the archive.
    var replacement: [Int: Int] = [:]
    var placeOfID: [Data: Int] = [:]
    for article in adding {
      let id = Data(article.id.utf8)
      if let place = placeOfID[id] {
        if Self.isVersion(article, newerThan: added[place]) { added[place] = article }
        continue
      }
      let number = numberOf(article.id)
      if let number, isKept[number] {
        guard Self.isVersion(article, newerThan: old[number]) else {
          remarks.append(
            Self.remark(article.id, "is older than the archive's version, which stays", .skipped))
          continue
        }
        remarks.append(
          Self.remark(article.id, "is replaced by its newer version", .replaced))
        isKept[number] = false
        replacement[number] = added.count
      } else if number != nil {
        remarks.append(Self.remark(article.id, "is removed and added: it stays", .replaced))
      }
      placeOfID[id] = added.count
      added.append(article)
    }
    self.remarks = remarks

    var articles: [Article] = []
    var origins: [ArticleOrigin] = []
    var numberOfAdded = [Int](repeating: 0, count: added.count)
    var newNumbers = [Int?](repeating: nil, count: old.count)
    var waiting = Archive.articleOrder(of: added)[...]
    func takeAdded(before next: Article?) {
      while let place = waiting.first {
        if let next, !Archive.isOrdered(added[place], before: next) { return }
        numberOfAdded[place] = articles.count
        articles.append(added[place])
        origins.append(.new)
        waiting = waiting.dropFirst()
      }
    }
    for (number, article) in old.enumerated() where isKept[number] {
      takeAdded(before: article)
      newNumbers[number] = articles.count
      articles.append(article)
      origins.append(.kept(number))
    }
    takeAdded(before: nil)
    self.articles = articles
    self.origins = origins
    let isReplacement = Set(replacement.values)
    inputOrder =
      oldOrder.compactMap { number in
        newNumbers[number] ?? replacement[number].map { numberOfAdded[$0] }
      } + added.indices.filter { !isReplacement.contains($0) }.map { numberOfAdded[$0] }
  }

  /// Whether a later record of an id takes the earlier one's place: unless it was updated earlier.
  private static func isVersion(_ later: Article, newerThan earlier: Article) -> Bool {
    guard let before = earlier.updated else { return true }
    return later.updated.map { $0 >= before } ?? false
  }

  private static func remark(
    _ id: String, _ message: String, _ kind: ReadingRemark.Kind
  ) -> ReadingRemark {
    ReadingRemark(place: "\"\(id)\"", message: message, kind: kind)
  }
}
