/// Looks for a better setting one option at a time, and again until none gets better.
package struct CoordinateAscent: Sendable {
  /// What is tuned; `current` is the value that the start has.
  package struct Coordinate: Sendable, Hashable {
    package let option: TuningOption
    package let current: String

    package init(_ option: TuningOption, current: String? = nil) {
      self.option = option
      self.current = current ?? option.standard
    }
  }

  let coordinates: [Coordinate]
  let seed: UInt64
  /// What a step must gain on the topics it is chosen on: less is not worth another setting.
  static let smallestGain = 0.0005
  static let rounds = 3

  /// The best setting found for some topics.
  ///
  /// - Parameters:
  ///   - topics: which of the values count.
  ///   - values: the values of all topics with a setting.
  /// - Complexity: O(rounds · values of all options) settings.
  func best(
    for topics: [Int], values: (TuningSetting) throws -> [Double]
  ) rethrows -> TuningSetting {
    func mean(_ setting: TuningSetting) throws -> Double {
      let all = try values(setting)
      return topics.reduce(0) { $0 + all[$1] } / Double(max(1, topics.count))
    }
    var random = SplitMix64(seed: seed)
    var best = TuningSetting()
    var highest = try mean(best)
    for _ in 0..<Self.rounds {
      var hasImproved = false
      for coordinate in random.shuffled(coordinates) {
        let name = coordinate.option.name
        let now = best.values[name] ?? coordinate.current
        var (chosen, reached) = (best, highest)
        for value in coordinate.option.values where value != now {
          let candidate = best.setting(name, to: value == coordinate.current ? nil : value)
          let score = try mean(candidate)
          if score > reached { (chosen, reached) = (candidate, score) }
        }
        guard reached >= highest + Self.smallestGain else { continue }
        (best, highest, hasImproved) = (chosen, reached, true)
      }
      if !hasImproved { break }
    }
    return best
  }
}
