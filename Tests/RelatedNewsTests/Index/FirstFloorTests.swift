import Testing

@testable import RelatedNews

@Suite struct FirstFloorTests {
  private static let width = CommonTermTiles.width

  @Test("so many sums as a list has places reach it", arguments: [1, 3, 10, 30, 64, 65, 200])
  func isReached(limit: Int) {
    var random = SeededNumbers(seed: 71)
    for tileCount in [0, 1, 2, 5, 32] {
      for most in [1, 40, 3_000, 65_535] {
        let sums = (0..<tileCount * Self.width).map { _ in
          Bool.random(using: &random) ? UInt16.random(in: 0...UInt16(most), using: &random) : 0
        }
        let units = floor(sums, limit: limit)
        #expect(units == plainFloor(sums, limit: limit))
        #expect(units == 0 || sums.count { $0 >= units } >= limit)
      }
    }
  }

  @Test("it is near the sum in the last place")
  func isClose() {
    var random = SeededNumbers(seed: 72)
    for _ in 0..<20 {
      let sums = (0..<32 * Self.width).map { _ in UInt16.random(in: 0...60_000, using: &random) }
      let tenth = sums.sorted(by: >)[9]
      #expect(Double(floor(sums, limit: 10)) > 0.99 * Double(tenth))
    }
  }

  private func floor(_ sums: [UInt16], limit: Int) -> UInt16 {
    let counted = sums.map { $0 ^ CommonTermTiles.zero } + [0]
    return counted.withUnsafeBufferPointer {
      FirstFloor.units($0.baseAddress!, tileCount: sums.count / Self.width, limit: limit)
    }
  }

  /// The last of the greatest sums of each lane that has a place, without its last three bits.
  private func plainFloor(_ sums: [UInt16], limit: Int) -> UInt16 {
    guard !sums.isEmpty, limit <= Self.width else { return 0 }
    let greatest = (0..<Self.width).map { lane in
      stride(from: lane, to: sums.count, by: Self.width).map { sums[$0] }.max() ?? 0
    }
    return greatest.sorted(by: >)[limit - 1] & ~7
  }
}
