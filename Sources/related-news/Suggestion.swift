/// "Did you mean": the nearest word by edit distance.
enum Suggestion {
  /// `"; did you mean --limit?"`, or nothing where no word is near.
  ///
  /// - Complexity: O(w · l²), w the words of about the length l of `word`.
  static func didYouMean(_ word: String, among words: [String]) -> String {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(longest))
    // Two slips, or a third of a long word; but never so many that nothing of it is left.
    let letters = wanted.count { $0 != "-" }
    let allowed = min(max(2, wanted.count / 3), letters - 1)
    var best: (distance: Int, word: String)?
    for candidate in words {
      let scalars = Array(candidate.lowercased().unicodeScalars.prefix(longest))
      let limit = (best?.distance ?? allowed + 1) - 1
      guard abs(scalars.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, scalars)
      if distance <= limit { best = (distance, candidate) }
    }
    if best == nil, letters > 1 {
      // What is cut short counts only where it says which one: `--outp` could be two.
      let longer = words.filter { $0.lowercased().hasPrefix(word.lowercased()) }
      if longer.count == 1 { best = (0, longer[0]) }
    }
    return best.map { "; did you mean \($0.word)?" } ?? ""
  }

  private static let longest = 100

  /// Edits from one to the other: a letter more, less, another, or two changed round
  /// (optimal string alignment).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var edits = min(last[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, last[j + 1] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          edits = min(edits, before[j - 1] + 1)
        }
        row.append(edits)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
