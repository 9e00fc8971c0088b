/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles:
/// the weight of the article at `lane` of a tile for dense row r stands at
/// `numbers[(tile * rowCount + r) * 64 + lane]`.
///
/// The sums of a tile stay in eight registers while an article's terms go by, one row of 64 weights
/// each: a multiplication and an addition of eight numbers at a time, which every x86-64 and ARM64
/// has (`pmulhuw` and `paddw` here).
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
          weights[tile + Int(entry >> 16) * Self.width] = UInt16(truncatingIfNeeded: entry)
        }
      }
    }
  }

  /// Adds the products of the rows' common terms to the sums of one tile's articles, and sets those
  /// to zero.
  ///
  /// - Parameters:
  ///   - columns: the block that was loaded.
  ///   - sums: those of row 0 with this tile start at `place`; the other rows' follow.
  ///   - hits: receives what reaches its row's threshold or its column's.
  /// - Returns: how many hits there are.
  func finish(
    _ rows: ArticleBlock, _ range: Range<Int>, _ columns: ArticleBlock, tile: Int,
    sums: inout [UInt16], place: Int, rowThresholds: [UInt16], columnThresholds: [UInt16],
    hits: inout [Hit]
  ) -> Int {
    withPointers(rows) { terms, starts, topStarts, topNorms in
      numbers.withUnsafeBufferPointer { numbers in
        columns.topNorms.withUnsafeBufferPointer { columnNorms in
          rowThresholds.withUnsafeBufferPointer { rowThresholds in
            columnThresholds.withUnsafeBufferPointer { columnThresholds in
              sums.withUnsafeMutableBufferPointer { sums in
                hits.withUnsafeMutableBufferPointer { hits in
                  guard let numbers = numbers.baseAddress,
                    let columnNorms = columnNorms.baseAddress,
                    let rowThresholds = rowThresholds.baseAddress,
                    let columnThresholds = columnThresholds.baseAddress,
                    let sums = sums.baseAddress, let hits = hits.baseAddress
                  else { return 0 }
                  return Self.finish(
                    terms, starts, topStarts, topNorms, range,
                    numbers + tile &* rowCount &* Self.width, columnNorms + tile &* Self.width,
                    sums + place, rowThresholds, columnThresholds + tile &* Self.width, hits)
                }
              }
            }
          }
        }
      }
    }
  }

  private func withPointers(
    _ rows: ArticleBlock,
    _ body: (
      UnsafePointer<UInt32>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<UInt16>
    ) -> Int
  ) -> Int {
    rows.common.withUnsafeBufferPointer { terms in
      rows.commonStarts.withUnsafeBufferPointer { starts in
        rows.topStarts.withUnsafeBufferPointer { topStarts in
          rows.topNorms.withUnsafeBufferPointer { topNorms in
            guard let terms = terms.baseAddress, let starts = starts.baseAddress,
              let topStarts = topStarts.baseAddress, let topNorms = topNorms.baseAddress
            else { return 0 }
            return body(terms, starts, topStarts, topNorms)
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
    _ terms: UnsafePointer<UInt32>, _ starts: UnsafePointer<Int32>,
    _ topStarts: UnsafePointer<Int32>, _ topNorms: UnsafePointer<UInt16>, _ rows: Range<Int>,
    _ tile: UnsafePointer<UInt16>, _ columnNorms: UnsafePointer<UInt16>,
    _ firstSums: UnsafeMutablePointer<UInt16>, _ rowThresholds: UnsafePointer<UInt16>,
    _ columnThresholds: UnsafePointer<UInt16>, _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    var hitCount = 0
    var sums = firstSums + rows.lowerBound &* width
    for index in rows {
      var a = eight(sums, 0)
      var b = eight(sums, 1)
      var c = eight(sums, 2)
      var d = eight(sums, 3)
      var e = eight(sums, 4)
      var f = eight(sums, 5)
      var g = eight(sums, 6)
      var h = eight(sums, 7)
      for place in Int(starts[index])..<Int(topStarts[index]) {
        let weight = SIMD8<UInt32>(repeating: terms[place] & 0xFFFF)
        let row = tile + Int(terms[place] &>> 16) &* width
        a &+= product(eight(row, 0), weight)
        b &+= product(eight(row, 1), weight)
        c &+= product(eight(row, 2), weight)
        d &+= product(eight(row, 3), weight)
        e &+= product(eight(row, 4), weight)
        f &+= product(eight(row, 5), weight)
        g &+= product(eight(row, 6), weight)
        h &+= product(eight(row, 7), weight)
      }
      let rowThreshold = rowThresholds[index]
      let least = SIMD8(repeating: rowThreshold)
      // What is missing is at most this product, and one for its rounding.
      let norm = SIMD8<UInt32>(repeating: UInt32(topNorms[index]))
      let mayHit =
        reaches(a &+ product(eight(columnNorms, 0), norm) &+ 1, least, eight(columnThresholds, 0))
        .| reaches(
          b &+ product(eight(columnNorms, 1), norm) &+ 1, least, eight(columnThresholds, 1))
        .| reaches(
          c &+ product(eight(columnNorms, 2), norm) &+ 1, least, eight(columnThresholds, 2))
        .| reaches(
          d &+ product(eight(columnNorms, 3), norm) &+ 1, least, eight(columnThresholds, 3))
        .| reaches(
          e &+ product(eight(columnNorms, 4), norm) &+ 1, least, eight(columnThresholds, 4))
        .| reaches(
          f &+ product(eight(columnNorms, 5), norm) &+ 1, least, eight(columnThresholds, 5))
        .| reaches(
          g &+ product(eight(columnNorms, 6), norm) &+ 1, least, eight(columnThresholds, 6))
        .| reaches(
          h &+ product(eight(columnNorms, 7), norm) &+ 1, least, eight(columnThresholds, 7))
      if any(mayHit) {
        for place in Int(topStarts[index])..<Int(starts[index &+ 1]) {
          let weight = SIMD8<UInt32>(repeating: terms[place] & 0xFFFF)
          let row = tile + Int(terms[place] &>> 16) &* width
          a &+= product(eight(row, 0), weight)
          b &+= product(eight(row, 1), weight)
          c &+= product(eight(row, 2), weight)
          d &+= product(eight(row, 3), weight)
          e &+= product(eight(row, 4), weight)
          f &+= product(eight(row, 5), weight)
          g &+= product(eight(row, 6), weight)
          h &+= product(eight(row, 7), weight)
        }
        let isHit =
          reaches(a, least, eight(columnThresholds, 0))
          .| reaches(b, least, eight(columnThresholds, 1))
          .| reaches(c, least, eight(columnThresholds, 2))
          .| reaches(d, least, eight(columnThresholds, 3))
          .| reaches(e, least, eight(columnThresholds, 4))
          .| reaches(f, least, eight(columnThresholds, 5))
          .| reaches(g, least, eight(columnThresholds, 6))
          .| reaches(h, least, eight(columnThresholds, 7))
        if any(isHit) {
          set(sums, 0, a)
          set(sums, 1, b)
          set(sums, 2, c)
          set(sums, 3, d)
          set(sums, 4, e)
          set(sums, 5, f)
          set(sums, 6, g)
          set(sums, 7, h)
          let row = UInt32(truncatingIfNeeded: index) &<< 6
          for lane in 0..<width {
            let sum = sums[lane]
            // Written in any case, kept by the count: no branch to be guessed wrong.
            hits[hitCount] = Hit(
              bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
            hitCount &+= sum >= min(rowThreshold, columnThresholds[lane]) ? 1 : 0
          }
        }
      }
      for part in 0..<8 { set(sums, part, .zero) }
      sums += width
    }
    return hitCount
  }

  /// ⌊a·b / 2¹⁶⌋.
  @inline(__always)
  private static func product(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt32>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(truncatingIfNeeded: (SIMD8<UInt32>(truncatingIfNeeded: a) &* b) &>> 16)
  }

  @inline(__always)
  private static func reaches(
    _ sums: SIMD8<UInt16>, _ row: SIMD8<UInt16>, _ columns: SIMD8<UInt16>
  ) -> SIMDMask<SIMD8<Int16>> {
    (sums .>= row) .| (sums .>= columns)
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
