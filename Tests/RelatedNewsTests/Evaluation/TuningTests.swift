import Foundation
import Testing

@testable import RelatedNews

@Suite struct TuningTests {
  private let coordinates = [
    CoordinateAscent.Coordinate(TuningOption("a", ["0", "1", "2"], standard: "0")),
    CoordinateAscent.Coordinate(TuningOption("b", ["x", "y"], standard: "x"), current: "x"),
  ]

  /// Sixty topics around .5; `gain` is what a setting adds to each.
  private func values(
    _ setting: TuningSetting, gain: (TuningSetting) -> Double, noise: Double
  ) -> [Double] {
    var random = SplitMix64(seed: UInt64(setting.text.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    return (0..<60).map { topic in
      let chance = Double(random.next(below: 2_001) - 1_000) / 1_000 * noise
      return 0.5 + Double(topic % 7) / 50 + gain(setting) + chance
    }
  }

  @Test("a gain that is there is found, on topics that were not seen, and recommended")
  func finds() {
    var asked: [TuningSetting] = []
    let result = Tuner(coordinates, topicCount: 60).tune { setting in
      asked.append(setting)
      return values(
        setting,
        gain: { ($0.values["a"] == "2" ? 0.05 : 0) + ($0.values["b"] == "y" ? 0.03 : 0) },
        noise: 0.02)
    }
    #expect(result.setting.values == ["a": "2", "b": "y"])
    #expect(result.isRecommended)
    #expect(abs(result.heldOut.mean - 0.08) < 0.01)
    #expect(Set(asked).count == asked.count, "a setting is measured once")
    #expect(result.text(measure: "nDCG@10").contains("recommended"))
  }

  @Test("noise is refused, however good it looks on the topics it was chosen on")
  func refuses() {
    let many = TuningOption("c", (0..<20).map(String.init), standard: "0")
    let result = Tuner([CoordinateAscent.Coordinate(many)], topicCount: 60).tune { setting in
      values(setting, gain: { _ in 0 }, noise: 0.1)
    }
    #expect(result.after > result.before)
    #expect(!result.isRecommended)
    #expect(result.text(measure: "nDCG@10").contains("noise"))
  }

  @Test("the same seed, the same search")
  func deterministic() {
    func settings() -> [TuningSetting] {
      Tuner(coordinates, topicCount: 60, seed: 9).tune {
        values($0, gain: { _ in 0 }, noise: 0.1)
      }.folds
    }
    #expect(settings() == settings())
  }

  @Test("a search stopped after every setting goes on and ends as one that was not")
  func resumes() throws {
    struct Stopped: Error {}
    let path = FileManager.default.temporaryDirectory.appending(path: "tune-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func measured(_ setting: TuningSetting) -> [Double] {
      values(setting, gain: { $0.values["a"] == "1" ? 0.04 : 0 }, noise: 0.02)
    }
    let whole = Tuner(coordinates, topicCount: 60).tune { measured($0) }
    var starts = 0
    while true {
      starts += 1
      var journal = try TuningJournal(path: path, fingerprint: 42, topicCount: 60)
      var isNew = true
      do {
        let result = try Tuner(coordinates, topicCount: 60).tune { setting -> [Double] in
          if let values = journal.values[setting] { return values }
          guard isNew else { throw Stopped() }
          isNew = false
          let values = measured(setting)
          try journal.add(setting, values)
          return values
        }
        #expect(result.setting == whole.setting && result.folds == whole.folds)
        #expect(result.heldOut.mean == whole.heldOut.mean)
        break
      } catch is Stopped {}
    }
    #expect(starts > 4)
  }

  @Test("a journal of another search is refused; one that was cut off loses its last line only")
  func journal() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "tune-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      var journal = try TuningJournal(path: path, fingerprint: 1, topicCount: 2)
      try journal.add(TuningSetting(["a": "1"]), [0.25, 0.1])
      try journal.add(TuningSetting(["a": "2"]), [0.5, 1])
    }
    #expect(throws: ReadingError.self) {
      _ = try TuningJournal(path: path, fingerprint: 2, topicCount: 2)
    }
    let data = try Data(contentsOf: URL(filePath: path))
    try data.dropLast(3).write(to: URL(filePath: path))
    var journal = try TuningJournal(path: path, fingerprint: 1, topicCount: 2)
    #expect(journal.values == [TuningSetting(["a": "1"]): [0.25, 0.1]])
    try journal.add(TuningSetting(["a": "2"]), [0.5, 1])
    #expect(try Data(contentsOf: URL(filePath: path)) == data)
  }
}
