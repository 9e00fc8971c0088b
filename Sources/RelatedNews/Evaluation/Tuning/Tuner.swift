/// Searches for a better setting and says honestly what it is worth.
///
/// A setting chosen on some topics looks too good on them. So the search is made several times, each
/// time without a part of the topics, and the gain is taken on that part only.
package struct Tuner: Sendable {
  package struct Result: Sendable {
    /// The best on all topics.
    package let setting: TuningSetting
    /// The means on all topics, before and with `setting`: the second is too good.
    package let before: Double
    package let after: Double
    /// What the search gained on topics that it had not seen.
    package let heldOut: PairedDifference
    /// What each part of the search found.
    package let folds: [TuningSetting]

    /// Whether the gain is more than noise: its interval is above 0 and so is the test.
    package var isRecommended: Bool {
      !setting.values.isEmpty && (heldOut.interval?.lowerBound ?? -1) > 0
        && heldOut.randomization.probability < 0.05
    }
  }

  package let coordinates: [CoordinateAscent.Coordinate]
  package let topicCount: Int
  package let foldCount: Int
  package let seed: UInt64

  /// - Precondition: at least two topics a fold.
  package init(
    _ coordinates: [CoordinateAscent.Coordinate], topicCount: Int, foldCount: Int = 5,
    seed: UInt64 = 1
  ) {
    precondition(foldCount > 1 && topicCount >= 2 * foldCount)
    self.coordinates = coordinates
    self.topicCount = topicCount
    self.foldCount = foldCount
    self.seed = seed
  }

  /// - Parameters:
  ///   - values: the value of every topic with a setting; asked for a setting once.
  ///   - willSearch: told before each search, from 0; the last one is on all topics.
  package func tune(
    values: (TuningSetting) throws -> [Double], willSearch: (Int) -> Void = { _ in }
  ) rethrows -> Result {
    var known: [TuningSetting: [Double]] = [:]
    func lookUp(_ setting: TuningSetting) throws -> [Double] {
      if let values = known[setting] { return values }
      let values = try values(setting)
      known[setting] = values
      return values
    }
    var random = SplitMix64(seed: seed)
    let order = random.shuffled(Array(0..<topicCount))
    let parts = evenRanges(of: topicCount, pieces: foldCount).map { Array(order[$0]) }
    let start = try lookUp(TuningSetting())
    var heldOut = start
    var folds: [TuningSetting] = []
    for (fold, part) in parts.enumerated() {
      willSearch(fold)
      let rest = parts.indices.filter { $0 != fold }.flatMap { parts[$0] }.sorted()
      let ascent = CoordinateAscent(coordinates: coordinates, seed: seed &+ UInt64(fold))
      let setting = try ascent.best(for: rest, values: lookUp)
      let reached = try lookUp(setting)
      for topic in part { heldOut[topic] = reached[topic] }
      folds.append(setting)
    }
    willSearch(foldCount)
    let ascent = CoordinateAscent(coordinates: coordinates, seed: seed &+ UInt64(foldCount))
    let setting = try ascent.best(for: Array(0..<topicCount), values: lookUp)
    let after = try lookUp(setting)
    return Result(
      setting: setting, before: start.reduce(0, +) / Double(topicCount),
      after: after.reduce(0, +) / Double(topicCount),
      heldOut: PairedDifference(from: start, to: heldOut, seed: seed), folds: folds)
  }
}

extension Tuner.Result {
  package func text(measure: String) -> String {
    let gain = Comparison.signed(heldOut.mean)
    let interval = heldOut.interval.map { " " + Comparison.signed($0) } ?? ""
    let p = Comparison.probability(heldOut.randomization.probability)
    let verdict =
      isRecommended
      ? "The gain is more than noise: the setting is recommended."
      : setting.values.isEmpty
        ? "No other setting is better: the present one stays."
        : "The gain may well be noise: the present setting stays, nothing is recommended."
    return """
      \(measure) over \(heldOut.count) topics, \(folds.count)-fold cross-validation
        present setting   \(TRECText.fixed(before))
        best setting      \(TRECText.fixed(after)) on the topics it was chosen on: \(setting.text)
        held-out gain     \(gain)\(interval), p \(p)
      \(folds.enumerated().map { "  search \($0 + 1)          \($1.text)" }.joined(separator: "\n"))
      \(verdict)

      """
  }
}
