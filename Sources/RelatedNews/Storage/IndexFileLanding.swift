import Foundation

extension IndexFile {
  /// This file with changes beside what was written whole: new stories that are dated after all from which
  /// the archive learns, corrections and withdrawals of any that are. To be written by
  /// `IndexFileWriter.write(_:to:)`, which copies the rest as it is.
  ///
  /// What becomes of versions of one id is as in `Archive.updated`, and lists are those of an archive
  /// built afresh of the same articles. A version that says what the file says already changes nothing.
  /// It reads what a list of each story would read, and the changes that landed before.
  ///
  /// - Returns: nil where more would change: by an article from which the archive learns, or by so many
  ///   that it learns from others (`SettledArticles`) or is due to be written whole.
  /// - Throws: `IndexFileError` for damage in what it reads.
  /// - Complexity: O(postings of its terms + n) with a tiny constant for each story that is added and
  ///   for each article whose neighbour or candidate a withdrawn one may have been; and for all that
  ///   landed after a story that is corrected or withdrawn.
  package func landing(
    _ articles: [Article], removing: [String] = [], jobs: Int = 1
  ) throws(IndexFileError) -> (file: IndexFile, remarks: [ReadingRemark])? {
    try located { () throws(IndexFileError) in
      guard let plan = try LandingPlan(adding: articles, removing: removing, on: self, jobs: jobs)
      else { return nil }
      let still = plan.steps(alikeIn: landed)
      let file = try IndexFile(self, landed: landed.first(still))
        .taking(plan.steps[still...], jobs: jobs)
      return file.map { ($0, plan.remarks) }
    }
  }

  /// - Returns: nil where more changes than what stands beside the file.
  func taking(
    _ steps: some Sequence<LandingStep>, jobs: Int
  ) throws(IndexFileError) -> IndexFile? {
    var file = self
    for step in steps {
      var landed = file.landed
      switch step {
      case .land(let article, let replaced):
        guard let story = try StoryLanding(of: article, replacing: replaced, on: file)?.story()
        else { return nil }
        landed.append(.story(story))
      case .withdraw(let number):
        guard let withdrawal = try WithdrawalLanding(of: number, from: file).withdrawal(jobs: jobs)
        else { return nil }
        landed.append(.withdrawal(withdrawal))
      }
      file = IndexFile(file, landed: landed)
    }
    return file
  }

  /// Whether all else stays as it is beside so many changes.
  func mayHave(stories: Int, withdrawals: some Collection<Int>) -> Bool {
    let own = counts.articles
    return settings.hasPostings && counts.neighbors > 0
      && stories + withdrawals.count <= LandedArticles.most(on: own)
      && settings.vectors.keepStill(from: own, to: own + stories - withdrawals.count)
      && withdrawals.allSatisfy { !isSettled($0) }
  }

  /// Whether the archive learns from an article of the file.
  func isSettled(_ number: Int) -> Bool {
    number >= counts.articles - settings.vectors.settledCount(of: counts.articles)
  }
}

extension VectorOptions {
  /// Whether what articles are follows from the settled ones and themselves alone, and these stay the
  /// same when an archive grows or shrinks.
  fileprivate func keepStill(from before: Int, to now: Int) -> Bool {
    settledCount(of: before) == settledCount(of: now)
      && [weighting.articles, weighting.queries].allSatisfy {
        [.graded, .none].contains($0.documentFrequency)
      }
      && minimumDocumentFrequency.articles(of: now) <= 1
      && maximumDocumentFrequency == .share(1)
  }
}
