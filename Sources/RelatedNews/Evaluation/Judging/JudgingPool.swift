/// The pairs that people are to judge: the first articles of several runs, put together so that
/// nothing tells which run found what.
package struct JudgingPool: Sendable {
  package struct Pair: Sendable, Hashable {
    package let query: String
    package let article: String

    package init(query: String, article: String) {
      self.query = query
      self.article = article
    }

    package static func == (a: Pair, b: Pair) -> Bool {
      a.query.isSameBytes(as: b.query) && a.article.isSameBytes(as: b.article)
    }

    package func hash(into hasher: inout Hasher) {
      for byte in query.utf8 { hasher.combine(byte) }
      for byte in article.utf8 { hasher.combine(byte) }
    }
  }

  /// In the order of asking: queries in random order, each with its articles in random order, so
  /// that the judge reads an article once.
  package let pairs: [Pair]

  /// The same pairs in the same order for the same runs and seed, whatever the order of the runs.
  package init(of runs: [Run], depth: Int, seed: UInt64) {
    var queries = ByteTable()
    var articles: [ByteTable] = []
    for run in runs {
      for query in run.queries {
        let (number, isNew) = queries.insert(Array(query.utf8).span)
        if isNew { articles.append(ByteTable()) }
        for article in run.ranking(of: query).prefix(depth) where !article.isSameBytes(as: query) {
          articles[number].insert(Array(article.utf8).span)
        }
      }
    }
    var random = SplitMix64(seed: seed)
    let order = (0..<queries.count).sorted {
      queries[$0].utf8.lexicographicallyPrecedes(queries[$1].utf8)
    }
    pairs = random.shuffled(order).flatMap { query -> [Pair] in
      let pool = (0..<articles[query].count).map { articles[query][$0] }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return random.shuffled(pool).map { Pair(query: queries[query], article: $0) }
    }
  }
}

extension String {
  /// Ids are equal if their bytes are; `==` takes the two spellings of "é" for one.
  func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
