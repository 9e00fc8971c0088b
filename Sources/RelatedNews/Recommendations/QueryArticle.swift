/// An article as a query: its vector, its words, and its number if the archive has it.
struct QueryArticle {
  let article: Article
  let number: Int?
  /// Whether it is the archive's own version, whose neighbours the archive may know.
  let isOfArchive: Bool
  let sequences: TermSequences
  let sequenceIndex: Int
  let vector: SparseVector
}
