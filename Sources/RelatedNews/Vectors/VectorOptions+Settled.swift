extension VectorOptions {
  /// How many of `n` articles settle what features weigh: all, but where a weighting is graded.
  package func settledCount(of n: Int) -> Int {
    weighting.isGraded ? SettledArticles.count(of: n) : n
  }
}

extension SettledNumbers {
  /// The articles that settle what features weigh.
  init(of articleCount: Int, _ options: VectorOptions) {
    self.init(of: articleCount, settledCount: options.settledCount(of: articleCount))
  }
}

extension Weighting {
  fileprivate var isGraded: Bool {
    articles.documentFrequency == .graded || queries.documentFrequency == .graded
  }
}
