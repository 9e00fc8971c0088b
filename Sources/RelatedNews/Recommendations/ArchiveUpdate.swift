/// An archive brought up to date: the one before, the one now, and what that changes.
///
///     let update = archive.updated(adding: newArticles, removing: ["withdrawn-7"], jobs: 4)
///     let archive = update.archive   // equal to one built afresh of the same articles
///
/// No text that was read before is read again, and of the neighbours only those are looked for that
/// can be others than before.
package struct ArchiveUpdate: Sendable {
  /// As it was.
  package let before: Archive
  /// As it is.
  package let archive: Archive
  /// What a person should know: ids that were not there, versions that were replaced or too old.
  package let remarks: [ReadingRemark]
  /// Beside each article now where it comes from.
  package let origins: [ArticleOrigin]
  /// Beside each article now whether its vector, words or record may be others than before.
  package let isChanged: [Bool]
  /// Beside each article now whether its neighbours, their scores or their vectors may be others.
  package let isNeighborhoodChanged: [Bool]
  /// Beside each article now whether its candidates or their scores are others; all where the
  /// archive keeps none.
  package let areCandidatesChanged: [Bool]
  /// Terms (their numbers now) that readers know under another form than before.
  package let renamedTerms: [Int]
  /// Beside each feature of before its number now, ascending; nil where all were made anew.
  let newFeatures: [UInt32]?
  /// Which vectors are others; nil where all were made anew.
  let rowChange: RowChange?
  /// Beside each article of before its number now; nil for one that was removed or replaced.
  let numbersNow: [Int?]

  init(
    before: Archive, archive: Archive, remarks: [ReadingRemark], origins: [ArticleOrigin],
    isChanged: [Bool], isNeighborhoodChanged: [Bool],
    areCandidatesChanged: [Bool],
    renamedTerms: [Int], newFeatures: [UInt32]? = nil, rowChange: RowChange? = nil
  ) {
    self.before = before
    self.archive = archive
    self.remarks = remarks
    self.origins = origins
    self.isChanged = isChanged
    self.isNeighborhoodChanged = isNeighborhoodChanged
    self.areCandidatesChanged = areCandidatesChanged
    self.renamedTerms = renamedTerms
    self.newFeatures = newFeatures
    self.rowChange = rowChange
    var numbersNow = [Int?](repeating: nil, count: before.count)
    for (number, origin) in origins.enumerated() {
      if let old = origin.oldNumber { numbersNow[old] = number }
    }
    self.numbersNow = numbersNow
  }
}

extension Archive {
  /// The archive with articles added, replaced (same id) and removed.
  ///
  /// Removal comes first: an id in both lists is removed and added at the end. Of two versions of
  /// one id the one updated later stays, at the place of the first, as `ArticleReader` has it.
  /// - Precondition: the archive is kept (`Archive.build(…, isKept: true)`, or read from a file).
  /// - Complexity: O(t) at memory speed, t the terms of all articles, and the postings of the articles
  ///   whose vectors change; of many of them one walk over all vectors each. Where everything changes
  ///   (the number of settled articles makes a step), the vectors and neighbours are made anew.
  ///
  /// - Parameter localShare: if the vectors of more than this share of the articles may change, all
  ///   are made anew; the result is the same.
  package func updated(
    adding: [Article] = [], removing: [String] = [], localShare: Double = 0.25, jobs: Int
  ) -> ArchiveUpdate {
    let changes = ArticleChanges(of: self, adding: adding, removing: removing)
    let analysis = self.analysis.updated(
      from: articles, to: changes.articles, origins: changes.origins, jobs: jobs)
    let vectors = vectorizer.updated(
      from: self.analysis, by: analysis, origins: changes.origins,
      articlesHaving: index.articles(having:), jobs: jobs)
    let most = localShare * Double(changes.articles.count)
    if let vectors, Double(vectors.isChanged.count(where: { $0 })) <= most,
      let update = update(by: changes, analysis: analysis, vectors: vectors, jobs: jobs)
    {
      return update
    }
    let archive = Archive(
      articles: changes.articles, inputOrder: changes.inputOrder, analysis: analysis.analysis,
      vectorOptions: vectorizer.options, jobs: jobs
    ).withNeighborhood(
      limit: neighborhood?.limit ?? kept?.neighbors.lists.limit ?? RankingOptions().neighbors,
      jobs: jobs)
    let all = [Bool](repeating: true, count: archive.count)
    return ArchiveUpdate(
      before: self, archive: archive, remarks: changes.remarks, origins: changes.origins,
      isChanged: all, isNeighborhoodChanged: all, areCandidatesChanged: all,
      renamedTerms: analysis.renamedTerms)
  }

  /// The update where most articles stay as they are; nil where the archive contradicts itself.
  private func update(
    by changes: ArticleChanges, analysis: AnalysisUpdate, vectors: VectorizerUpdate, jobs: Int
  ) -> ArchiveUpdate? {
    let origins = changes.origins
    let some = vectors.isChanged.indices.filter { vectors.isChanged[$0] }
    let sequences = analysis.analysis.sequences.only(some)
    func updated(_ matrix: SparseMatrix, side: Vectorizer.Side) -> SparseMatrix {
      matrix.updated(
        origins: origins, newFeatures: vectors.newFeatures, isChanged: vectors.isChanged,
        rows: vectors.vectorizer.vectors(of: sequences, side: side, jobs: jobs), jobs: jobs)
    }
    let matrix = updated(self.index.articles, side: .article)
    let counted = counted?.updated(
      origins: origins, newFeatures: vectors.newFeatures, changed: some, rows: sequences,
      vectorizer: vectors.vectorizer, weights: self.index.postings.weights,
      jobs: jobs)
    guard counted?.postings.haveFrequencies(of: vectors.vectorizer.features) ?? true else {
      return nil
    }
    let index = counted.flatMap { $0.postings.index(of: matrix, weights: $0.weights) }
    let archive = Archive(
      articles: changes.articles, inputOrder: changes.inputOrder, analysis: analysis.analysis,
      vectorizer: vectors.vectorizer,
      index: index ?? InvertedIndex(articles: matrix, jobs: jobs),
      queries: vectorizer.options.weighting.isSymmetric ? matrix : updated(queries, side: .query),
      counted: index == nil ? nil : counted?.postings,
      phrases: phrases?.updated(
        from: self.analysis.sequences, to: analysis.analysis.sequences, origins: origins,
        isChanged: vectors.isChanged, newPairs: vectors.newPairs, vectorizer: vectors.vectorizer,
        jobs: jobs))
    let change = RowChange(
      oldRows: origins.map(\.oldNumber), oldCount: count,
      isChanged: hasOtherRow(in: matrix, origins: origins, mayDiffer: vectors))
    let nearest = nearestUpdate(to: archive, after: change, jobs: jobs)
    let all = [Bool](repeating: true, count: archive.count)
    return ArchiveUpdate(
      before: self, archive: nearest.archive,
      remarks: changes.remarks, origins: origins, isChanged: vectors.isChanged,
      isNeighborhoodChanged: nearest.update?.isNeighborhoodChanged ?? all,
      areCandidatesChanged: nearest.update?.areCandidatesChanged ?? all,
      renamedTerms: analysis.renamedTerms, newFeatures: vectors.newFeatures, rowChange: change)
  }

  /// The floor as it was if the sample that it is learned from is.
  private func floorUpdate(to archive: Archive, after change: RowChange, jobs: Int) -> Float {
    let keeps =
      floor != nil
      && ScoreFloor.keepsStill(from: settledIDs, to: archive.settledIDs, after: change)
    return keeps ? floor ?? 0 : archive.calibratedFloor(jobs: jobs)
  }

  /// `archive`, which is this one brought up to date, with what this one keeps of who is nearest to whom.
  ///
  /// - Returns: also what changed of it; nil where all was made anew.
  private func nearestUpdate(
    to archive: Archive, after change: RowChange, jobs: Int
  ) -> (archive: Archive, update: NearestUpdate?) {
    let floor = floorUpdate(to: archive, after: change, jobs: jobs)
    let candidateFloors = candidateFloors?.updated(
      after: change, from: self, to: archive, jobs: jobs)
    if let kept {
      let (nearest, update) = kept.updated(
        after: change, before: index.articles, to: archive, jobs: jobs)
      return (
        archive.with(
          neighborhood: nil, candidates: nil, candidateFloors: candidateFloors, kept: nearest,
          floor: floor), update
      )
    }
    guard let neighborhood else {
      let made = Neighborhood(of: archive, limit: RankingOptions().neighbors, jobs: jobs)
      return (
        archive.with(
          neighborhood: made, candidates: nil, candidateFloors: candidateFloors, floor: floor), nil
      )
    }
    let update = NearestUpdate(
      neighbors: NeighborListsToUpdate(lists: neighborhood.lists),
      candidates: candidates.map {
        NeighborListsToUpdate(
          lists: $0.lists,
          pairWeight: CandidateLists.weight(of: archive.articles, recency: $0.recency))
      }, norms: neighborhood.norms, after: change, of: archive, jobs: jobs)
    let updated = archive.with(
      neighborhood: Neighborhood(lists: update.neighbors.lists, norms: update.norms),
      candidates: candidates.flatMap { candidates in
        update.candidates.map { CandidateLists(lists: $0.lists, recency: candidates.recency) }
      }, candidateFloors: candidateFloors, floor: floor)
    return (updated, update)
  }

  /// Of the articles whose vector may differ those where it does, in at least one weight; new
  /// articles always.
  private func hasOtherRow(
    in matrix: SparseMatrix, origins: [ArticleOrigin], mayDiffer vectors: VectorizerUpdate
  ) -> [Bool] {
    origins.indices.map { row in
      guard vectors.isChanged[row], let old = origins[row].oldNumber else {
        return vectors.isChanged[row]
      }
      let before = index.articles
      let (a, b) = (before.rowStarts[old], matrix.rowStarts[row])
      let length = before.rowStarts[old + 1] - a
      guard length == matrix.rowStarts[row + 1] - b else { return true }
      return !(0..<length).allSatisfy {
        vectors.newFeatures[Int(before.termIDs[a + $0])] == matrix.termIDs[b + $0]
          && before.weights[a + $0] == matrix.weights[b + $0]
      }
    }
  }
}
