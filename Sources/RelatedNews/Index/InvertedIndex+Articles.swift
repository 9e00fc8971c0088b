extension InvertedIndex {
  /// The articles that have a feature, ascending.
  package func articles(having feature: UInt32) -> ArraySlice<Int32> {
    postings.articles[postings.range(of: feature)]
  }
}
