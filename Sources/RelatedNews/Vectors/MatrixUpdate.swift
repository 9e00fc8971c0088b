extension SparseMatrix {
  /// The matrix after some rows changed: kept rows with their features renumbered, the others new.
  ///
  /// - Parameters:
  ///   - origins: beside each row now the row of before, or nil.
  ///   - newFeatures: beside each feature of before its number now, ascending.
  ///   - isChanged: rows that are taken from `rows`, one after the other; all without one of before.
  /// - Complexity: O(p), p the number of weights.
  func updated(
    origins: [ArticleOrigin], newFeatures: [UInt32], isChanged: [Bool], rows: SparseMatrix,
    jobs: Int
  ) -> SparseMatrix {
    /// Beside each row its place in `rows`, or where the next one that is there stands.
    var places: [Int] = []
    places.reserveCapacity(origins.count)
    var next = 0
    for changed in isChanged {
      places.append(next)
      if changed { next += 1 }
    }
    let ranges = evenRanges(of: origins.count, pieces: jobs * 4)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { [places] piece in
      var part = MatrixRows()
      for row in ranges[piece] {
        if let old = origins[row].oldNumber, !isChanged[row] {
          part.append(old, of: self) { newFeatures[Int($0)] }
        } else {
          part.append(places[row], of: rows) { $0 }
        }
      }
      return part
    }
    return SparseMatrix(joining: parts, termCount: rows.termCount, jobs: jobs)
  }
}

extension TermSequences {
  /// Some of the articles, in the order given.
  func only(_ articles: [Int]) -> TermSequences {
    var terms: [UInt32] = []
    var starts = [0]
    var fields: [ArticleField] = []
    var ends = [0]
    for article in articles {
      for segment in segments(of: article) {
        terms += self.terms[termRange(of: segment)]
        starts.append(terms.count)
        fields.append(segmentFields[segment])
      }
      ends.append(fields.count)
    }
    return TermSequences(
      terms: terms, segmentStarts: starts, segmentFields: fields, articleSegments: ends)
  }
}
