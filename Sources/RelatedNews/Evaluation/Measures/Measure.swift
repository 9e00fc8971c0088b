import Foundation

/// One measure of rankings, with its parameters: `P.5,10` has two values, `P_5` and `P_10`.
///
/// Names, order, parameters and formulas are trec_eval's (NIST, version 10), unless the name is one
/// of `ReadableMeasures`.
package struct Measure: Sendable {
  /// How a value is summed up over queries, and how it is printed.
  enum Style: Sendable {
    /// A whole number, added up.
    case count
    /// The mean of all queries.
    case mean
    /// The geometric mean, of logarithms; not printed for one query.
    case geometricMean
    /// The name of the run; of the summary only.
    case runTag
    /// The number of queries; of the summary only.
    case queryCount
    /// The grades of the first articles, `'20-1'`; of single queries only.
    case gradeString(length: Int)

    /// One value for all queries.
    func summary(of values: [Double]) -> Double {
      let sum = values.reduce(0, +)
      let mean = values.isEmpty ? 0 : sum / Double(values.count)
      return switch self {
      case .count, .queryCount: sum
      case .mean, .runTag, .gradeString: mean
      case .geometricMean: exp(mean)
      }
    }
  }

  /// The family's name without parameters: `P`.
  let family: String
  /// The names of the values: `["P_5", "P_10"]`.
  package let names: [String]
  let style: Style
  /// The values of one ranking.
  let values: @Sendable (JudgedRanking) -> [Double]

  init(
    _ family: String, names: [String]? = nil, style: Style = .mean,
    values: @escaping @Sendable (JudgedRanking) -> [Double]
  ) {
    self.family = family
    self.names = names ?? [family]
    self.style = style
    self.values = values
  }

  /// A measure of one value.
  init(
    _ family: String, style: Style = .mean, value: @escaping @Sendable (JudgedRanking) -> Double
  ) {
    self.init(family, style: style) { [value($0)] }
  }
}

/// Why a measure cannot be used.
package struct MeasureError: Error, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// The parameters of a measure, read as trec_eval reads them: leading digits count, the rest of a
/// piece is passed over.
struct MeasureParameters {
  /// What stands after the family's name and its dot: `"5,10"`; nil without.
  let text: String?

  private var pieces: [Substring] {
    (text ?? "").split(separator: ",", omittingEmptySubsequences: false)
  }

  /// Positive whole numbers, ascending: `"10,5"` is `[5, 10]`.
  func cutoffs(default standard: [Int]) throws -> [Int] {
    guard text != nil else { return standard }
    let cutoffs = pieces.map { Int(strtol(String($0), nil, 10)) }.sorted()
    guard cutoffs[0] > 0 else { throw MeasureError("cutoffs must be 1 or more") }
    try refuseDuplicates(cutoffs)
    return cutoffs
  }

  /// Numbers, ascending.
  func levels(default standard: [Double]) throws -> [Double] {
    guard text != nil else { return standard }
    let levels = pieces.map { strtod(String($0), nil) }.sorted()
    try refuseDuplicates(levels)
    return levels
  }

  /// Numbers as they stand.
  func numbers(default standard: [Double]) -> [Double] {
    text == nil ? standard : pieces.map { strtod(String($0), nil) }
  }

  /// `"1=3.5,p=0.8"` by name; the first of a name counts.
  func pairs() throws -> [(name: String, value: Double)] {
    guard text != nil else { return [] }
    return try pieces.map { piece in
      let sides = piece.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty else {
        throw MeasureError("\"\(piece)\": expected grade=gain, such as 2=9.0")
      }
      return (String(sides[0]), strtod(String(sides[1]), nil))
    }
  }

  private func refuseDuplicates<Value: Equatable>(_ values: [Value]) throws {
    for (a, b) in zip(values, values.dropFirst()) where a == b {
      throw MeasureError("the parameter \(a) stands twice")
    }
  }
}
