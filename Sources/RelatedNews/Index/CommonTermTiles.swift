/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles:
/// the weight of the article at `lane` of a tile for dense row r stands at
/// `numbers[(tile * rowCount + r) * 64 + lane]`.
///
/// Where `TileFilter` cannot rule out eight articles of a tile, their sums stay in a register while
/// an article's terms go by: a multiplication and an addition of eight numbers at a time, which every
/// x86-64 and ARM64 has (`pmulhuw` and `paddw` here).
///
/// Unsafe: the rows are read through pointers without bounds checks. `BlockPairsTests` holds it to
/// the plain twin.
struct CommonTermTiles {
  static let width = 64
  private var numbers: [UInt16] = []
  private var rowCount = 0

  /// Takes the weights of a block.
  mutating func load(_ block: ArticleBlock, rowCount: Int) {
    self.rowCount = rowCount
    let tileCount = (block.count + Self.width - 1) / Self.width
    let size = tileCount * rowCount * Self.width
    if numbers.count < size { numbers = Array(repeating: 0, count: size) }
    numbers.withUnsafeMutableBufferPointer { weights in
      weights.update(repeating: 0)
      for article in 0..<block.count {
        let tile = article / Self.width * rowCount * Self.width + article % Self.width
        for place in Int(block.commonStarts[article])..<Int(block.commonStarts[article + 1]) {
          let entry = block.common[place]
          weights[tile + Int(entry & 0xFFFF) * Self.width] = UInt16(truncatingIfNeeded: entry >> 16)
        }
      }
    }
  }

  /// Adds the products of common terms to the sums that were found, and sets those to zero.
  ///
  /// - Parameters:
  ///   - found: where to look, `count` of them.
  ///   - sums: those of row 0 with this tile start at `place`; the other rows' follow.
  ///   - hits: receives what reaches its row's threshold or its column's.
  /// - Returns: how many hits there are.
  func finish(
    _ rows: ArticleBlock, _ found: [TileFilter.Part], count: Int, tile: Int, sums: inout [UInt16],
    place: Int, rowThresholds: [UInt16], columnThresholds: [UInt16], hits: inout [Hit]
  ) -> Int {
    numbers.withUnsafeBufferPointer { numbers in
      rows.common.withUnsafeBufferPointer { terms in
        rows.commonStarts.withUnsafeBufferPointer { starts in
          rowThresholds.withUnsafeBufferPointer { rowThresholds in
            columnThresholds.withUnsafeBufferPointer { columnThresholds in
              sums.withUnsafeMutableBufferPointer { sums in
                hits.withUnsafeMutableBufferPointer { hits in
                  guard let numbers = numbers.baseAddress, let starts = starts.baseAddress,
                    let rowThresholds = rowThresholds.baseAddress,
                    let columnThresholds = columnThresholds.baseAddress,
                    let sums = sums.baseAddress, let hits = hits.baseAddress
                  else { return 0 }
                  return Self.finish(
                    terms, starts, found[..<count],
                    numbers + tile &* rowCount &* Self.width, sums + place, rowThresholds,
                    columnThresholds + tile &* Self.width, hits)
                }
              }
            }
          }
        }
      }
    }
  }

  /// A sum that reaches a threshold: row of its block, lane of the tile, and the sum.
  struct Hit {
    fileprivate let bits: UInt32
    var row: Int { Int(bits &>> 6) & 0x3FF }
    var lane: Int { Int(bits) & 63 }
    var sum: UInt16 { UInt16(truncatingIfNeeded: bits &>> 16) }

    static let none = Hit(bits: 0)
  }

  /// Not inlined: in a larger function the compiler leaves the conversions in `product` as calls.
  @inline(never)
  private static func finish(
    _ terms: UnsafeBufferPointer<UInt32>, _ starts: UnsafePointer<Int32>,
    _ found: ArraySlice<TileFilter.Part>, _ tile: UnsafePointer<UInt16>,
    _ firstSums: UnsafeMutablePointer<UInt16>, _ rowThresholds: UnsafePointer<UInt16>,
    _ columnThresholds: UnsafePointer<UInt16>, _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    var hitCount = 0
    for part in found {
      let index = part.row
      let sums = firstSums + index &* width + part.part &* 8
      let columns = tile + part.part &* 8
      var a = eight(sums, 0)
      for place in Int(starts[index])..<Int(starts[index &+ 1]) {
        let weight = SIMD8<UInt32>(repeating: terms[place] &>> 16)
        a &+= product(eight(columns + Int(terms[place] & 0xFFFF) &* width, 0), weight)
      }
      let rowThreshold = rowThresholds[index]
      let row = UInt32(truncatingIfNeeded: index &<< 6 | part.part &<< 3)
      for lane in 0..<8 {
        let sum = a[lane]
        // Written in any case, kept by the count: no branch to be guessed wrong.
        hits[hitCount] = Hit(bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
        hitCount &+=
          sum >= min(rowThreshold, columnThresholds[part.part &* 8 &+ lane]) ? 1 : 0
      }
      set(sums, 0, .zero)
    }
    return hitCount
  }

  /// ⌊a·b / 2¹⁶⌋.
  @inline(__always)
  private static func product(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt32>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(truncatingIfNeeded: (SIMD8<UInt32>(truncatingIfNeeded: a) &* b) &>> 16)
  }

  /// The numbers from `8 * part` on.
  @inline(__always)
  private static func eight(_ numbers: UnsafePointer<UInt16>, _ part: Int) -> SIMD8<UInt16> {
    UnsafeRawPointer(numbers).loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<UInt16>.self)
  }

  @inline(__always)
  private static func set(
    _ numbers: UnsafeMutablePointer<UInt16>, _ part: Int, _ value: SIMD8<UInt16>
  ) {
    UnsafeMutableRawPointer(numbers).storeBytes(
      of: value, toByteOffset: part &* 16, as: SIMD8<UInt16>.self)
  }
}
