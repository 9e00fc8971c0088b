/// How often each feature stands in a text: `[(3, 2), (7, 1)]` and nothing for all the others.
///
/// Occurrences are noted as they come and put in order by the bits of their numbers (radix sort), all
/// of it in the nearest cache: an array with a place for every feature of an archive is far away
/// wherever it is asked. `PlainVectorsTests` holds the plain twin.
struct FeatureCounts {
  /// The first `count` are in use; both have the same length.
  private var occurrences: [Occurrence] = []
  private var sorted: [Occurrence] = []
  private var count = 0
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

  /// Counts occurrences of features: as many as `write` says that it has written.
  ///
  /// - Parameters:
  ///   - most: how many there may be.
  ///   - write: writes them into room for `most`.
  @inline(__always)
  mutating func add(atMost most: Int, _ write: (UnsafeMutableBufferPointer<Occurrence>) -> Int) {
    if occurrences.count - count < most {
      let more = repeatElement(Occurrence(feature: 0, count: 0), count: occurrences.count + most)
      occurrences += more
      sorted += more
    }
    count += occurrences.withUnsafeMutableBufferPointer { occurrences in
      write(.init(rebasing: occurrences[count..<count + most]))
    }
  }

  /// Calls `body` once with every feature that was counted, ascending, and how often, summed in the
  /// order in which it was counted; counting starts anew.
  @inline(__always)
  mutating func drain(_ body: (Slice<UnsafeMutableBufferPointer<Occurrence>>) -> Void) {
    if count <= Self.few {
      sortFew()
    } else {
      for pass in 0..<passes { sort(by: pass) }
    }
    occurrences.withUnsafeMutableBufferPointer { occurrences in
      var distinct = 0
      for place in 0..<count {
        let next = occurrences[place]
        if distinct > 0, occurrences[distinct - 1].feature == next.feature {
          occurrences[distinct - 1].count += next.count
        } else {
          occurrences[distinct] = next
          distinct += 1
        }
      }
      body(occurrences[..<distinct])
    }
    count = 0
  }

  /// So few that they are sorted before a table of digits is cleared.
  private static let few = 40

  private mutating func sortFew() {
    guard count > 1 else { return }
    occurrences.withUnsafeMutableBufferPointer { occurrences in
      for end in 1..<count {
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
    let shift = pass * digitBits
    let mask = UInt32(1) << digitBits - 1
    let count = count
    occurrences.withUnsafeBufferPointer { from in
      sorted.withUnsafeMutableBufferPointer { to in
        starts.withUnsafeMutableBufferPointer { starts in
          starts.update(repeating: 0)
          for place in 0..<count { starts[Int(from[place].feature &>> shift & mask)] &+= 1 }
          var start: UInt32 = 0
          for digit in 0..<starts.count {
            let count = starts[digit]
            starts[digit] = start
            start &+= count
          }
          for place in 0..<count {
            let next = from[place]
            let digit = Int(next.feature &>> shift & mask)
            let target = starts[digit]
            to[Int(target)] = next
            starts[digit] = target &+ 1
          }
        }
      }
    }
    swap(&occurrences, &sorted)
  }
}
