/// The common terms of the articles of a block, each article's in a few groups of like weight.
///
/// An upper bound of a dot product Σ a·b needs no product a term: within a group it is the group's
/// greatest a times the sum of the b. So a group costs one multiplication, a term one addition.
struct TermGroups: Sendable {
  /// Row r has groups `rowStarts[r]..<rowStarts[r + 1]`.
  private(set) var rowStarts: [UInt32] = [0]
  /// Group g has `terms[termStarts[g]..<termStarts[g + 1]]`: dense rows.
  private(set) var termStarts: [UInt32] = [0]
  /// Beside each group its greatest weight, quantised.
  private(set) var greatest: [UInt16] = []
  private(set) var terms: [UInt32] = []

  /// More groups make closer bounds: two and another for every 32 terms leave few tiles more than exact
  /// scores would.
  private static func groupCount(of termCount: Int) -> Int { min(most, 2 + termCount / 32) }
  static let most = 8

  /// Adds a row.
  ///
  /// - Parameter terms: weight << 16 | dense row, descending.
  /// - Complexity: O(m · groups), m the terms.
  mutating func append(_ terms: ArraySlice<UInt32>) {
    for group in Self.groups(of: terms) {
      greatest.append(UInt16(terms[group.lowerBound] >> 16))
      for place in group { self.terms.append(terms[place] & 0xFFFF) }
      termStarts.append(UInt32(self.terms.count))
    }
    rowStarts.append(UInt32(greatest.count))
  }

  /// Cuts descending weights, each time where it lowers Σ (greatest of its group − weight) most.
  private static func groups(of terms: ArraySlice<UInt32>) -> [Range<Int>] {
    guard !terms.isEmpty else { return [] }
    var groups = [(range: terms.indices, cut: bestCut(of: terms))]
    for _ in 1..<groupCount(of: terms.count) {
      guard let place = groups.indices.max(by: { groups[$0].cut.gain < groups[$1].cut.gain }),
        groups[place].cut.gain > 0
      else { break }
      let (range, cut) = groups[place]
      groups[place] = (
        range.lowerBound..<cut.place, bestCut(of: terms[range.lowerBound..<cut.place])
      )
      groups.append(
        (cut.place..<range.upperBound, bestCut(of: terms[cut.place..<range.upperBound])))
    }
    return groups.map(\.range)
  }

  private static func bestCut(of terms: ArraySlice<UInt32>) -> (place: Int, gain: Int) {
    var best = (place: terms.startIndex, gain: 0)
    let first = Int(terms[terms.startIndex] >> 16)
    for place in terms.indices {
      let gain = (first - Int(terms[place] >> 16)) * (terms.endIndex - place)
      if gain > best.gain { best = (place, gain) }
    }
    return best
  }
}
