/// How often each feature stands in a text: `[(3, 2), (7, 1)]` and nothing for all the others.
///
/// Occurrences are noted as they come and put in order by the bits of their numbers (radix sort), all
/// of it in the nearest cache: an array with a place for every feature of an archive is far away
/// wherever it is asked. `PlainVectorsTests` holds the plain twin.
struct FeatureCounts {
  private var occurrences: [Occurrence] = []
  private var sorted: [Occurrence] = []
  private var starts: [UInt32]
  /// How many bits are looked at at once, and how often until a feature is known.
  private let digitBits: UInt32
  private let passes: UInt32

  struct Occurrence: BitwiseCopyable {
    var feature: UInt32
    var count: Float
  }

  init(featureCount: Int) {
    let bits = UInt32(Int.bitWidth - max(1, featureCount).leadingZeroBitCount)
    passes = (bits + 9) / 10
    digitBits = (bits + passes - 1) / passes
    starts = [UInt32](repeating: 0, count: 1 << Int(digitBits))
  }

  /// Counts one occurrence of a feature as `count`.
  @inline(__always)
  mutating func add(_ feature: UInt32, _ count: Float) {
    occurrences.append(Occurrence(feature: feature, count: count))
  }

  /// Calls `body` once with every feature that was counted, ascending, and how often, summed in the
  /// order in which it was counted; counting starts anew.
  @inline(__always)
  mutating func drain(_ body: (Slice<UnsafeMutableBufferPointer<Occurrence>>) -> Void) {
    if occurrences.count <= Self.few {
      sortFew()
    } else {
      for pass in 0..<passes { sort(by: pass) }
    }
    occurrences.withUnsafeMutableBufferPointer { occurrences in
      var count = 0
      for next in occurrences {
        if count > 0, occurrences[count - 1].feature == next.feature {
          occurrences[count - 1].count += next.count
        } else {
          occurrences[count] = next
          count += 1
        }
      }
      body(occurrences[..<count])
    }
    occurrences.removeAll(keepingCapacity: true)
  }

  /// So few that they are sorted before a table of digits is cleared.
  private static let few = 40

  private mutating func sortFew() {
    occurrences.withUnsafeMutableBufferPointer { occurrences in
      for end in occurrences.indices.dropFirst() {
        let next = occurrences[end]
        var place = end
        while place > 0, occurrences[place - 1].feature > next.feature {
          occurrences[place] = occurrences[place - 1]
          place -= 1
        }
        occurrences[place] = next
      }
    }
  }

  /// By one digit of the features; those that share it keep their order.
  ///
  /// Works on unsafe buffers, as the bounds of three arrays would be asked for every occurrence.
  private mutating func sort(by pass: UInt32) {
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: occurrences)
    let shift = pass * digitBits
    let mask = UInt32(1) << digitBits - 1
    occurrences.withUnsafeBufferPointer { from in
      sorted.withUnsafeMutableBufferPointer { to in
        starts.withUnsafeMutableBufferPointer { starts in
          starts.update(repeating: 0)
          for next in from { starts[Int(next.feature >> shift & mask)] += 1 }
          var start: UInt32 = 0
          for digit in starts.indices {
            let count = starts[digit]
            starts[digit] = start
            start += count
          }
          for next in from {
            let digit = Int(next.feature >> shift & mask)
            to[Int(starts[digit])] = next
            starts[digit] += 1
          }
        }
      }
    }
    swap(&occurrences, &sorted)
  }
}
