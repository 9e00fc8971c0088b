import Foundation

/// Of several records with one id the newest version stays.
enum VersionResolution {
  /// The later `updated` wins, else the later record; it stands where the first stood. What was
  /// replaced is said.
  static func resolve(_ records: [ReadRecord], bytesRead: Int) -> ArticleCollection {
    var collection = ArticleCollection(bytesRead: bytesRead)
    // Keys are bytes: Swift's String would take the two spellings of "é" for one id.
    var indexOfID: [[UInt8]: Int] = [:]
    var places: [String] = []
    for record in records {
      collection.remarks += record.remarks
      guard let article = record.article else { continue }
      let key = Array(article.id.utf8)
      guard let index = indexOfID[key] else {
        indexOfID[key] = collection.articles.count
        collection.articles.append(article)
        places.append(record.place)
        continue
      }
      let isNewer = isVersion(article, newerThan: collection.articles[index])
      let loser = isNewer ? places[index] : record.place
      let winner = isNewer ? record.place : places[index]
      collection.remarks.append(
        ReadingRemark(
          place: loser, message: "\"\(article.id)\" is replaced by its newer version at \(winner)",
          kind: .replaced))
      if isNewer {
        collection.articles[index] = article
        places[index] = record.place
      }
    }
    return collection
  }

  private static func isVersion(_ later: Article, newerThan earlier: Article) -> Bool {
    guard let a = earlier.updated else { return true }
    guard let b = later.updated else { return false }
    return b >= a
  }
}
