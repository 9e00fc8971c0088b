extension IndexFile {
  /// The whole archive, as `Archive.build` made it, without the articles' texts.
  ///
  /// - Throws: `IndexFileError` for damage anywhere in it.
  /// - Complexity: O(terms of all articles): no text is read, no word is stemmed, no neighbour is
  ///   searched for, but of stories that landed since it was written whole.
  public func archive(jobs: Int = 1) throws(IndexFileError) -> Archive {
    try archive(isScored: true, jobs: jobs)
  }

  /// The same to be brought up to date and written: without the scores of neighbours and candidates,
  /// which are read when they are needed. That they are an article's nearest, and that the bounds of
  /// their scores hold, is believed: `IndexFileCheck` looks.
  package func archiveToUpdate(jobs: Int = 1) throws(IndexFileError) -> Archive {
    try archive(isScored: false, jobs: jobs)
  }

  private func archive(isScored: Bool, jobs: Int) throws(IndexFileError) -> Archive {
    let archive = try ownArchive(isScored: isScored, jobs: jobs)
    guard !landed.isEmpty else { return archive }
    return archive.updated(
      adding: landed.articles.map(\.article), removing: try located(withdrawnIDs), jobs: jobs
    ).archive.withoutBodies()
  }

  /// Of the articles that are gone, and that no story replaces.
  private func withdrawnIDs() throws(IndexFileError) -> [String] {
    let replaced = Set(landed.articles.compactMap(\.replaced))
    var ids: [String] = []
    for withdrawal in landed.withdrawals where !replaced.contains(withdrawal.article) {
      ids.append(try id(withdrawal.article))
    }
    return ids
  }

  /// The archive without what landed since it was written whole.
  func ownArchive(isScored: Bool, jobs: Int) throws(IndexFileError) -> Archive {
    try located { () throws(IndexFileError) in
      try ArchiveLoader(file: self, jobs: jobs).archive(isScored: isScored)
    }
  }
}
