import RelatedNews

/// What is said about reading: every record that was left out, and a closing line.
enum ReadingMessages {
  /// So many places are named for one reason; thousands would hide the other reasons.
  private static let mostPlaces = 50

  static func say(_ remarks: [ReadingRemark]) {
    var counts: [String: Int] = [:]
    for remark in remarks where remark.kind != .passedOver {
      let count = counts[remark.reason, default: 0] + 1
      counts[remark.reason] = count
      if count <= mostPlaces { Terminal.say(remark.description) }
      if count == mostPlaces + 1 {
        Terminal.say("… and more like it: \(remark.reason) (--report counts them)")
      }
    }
  }

  /// `read 19,043 articles in 2.1 s, skipped 3`.
  static func closing(_ collection: ArticleCollection, in time: String) -> String {
    let skipped = collection.skippedCount
    let passedOver = collection.remarks.count { $0.kind == .passedOver }
    return "read \(Terminal.counted(collection.articles.count, "article")) in \(time)"
      + (skipped > 0 ? ", skipped \(Terminal.grouped(skipped))" : "")
      + (passedOver > 0 ? ", passed over \(Terminal.grouped(passedOver)) that are no articles" : "")
  }
}
