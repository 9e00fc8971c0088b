import Foundation

/// One change on its way beside what an index file was written whole with.
enum LandingStep: Sendable {
  /// A story; `replacing` is the file's article whose place in the input it takes.
  case land(Article, replacing: Int?)
  /// An article of the file, by its number.
  case withdraw(Int)
}

/// What adding and removing makes of the changes that stand beside an index file.
struct LandingPlan {
  /// All of them, in order.
  let steps: [LandingStep]
  /// What a person should know.
  let remarks: [ReadingRemark]

  /// More articles of the file are not worth a look whether they are others now: a 64th, of a small
  /// archive a few.
  private static func most(on articleCount: Int) -> Int { max(16, articleCount / 64) }

  /// Nil where more would change than what stands beside.
  ///
  /// Versions are judged among the stories that landed and the file's articles of the same ids, as if
  /// they were an archive.
  init?(
    adding: [Article], removing: [String], on file: IndexFile, jobs: Int
  ) throws(IndexFileError) {
    let landed = file.landed
    guard let own = try Self.ownArticles(of: adding.map(\.id) + removing, in: file) else {
      return nil
    }
    let known = own.map(\.article) + landed.articles.map(\.article)
    let order = Archive.articleOrder(of: known)
    var ranks = [Int](repeating: 0, count: known.count)
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    let placeOfID = Dictionary(
      known.enumerated().map { (Data($1.id.utf8), $0) }, uniquingKeysWith: { $1 })
    let changes = ArticleChanges(
      of: order.map { known[$0] }, inputOrder: ranks, adding: adding, removing: removing
    ) { id in placeOfID[Data(id.utf8)].map { ranks[$0] } }
    remarks = changes.remarks

    let removed = Set(removing.map { Data($0.utf8) })
    var left = Dictionary(
      changes.inputOrder.map { (Data(changes.articles[$0].id.utf8), changes.articles[$0]) },
      uniquingKeysWith: { $1 })
    /// The version of an id that takes the place of the one before; nil where that is removed.
    func takeVersion(of article: Article) -> Article? {
      let id = Data(article.id.utf8)
      return removed.contains(id) ? nil : left.removeValue(forKey: id)
    }
    var steps: [LandingStep] = []
    for change in landed.changes {
      switch change {
      case .withdrawal(let withdrawal): steps.append(.withdraw(withdrawal.article))
      case .story(let story):
        if let version = takeVersion(of: story.article) {
          steps.append(.land(version, replacing: story.replaced))
        }
      }
    }
    let replaced = Set(
      changes.origins.indices.filter { changes.origins[$0] == .new }
        .map { Data(changes.articles[$0].id.utf8) })
    var versions: [(number: Int, article: Article)] = []
    for (number, article) in own {
      if let version = takeVersion(of: article) {
        if replaced.contains(Data(article.id.utf8)) { versions.append((number, version)) }
      } else {
        steps.append(.withdraw(number))
      }
    }
    for (number, version) in try file.changed(versions, jobs: jobs) {
      steps += [.withdraw(number), .land(version, replacing: number)]
    }
    for number in changes.inputOrder {
      let article = changes.articles[number]
      if left.removeValue(forKey: Data(article.id.utf8)) != nil {
        steps.append(.land(article, replacing: nil))
      }
    }
    self.steps = steps
    let withdrawn = steps.compactMap { if case .withdraw(let number) = $0 { number } else { nil } }
    guard file.mayHave(stories: steps.count - withdrawn.count, withdrawals: withdrawn) else {
      return nil
    }
  }

  /// The file's articles of some ids, by ascending number, as far as versions are judged by them; nil
  /// where there are too many.
  private static func ownArticles(
    of ids: [String], in file: IndexFile
  ) throws(IndexFileError) -> [(number: Int, article: Article)]? {
    var numbers: Set<Int> = []
    for id in ids {
      if let number = try file.ownNumber(of: id) { numbers.insert(number) }
      guard numbers.count <= most(on: file.counts.articles) else { return nil }
    }
    guard !numbers.isEmpty else { return [] }
    let columns = try file.columns()
    var own: [(number: Int, article: Article)] = []
    for number in numbers.sorted() {
      own.append((number, try file.untitledArticle(number, columns: columns)))
    }
    return own
  }

  /// How many of the first steps brought what landed.
  func steps(alikeIn landed: LandedArticles) -> Int {
    zip(steps, landed.changes).prefix { step, change in
      switch (step, change) {
      case (.land(let article, let replaced), .story(let story)):
        story.isStill(article) && story.replaced == replaced
      case (.withdraw(let number), .withdrawal(let withdrawal)): withdrawal.article == number
      default: false
      }
    }.count
  }
}

extension IndexFile {
  /// Those of the versions of articles of the file that do not say what the file says: other words, or
  /// another record. (Of what else they are the file knows nothing.)
  ///
  /// - Parameter versions: by ascending number.
  /// - Complexity: O(text of the versions and of the articles).
  fileprivate func changed(
    _ versions: [(number: Int, article: Article)], jobs: Int
  ) throws(IndexFileError) -> [(number: Int, article: Article)] {
    guard !versions.isEmpty else { return [] }
    var lexicon = try Lexicon(of: self)
    let columns = try columns()
    let numbers = versions.map(\.number)
    let excerpt = try ArchiveExcerpt(
      of: self, articles: numbers, titled: Set(numbers), columns: columns, lexicon: &lexicon,
      jobs: jobs)
    let labels = try seriesLabels()
    let isSame = try concurrentTryMap(count: versions.count, jobs: jobs, workspace: lexicon) {
      lexicon, place throws(IndexFileError) in
      try excerpt.says(
        versions[place].article, at: place, seriesLabels: labels,
        language: columns.articleClass(numbers[place]).analyzedLanguage, lexicon: &lexicon)
    }
    return zip(versions, isSame).filter { !$1 }.map(\.0)
  }
}

extension ArchiveExcerpt {
  /// Whether an article is the one at `place`, word by word, and is told of alike.
  fileprivate func says(
    _ article: Article, at place: Int, seriesLabels: Set<String>, language: Language,
    lexicon: inout Lexicon
  ) throws(IndexFileError) -> Bool {
    var words: [String] = []
    let text = Analyzer.read(
      article, options: archive.analysis.options, seriesLabels: seriesLabels
    ) { _, word in
      words.append(word)
      return UInt32(words.count - 1)
    }
    guard text.language == language else { return false }
    var version = article
    version.body = ""
    guard LandedArticle.isSame(version, archive.articles[place], language: language) else {
      return false
    }
    let own = self.text(of: place)
    guard own.words.count == text.sequences.terms.count,
      own.segments == LandedArticle.Segment.all(of: text.sequences)
    else { return false }
    var surfaces: [UInt32: [UInt8]] = [:]
    for (word, term) in zip(own.words, text.sequences.terms) {
      if surfaces[word.number] == nil {
        surfaces[word.number] = try lexicon.surface(ofWord: Int(word.number))
      }
      guard let surface = surfaces[word.number], words[Int(term)].utf8.elementsEqual(surface)
      else { return false }
    }
    return true
  }
}
