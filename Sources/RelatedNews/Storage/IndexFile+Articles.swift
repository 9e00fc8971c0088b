/// Single articles, as lists need them: who they are and who is near to them.
extension IndexFile {
  /// An article's record and its coded headline, which lives as long as this object.
  ///
  /// - Precondition: it is one of the file's own.
  func record(
    _ number: Int
  ) throws(IndexFileError) -> (record: ArticleRecord, title: UnsafeRawBufferPointer) {
    let table = try pieces(.records, of: counts.articles, size: ArticleRecord.group)
    var reader = ByteReader(try table.blob(number / ArticleRecord.group), of: .records)
    for _ in 0..<number % ArticleRecord.group {
      try reader.skip(try reader.count(atMost: section(.records).count))
    }
    _ = try reader.count(atMost: section(.records).count)
    var title = UnsafeRawBufferPointer(start: nil, count: 0)
    let record = try ArticleRecord(from: &reader, title: &title)
    return (record, title)
  }

  /// What is told of one of the file's own articles but its headline.
  func untitledArticle(
    _ number: Int, columns: IndexColumns
  ) throws(IndexFileError) -> Article {
    try record(number).record.article(
      title: "", of: columns.articleClass(number), published: columns.date(number))
  }

  func id(_ number: Int) throws(IndexFileError) -> String {
    if let story = landed[number] { return story.article.id }
    return try record(number).record.id
  }

  /// The number of the article with this id, compared by bytes.
  ///
  /// - Complexity: O(log n) records.
  func number(of id: String) throws(IndexFileError) -> Int? {
    if let number = landed.number(ofID: id) { return number }
    return try ownNumber(of: id)
  }

  /// The same of the file's own articles, without those that are gone.
  func ownNumber(of id: String) throws(IndexFileError) -> Int? {
    let count = counts.articles
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let number = try number(at: middle, in: .idOrder)
      if try self.id(number).utf8.lexicographicallyPrecedes(id.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < count else { return nil }
    let number = try number(at: low, in: .idOrder)
    guard !landed.isWithdrawn(number) else { return nil }
    return try self.id(number).utf8.elementsEqual(id.utf8) ? number : nil
  }

  /// Beside each of some articles its place in the input order.
  ///
  /// - Complexity: O(n)
  func inputRanks(of numbers: [Int]) throws(IndexFileError) -> [Int] {
    let count = counts.articles
    let column = try SectionColumn(section(.inputOrder), width: byteWidth(below: count))
    var ranks: [Int: Int] = [:]
    /// The article of the file whose rank an article has, or its own number.
    func ranked(_ number: Int) -> Int { landed[number]?.replaced ?? number }
    for number in numbers.map(ranked) { ranks[number] = number >= count ? number : .max }
    for place in 0..<count {
      let number = Int(column[place])
      if ranks[number] == .max { ranks[number] = place }
    }
    return try numbers.map { number throws(IndexFileError) in
      guard let rank = ranks[ranked(number)], rank < .max else {
        throw .inconsistent(.inputOrder, "article \(number) is missing")
      }
      return rank
    }
  }

  /// The articles that have a term, of the file's own and those that landed.
  func articles(having term: String) throws(IndexFileError) -> [Int] {
    var lexicon = try Lexicon(of: self)
    return try lexicon.term(term).map { term throws(IndexFileError) in
      try articles(having: term, lexicon: &lexicon)
    } ?? []
  }

  /// The same of a term by its number.
  func articles(
    having term: Int, lexicon: inout Lexicon
  ) throws(IndexFileError) -> [Int] {
    var articles: [Int] = []
    if term < counts.terms {
      let count = try lexicon.row(ofTerm: term).documentFrequency
      let isWhole = PostingsCode.read(
        try postings(ofTerm: term, count: count), count: count, universe: counts.articles
      ) { article, _ in if !landed.isWithdrawn(article) { articles.append(article) } }
      guard isWhole else {
        throw .inconsistent(.termPostings, "those of term \(term) are broken")
      }
    }
    let code = FeatureCode(term: term).bits
    for (place, story) in landed.articles.enumerated() where story.features.contains(code) {
      articles.append(counts.articles + place)
    }
    return articles
  }

  /// The bytes of a term's postings, of those that were written whole.
  ///
  /// - Parameters:
  ///   - count: the postings.
  ///   - memory: where they are looked at once; nil to keep them.
  func postings(
    ofTerm term: Int, count: Int, once memory: PassingMemory? = nil
  ) throws(IndexFileError) -> UnsafeRawBufferPointer {
    try postings(
      of: term, among: counts.terms, .termRanges, in: .termPostings,
      most: PostingsCode.mostBytes(count: count, universe: counts.articles), once: memory)
  }

  /// The bytes of a pair's postings, as above.
  ///
  /// - Parameter universe: above all places.
  func postings(
    ofPair pair: Int, count: Int, universe: Int, once memory: PassingMemory? = nil
  ) throws(IndexFileError) -> UnsafeRawBufferPointer {
    try postings(
      of: pair, among: counts.pairs, .pairRanges, in: .pairPostings,
      most: PostingsCode.mostBytes(count: count, universe: universe), once: memory)
  }

  /// - Parameter most: bytes that a list can have. So a hostile file cannot say of every list that it is
  ///   all of the section.
  private func postings(
    of list: Int, among count: Int, _ section: IndexSection, in postings: IndexSection, most: Int,
    once memory: PassingMemory?
  ) throws(IndexFileError) -> UnsafeRawBufferPointer {
    let size = PostingsRanges.group
    var ranges: [Range<Int>] = []
    try PostingsRanges.append(
      try pieces(section, of: count, size: size).blob(list / size), count: list % size + 1,
      length: self.section(postings).count, of: section, to: &ranges)
    let range = ranges[list % size]
    guard range.count <= most else {
      throw .inconsistent(section, "a list of \(range.count) bytes, which is too long")
    }
    return try self.section(postings).bytes(range, once: memory)
  }

  /// An entry of a column of article numbers.
  func number(at place: Int, in column: IndexSection) throws(IndexFileError) -> Int {
    let count = counts.articles
    let width = byteWidth(below: count)
    let bytes = try section(column).bytes(place * width..<(place + 1) * width)
    let number = Int(littleEndian(bytes))
    guard number < count else { throw section(column).error("article \(number) of \(count)") }
    return number
  }

  /// The neighbours of an article and, where they are kept, its candidates, by ascending number, as
  /// they were when all was written.
  ///
  /// - Precondition: it is one of the file's own.
  func nearest(of number: Int) throws(IndexFileError) -> [NearestCode.Entry] {
    guard counts.neighbors > 0 else { return [] }
    let table = try pieces(.neighbors, of: counts.articles, size: NearestCode.group)
    var reader = ByteReader(try table.blob(number / NearestCode.group), of: .neighbors)
    let limit = section(.neighbors).count
    for _ in 0..<number % NearestCode.group {
      try reader.skip(try reader.count(atMost: limit))
    }
    let span = try reader.span(length: try reader.count(atMost: limit))
    return try NearestCode.read(span, of: number, counts: counts)
  }

  /// All neighbours of the articles, and a few that are none where changes landed.
  func neighbors(of numbers: some Sequence<Int>) throws(IndexFileError) -> Set<Int> {
    let numbers = Set(numbers)
    var found = landed.listed(by: numbers)
    for number in numbers {
      if let nearness = landed.nearness(of: number) {
        found.formUnion(nearness.neighbors.lazy.map { Int($0) })
      } else {
        for entry in try nearest(of: number) where entry.isNeighbor { found.insert(entry.article) }
      }
    }
    return landed.withdrawals.isEmpty ? found : found.filter { !landed.isWithdrawn($0) }
  }

  /// The length of the sum of an article's vector and its neighbours', as they were when all was
  /// written.
  ///
  /// - Precondition: it is one of the file's own.
  func norm(of number: Int) throws(IndexFileError) -> Double {
    let bytes = try section(.norms).bytes(number * 8..<(number + 1) * 8)
    let norm = Double(bitPattern: littleEndian(bytes))
    guard norm >= 0, norm < 1e30 else {
      throw .inconsistent(.norms, "a norm of \(norm) of article \(number)")
    }
    return norm
  }

  private func littleEndian(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.indices.reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
  }
}
