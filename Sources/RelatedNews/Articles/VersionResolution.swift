/// Of several records of one article the newest version stays.
struct VersionResolution {
  private(set) var collection = ArticleCollection()
  // Keys are bytes: Swift's String would take the two spellings of "é" for one id.
  private var indexOfID: [[UInt8]: Int] = [:]
  private var indexOfAddress: [[UInt8]: Int] = [:]
  private var kept: [ReadRecord] = []

  static func resolve(_ records: [ReadRecord], bytesRead: Int) -> ArticleCollection {
    var resolution = VersionResolution()
    resolution.add(records)
    return resolution.finished(bytesRead: bytesRead)
  }

  /// The later `updated` wins, then the higher version, else the later record; it stands where the
  /// first stood. What was replaced is said.
  ///
  /// Records are of one article if they share an id. They are also if they share an address, and
  /// have the same headline or only one of them has an id of its own: a story from a feed and its
  /// saved page are one. Two ids that a newsroom gave to two headlines stay two, and so do two
  /// pages of a site whose template names one address for all.
  mutating func add(_ records: [ReadRecord]) {
    for record in records {
      collection.remarks += record.remarks
      collection.report.add(record)
      guard let article = record.article else { continue }
      let id = Array(article.id.utf8)
      let address = article.url.flatMap(CanonicalURL.identity).map { Array($0.utf8) }
      if let index = indexOfID[id] {
        settle(record, index, because: "\"\(article.id)\" is replaced by its newer version")
      } else if let address, let index = indexOfAddress[address], isSame(record, kept[index]) {
        indexOfID[id] = index
        settle(
          record, index,
          because: "\"\(article.id)\" and \"\(kept[index].article?.id ?? "")\" have one address; "
            + "replaced by the newer version")
      } else {
        indexOfID[id] = kept.count
        if let address, indexOfAddress[address] == nil { indexOfAddress[address] = kept.count }
        kept.append(record)
      }
    }
  }

  func finished(bytesRead: Int) -> ArticleCollection {
    var result = collection
    result.articles = kept.compactMap(\.article)
    result.bytesRead = bytesRead
    return result
  }

  private mutating func settle(_ record: ReadRecord, _ index: Int, because text: String) {
    let old = kept[index]
    let isNewer = Self.isVersion(record, newerThan: old)
    let (loser, winner) = isNewer ? (old, record) : (record, old)
    let remark = ReadingRemark(
      place: loser.place, message: "\(text) at \(winner.place)", kind: .replaced,
      reason: loser.article?.id == winner.article?.id
        ? "replaced by a newer version" : "one address, merged")
    collection.remarks.append(remark)
    collection.report.add(remark)
    guard isNewer else { return keepOwnID(of: record, at: index) }
    kept[index] = record
    keepOwnID(of: old, at: index)
  }

  /// An id that a newsroom gave outlives one made from an address.
  private mutating func keepOwnID(of other: ReadRecord, at index: Int) {
    guard kept[index].hasDerivedID, !other.hasDerivedID, let id = other.article?.id else { return }
    kept[index].article?.id = id
    kept[index].hasDerivedID = false
  }

  private func isSame(_ a: ReadRecord, _ b: ReadRecord) -> Bool {
    if a.hasDerivedID != b.hasDerivedID { return true }
    guard let a = a.article?.title, let b = b.article?.title else { return false }
    return MarkupText.oneLine(a).lowercased() == MarkupText.oneLine(b).lowercased()
  }

  private static func isVersion(_ later: ReadRecord, newerThan earlier: ReadRecord) -> Bool {
    let a = earlier.article?.updated
    let b = later.article?.updated
    if let a, let b, a != b { return b > a }
    if let a = earlier.version, let b = later.version, a != b { return b > a }
    if a != nil, b == nil { return false }
    return true
  }
}
