import Foundation
import RelatedNews

/// A newsroom at work, seeded: articles come, are corrected and withdrawn; the plain list of them is
/// the twin of every update.
struct ChangingNews {
  private(set) var articles: [Article]
  private var random: SplitMix64
  private var supply: ArraySlice<Article>
  private var counter = 0
  private let isScattered: Bool

  /// - Parameter isScattered: whether the articles are of many valleys that have hardly a word in
  ///   common, and most come in the order of their dates, so that a change reaches few.
  init(seed: UInt64, start: Int, supply: Int = 400, isScattered: Bool = false) {
    random = SplitMix64(seed: seed)
    self.isScattered = isScattered
    let all =
      isScattered
      ? Self.scattered(start + supply, seed: seed)
      : RandomNews(seed: seed &* 31).articles(start + supply)
    articles = []
    self.supply = all[...]
    for _ in 0..<start { articles.append(next()) }
  }

  /// Changes the list and says how.
  mutating func step() -> (adding: [Article], removing: [String]) {
    var adding: [Article] = []
    var removing: [String] = []
    switch below(10) {
    case 0..<5: adding = [next()]
    case 5: adding = (0..<1 + below(4)).map { _ in next() }
    case 6:
      if let old = pick() { removing = [old.id] }
    case 7, 8:
      if var correction = pick() {
        correction.body += "\n\n" + next().body
        if below(2) == 0 { correction.title = label() + correction.title }
        if below(3) == 0 { correction.published = next().published }
        adding = [correction]
      }
    default:
      if let old = pick(), let other = pick() {
        removing = [old.id, "nobody"]
        adding = below(2) == 0 ? [next(), old] : [next()]
        if !old.id.utf8.elementsEqual(other.id.utf8), below(2) == 0 { removing.append(other.id) }
      }
    }
    for id in removing { articles.removeAll { $0.id.utf8.elementsEqual(id.utf8) } }
    for article in adding {
      if let index = articles.firstIndex(where: { $0.id.utf8.elementsEqual(article.id.utf8) }) {
        articles[index] = article
      } else {
        articles.append(article)
      }
    }
    return (adding, removing)
  }

  private mutating func pick() -> Article? {
    articles.isEmpty ? nil : articles[below(articles.count)]
  }

  /// The next article, with what makes updates hard: labels, odd ids, capitals, shared furniture.
  private mutating func next() -> Article {
    counter += 1
    guard var article = supply.popFirst() else {
      return Article(id: "late\(counter)", title: "late")
    }
    guard !isScattered else { return article }
    article.id = ["é\(counter)", "e\u{301}\(counter)", "a\(counter)", "\(counter)"][below(4)]
    if below(3) == 0 { article.title = label() + article.title }
    if below(4) == 0 { article.title = article.title.capitalized }
    if below(3) == 0 {
      article.body += "\n\nread more stories from the valley desk in our weekly letter"
    }
    if below(6) == 0 {
      article.body = "Él dijo que la casa de los padres es bonita. " + article.body
    }
    if below(12) == 0 { article.status = .withdrawn }
    if below(15) == 0 { article.body = "" }
    return article
  }

  private static func scattered(_ count: Int, seed: UInt64) -> [Article] {
    var random = SplitMix64(seed: seed)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    var result: [Article] = []
    for number in 0..<count {
      let valley = below(25)
      let neighbor = below(8) == 0 ? below(25) : valley
      let words = (0..<60).map { _ in "v\(below(6) == 0 ? neighbor : valley)w\(below(24))q" }
      var article = Article(
        id: "s\(number)", title: words[..<5].joined(separator: " "),
        body: words.joined(separator: " "), section: "valley \(valley)", language: "en")
      if number > 9, below(7) == 0 {
        // Wire copy under another headline, its end cut off.
        let copy = result[below(result.count)]
        article.body = copy.body.split(separator: " ").dropLast(4).joined(separator: " ")
        article.section = copy.section
      }
      // Most are the newest when they come.
      let day = below(12) == 0 ? below(number + 1) : number
      article.published = Date(timeIntervalSince1970: 1_700_000_000 + Double(day) * 86_400)
      result.append(article)
    }
    return result
  }

  private mutating func label() -> String {
    ["Explained: ", "Café – ", "Cafe\u{301} – ", "LIVE | ", "Letter \(below(20)): "][below(5)]
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
