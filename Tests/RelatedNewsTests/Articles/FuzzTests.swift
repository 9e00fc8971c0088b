import Foundation
import Testing

@testable import RelatedNews

/// Fixtures with bytes changed, cut, doubled and swapped at random: nothing crashes, nothing hangs,
/// and what is read holds together.
///
/// `FUZZ=200000 swift test -c release --filter FuzzTests` runs longer; `SEED` starts elsewhere.
@Suite struct FuzzTests {
  private static let rounds = number("FUZZ") ?? 1500
  private static let seed = UInt64(number("SEED") ?? 20_240_304)

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }

  @Test("mutated fixtures are read without harm")
  func mutations() throws {
    var random = SplitMix(state: Self.seed)
    let files = try Fixtures.names.map { ($0, try Fixtures.bytes($0)) }
    for _ in 0..<Self.rounds {
      let (name, bytes) = files[Int(random.next() % UInt64(files.count))]
      let other = files[Int(random.next() % UInt64(files.count))].1
      let mutant = Self.mutated(bytes, with: other, &random)
      guard let collection = try? ArticleReader().read(mutant, named: name) else { continue }
      for article in collection.articles {
        #expect(!article.id.isEmpty)
        let hasText = (article.title + article.body).contains { !$0.isWhitespace }
        #expect(hasText, "\(name)")
      }
      #expect(Set(collection.articles.map { Array($0.id.utf8) }).count == collection.articles.count)
    }
  }

  @Test("mutated fixtures packed with gzip are read without harm")
  func packed() throws {
    guard ZLib.available != nil else { return print("skipped: no libz.so.1 on this system") }
    var random = SplitMix(state: Self.seed)
    let bytes = try Fixtures.bytes("own.jsonl")
    for _ in 0..<200 {
      let mutant = Self.mutated(Gzip.stored(bytes), with: bytes, &random)
      _ = try? ArticleReader().read(mutant, named: "own.jsonl.gz")
    }
  }

  /// One to eight changes: a byte, a special sign, a piece cut, doubled, or brought from elsewhere.
  private static func mutated(
    _ bytes: [UInt8], with other: [UInt8], _ random: inout SplitMix
  ) -> [UInt8] {
    var result = bytes
    for _ in 0...(random.next() % 8) where !result.isEmpty {
      let at = Int(random.next() % UInt64(result.count))
      let length = min(result.count - at, 1 + Int(random.next() % 60))
      switch random.next() % 7 {
      case 0: result[at] = UInt8(truncatingIfNeeded: random.next())
      case 1: result.insert(signs[Int(random.next() % UInt64(signs.count))], at: at)
      case 2: result.removeSubrange(at..<(at + length))
      case 3: result.insert(contentsOf: result[at..<(at + length)], at: at)
      case 4: result[at] = signs[Int(random.next() % UInt64(signs.count))]
      case 5: result.removeSubrange(at...)
      default:
        guard other.count > length else { continue }
        let from = Int(random.next() % UInt64(other.count - length))
        result.insert(contentsOf: other[from..<(from + length)], at: at)
      }
    }
    return result
  }

  private static let signs = Array("<>&\"'[]{}(),:;=-+#|!?/\\\n\r\t \0".utf8) + [0xFF, 0xC3, 0xEF]

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
