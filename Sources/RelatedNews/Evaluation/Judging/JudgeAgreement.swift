/// How far two judges agree on the pairs that both judged.
package struct JudgeAgreement: Sendable {
  package struct Disagreement: Sendable, Hashable {
    package let query: String
    package let article: String
    package let first: Int
    package let second: Int
  }

  /// How many pairs both judged.
  package let count: Int
  /// The share of them with the same grade.
  package let observed: Double
  /// Cohen's κ; nil where chance alone would agree always.
  package let kappa: Double?
  /// Cohen's κ where a distance of two grades weighs four times one.
  package let weightedKappa: Double?
  /// The furthest apart first, then by query and article.
  package let disagreements: [Disagreement]

  package init(_ first: Judgments, _ second: Judgments) {
    var grades: [(Int, Int)] = []
    var disagreements: [Disagreement] = []
    for query in first.queries.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      for (article, grade) in first.graded(for: query)
        .sorted(by: { $0.article.utf8.lexicographicallyPrecedes($1.article.utf8) })
      {
        guard let other = second.grade(of: article, for: query) else { continue }
        grades.append((grade, other))
        if grade != other {
          disagreements.append(
            Disagreement(query: query, article: article, first: grade, second: other))
        }
      }
    }
    count = grades.count
    self.disagreements = disagreements.enumerated().sorted {
      let (a, b) = (
        abs($0.element.first - $0.element.second), abs($1.element.first - $1.element.second)
      )
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
    observed = Double(count - disagreements.count) / Double(max(1, count))
    kappa = Self.kappa(grades) { $0 == $1 ? 0 : 1 }
    weightedKappa = Self.kappa(grades) { Double(($0 - $1) * ($0 - $1)) }
  }

  /// 1 - observed disagreement / disagreement of chance.
  /// Sources: Cohen, "A coefficient of agreement for nominal scales", 1960; weighted, 1968.
  static func kappa(_ grades: [(Int, Int)], weight: (Int, Int) -> Double) -> Double? {
    let n = Double(grades.count)
    let values = Set(grades.flatMap { [$0.0, $0.1] }).sorted()
    var chance = 0.0
    for a in values {
      let share = Double(grades.count { $0.0 == a }) / n
      for b in values {
        chance += weight(a, b) * share * Double(grades.count { $0.1 == b }) / n
      }
    }
    let observed = grades.reduce(0) { $0 + weight($1.0, $1.1) } / n
    return chance > 0 ? 1 - observed / chance : nil
  }

  /// - Parameter title: the headline of an article; nil where it is not known.
  package func text(title: (String) -> String?) -> String {
    func name(_ id: String) -> String {
      id + (title(id).flatMap { $0.isEmpty ? nil : "  \"\(Plain.oneLine($0))\"" } ?? "")
    }
    func figure(_ value: Double?) -> String {
      value.map { TRECText.fixed($0) } ?? "none: both judges gave one grade only"
    }
    let lines =
      [
        "pairs            \(count)", "same grade       \(TRECText.fixed(observed))",
        "Cohen's kappa    \(figure(kappa))", "kappa, squared   \(figure(weightedKappa))",
      ]
      + disagreements.map { entry in
        "\n\(entry.first) and \(entry.second)  \(name(entry.query))\n         \(name(entry.article))"
      }
    return lines.joined(separator: "\n") + "\n"
  }
}
