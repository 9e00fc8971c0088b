extension SparseMatrix {
  /// The matrix after some rows changed: kept rows with their features renumbered, the others new.
  ///
  /// - Parameters:
  ///   - origins: beside each row now the row of before, or nil.
  ///   - newFeatures: beside each feature of before its number now, ascending.
  ///   - isChanged: rows that are taken from `rows`, one after the other.
  /// - Complexity: O(p), p the number of weights.
  func updated(
    origins: [ArticleOrigin], newFeatures: [UInt32], isChanged: [Bool], rows: SparseMatrix
  ) -> SparseMatrix {
    var starts = [0]
    starts.reserveCapacity(origins.count + 1)
    var ids: [UInt32] = []
    var weights: [Float] = []
    ids.reserveCapacity(termIDs.count + rows.termIDs.count)
    weights.reserveCapacity(termIDs.count + rows.termIDs.count)
    var next = 0
    let features = newFeatures.span
    let termIDs = termIDs.span
    for (row, origin) in origins.enumerated() {
      if let old = origin.oldNumber, !isChanged[row] {
        let range = rowStarts[old]..<rowStarts[old + 1]
        for place in range { ids.append(features[Int(termIDs[place])]) }
        weights += self.weights[range]
      } else {
        let range = rows.rowStarts[next]..<rows.rowStarts[next + 1]
        ids += rows.termIDs[range]
        weights += rows.weights[range]
        next += 1
      }
      starts.append(ids.count)
    }
    return SparseMatrix(
      rowStarts: starts, termIDs: ids, weights: weights, termCount: rows.termCount)
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
