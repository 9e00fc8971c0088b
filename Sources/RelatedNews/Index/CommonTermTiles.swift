/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles:
/// the weight of the article at `lane` of a tile for dense row r stands at
/// `numbers[(tile * rowCount + r) * 64 + lane]`.
///
/// The sums of a tile stay in eight registers while an article's terms go by, one row of 64 weights
/// each: a multiplication and an addition of eight numbers at a time, which every x86-64 and ARM64
/// has (`pmulhuw` and `paddw` here). Sums are counted from `zero`, so that signed numbers compare
/// them: x86-64 compares no others.
///
/// Unsafe: the rows are read through pointers without bounds checks. `BlockPairsTests` holds it to
/// the plain twin.
struct CommonTermTiles {
  static let width = 64
  /// The sum of nothing, −32,768 as a signed number.
  static let zero: UInt16 = 0x8000
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
          let term = block.common[place]
          weights[tile + term.row * Self.width] = term.weight
        }
      }
    }
  }

  /// Adds the products of the rows' common terms to the sums of one tile's articles, and sets those
  /// to `zero`.
  ///
  /// - Parameters:
  ///   - columns: the block that was loaded.
  ///   - range: at most 512 rows.
  ///   - sums: those of the first row with this tile start at `place`; the other rows' follow.
  ///   - rowLimits, columnLimits: what a sum must exceed to be a hit, its row's or its column's.
  /// - Returns: how many hits there are.
  func finish(
    _ rows: ArticleBlock, _ range: Range<Int>, _ columns: ArticleBlock, tile: Int,
    sums: inout [UInt16], place: Int, rowLimits: UnsafePointer<Int16>,
    columnLimits: UnsafePointer<Int16>, hits: inout [Hit]
  ) -> Int {
    withPointers(rows) { terms, starts, topStarts, topNorms in
      numbers.withUnsafeBufferPointer { numbers in
        columns.topNorms.withUnsafeBufferPointer { columnNorms in
          sums.withUnsafeMutableBufferPointer { sums in
            hits.withUnsafeMutableBufferPointer { hits in
              guard let numbers = numbers.baseAddress, let columnNorms = columnNorms.baseAddress,
                let sums = sums.baseAddress, let hits = hits.baseAddress
              else { return 0 }
              return Self.finish(
                terms, starts, topStarts, topNorms, range,
                numbers + tile &* rowCount &* Self.width, columnNorms + tile &* Self.width,
                sums + place, rowLimits, columnLimits + tile &* Self.width, hits)
            }
          }
        }
      }
    }
  }

  private func withPointers(
    _ rows: ArticleBlock,
    _ body: (
      UnsafePointer<CommonTerm>, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UnsafePointer<UInt16>
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

  /// A sum that exceeds a limit.
  struct Hit {
    /// The sum, the row counted from the first one, the lane of the tile: 16, 9 and 6 bits.
    fileprivate let bits: UInt32
    var row: Int { Int(bits &>> 6) & 0x1FF }
    var lane: Int { Int(bits) & 63 }
    /// As limits are, counted from `zero`.
    var sum: Int16 { Int16(truncatingIfNeeded: bits &>> 16) }
    var units: UInt16 { UInt16(bitPattern: sum) ^ zero }

    static let none = Hit(bits: 0)
  }

  /// Not inlined: in a larger function the compiler leaves the conversions in `product` as calls.
  @inline(never)
  private static func finish(
    _ terms: UnsafePointer<CommonTerm>, _ starts: UnsafePointer<Int32>,
    _ topStarts: UnsafePointer<Int32>, _ topNorms: UnsafePointer<UInt16>, _ rows: Range<Int>,
    _ tile: UnsafePointer<UInt16>, _ columnNorms: UnsafePointer<UInt16>,
    _ firstSums: UnsafeMutablePointer<UInt16>, _ rowLimits: UnsafePointer<Int16>,
    _ columnLimits: UnsafePointer<Int16>, _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    var hitCount = 0
    var sums = firstSums
    let tile = UnsafeRawPointer(tile)
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
        let term = terms[place]
        let weight = term.eightWeights
        let row = (tile + term.offset).assumingMemoryBound(to: UInt16.self)
        a &+= product(eight(row, 0), weight)
        b &+= product(eight(row, 1), weight)
        c &+= product(eight(row, 2), weight)
        d &+= product(eight(row, 3), weight)
        e &+= product(eight(row, 4), weight)
        f &+= product(eight(row, 5), weight)
        g &+= product(eight(row, 6), weight)
        h &+= product(eight(row, 7), weight)
      }
      let limit = SIMD8<Int16>(repeating: rowLimits[index])
      // What is missing is at most this product: roundings down of its parts are no more than its
      // own.
      let norm = SIMD8<UInt16>(repeating: topNorms[index])
      let mayHit =
        exceeds(a &+ product(eight(columnNorms, 0), norm), limit, columnLimits, 0)
        .| exceeds(b &+ product(eight(columnNorms, 1), norm), limit, columnLimits, 1)
        .| exceeds(c &+ product(eight(columnNorms, 2), norm), limit, columnLimits, 2)
        .| exceeds(d &+ product(eight(columnNorms, 3), norm), limit, columnLimits, 3)
        .| exceeds(e &+ product(eight(columnNorms, 4), norm), limit, columnLimits, 4)
        .| exceeds(f &+ product(eight(columnNorms, 5), norm), limit, columnLimits, 5)
        .| exceeds(g &+ product(eight(columnNorms, 6), norm), limit, columnLimits, 6)
        .| exceeds(h &+ product(eight(columnNorms, 7), norm), limit, columnLimits, 7)
      if any(mayHit) {
        for place in Int(topStarts[index])..<Int(starts[index &+ 1]) {
          let term = terms[place]
          let weight = term.eightWeights
          let row = (tile + term.offset).assumingMemoryBound(to: UInt16.self)
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
          exceeds(a, limit, columnLimits, 0) .| exceeds(b, limit, columnLimits, 1)
          .| exceeds(c, limit, columnLimits, 2) .| exceeds(d, limit, columnLimits, 3)
          .| exceeds(e, limit, columnLimits, 4) .| exceeds(f, limit, columnLimits, 5)
          .| exceeds(g, limit, columnLimits, 6) .| exceeds(h, limit, columnLimits, 7)
        if any(isHit) {
          set(sums, 0, a)
          set(sums, 1, b)
          set(sums, 2, c)
          set(sums, 3, d)
          set(sums, 4, e)
          set(sums, 5, f)
          set(sums, 6, g)
          set(sums, 7, h)
          addHits(
            of: index &- rows.lowerBound, sums: sums, limit: limit, columnLimits: columnLimits,
            to: hits,
            count: &hitCount)
        }
      }
      for part in 0..<8 { set(sums, part, SIMD8(repeating: zero)) }
      sums += width
    }
    return hitCount
  }

  /// Eight lanes at a time, as most of a tile are no hits.
  @inline(__always)
  private static func addHits(
    of row: Int, sums: UnsafePointer<UInt16>, limit: SIMD8<Int16>,
    columnLimits: UnsafePointer<Int16>, to hits: UnsafeMutablePointer<Hit>, count: inout Int
  ) {
    let row = UInt32(truncatingIfNeeded: row) &<< 6
    for part in 0..<8 where any(exceeds(eight(sums, part), limit, columnLimits, part)) {
      for lane in 8 &* part..<8 &* part &+ 8 {
        let sum = sums[lane]
        // Written in any case, kept by the count: no branch to be guessed wrong.
        hits[count] = Hit(
          bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
        count &+= Int16(bitPattern: sum) > min(limit[0], columnLimits[lane]) ? 1 : 0
      }
    }
  }

  /// ⌊a·b / 2¹⁶⌋.
  @inline(__always)
  private static func product(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(
      truncatingIfNeeded: (SIMD8<UInt32>(truncatingIfNeeded: a)
        &* SIMD8<UInt32>(truncatingIfNeeded: b)) &>> 16)
  }

  /// Whether sums exceed their row's limit or their column's.
  @inline(__always)
  private static func exceeds(
    _ sums: SIMD8<UInt16>, _ limit: SIMD8<Int16>, _ columnLimits: UnsafePointer<Int16>, _ part: Int
  ) -> SIMDMask<SIMD8<Int16>> {
    let sums = unsafeBitCast(sums, to: SIMD8<Int16>.self)
    let columns = UnsafeRawPointer(columnLimits)
      .loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<Int16>.self)
    return (sums .> limit) .| (sums .> columns)
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

/// A common term of an article as the tiles want it: where its dense row starts, and its weight twice
/// in a row, so that one instruction makes eight of it.
struct CommonTerm: Sendable, BitwiseCopyable {
  private let bits: UInt64

  init(row: Int, weight: UInt16) {
    bits = UInt64(row * CommonTermTiles.width * 2) << 32 | UInt64(weight) << 16 | UInt64(weight)
  }

  var row: Int { Int(bits >> 32) / (CommonTermTiles.width * 2) }
  var weight: UInt16 { UInt16(truncatingIfNeeded: bits) }

  /// Bytes from the beginning of a tile.
  @inline(__always)
  fileprivate var offset: Int { Int(truncatingIfNeeded: bits &>> 32) }

  @inline(__always)
  fileprivate var eightWeights: SIMD8<UInt16> {
    unsafeBitCast(
      SIMD4<UInt32>(repeating: UInt32(truncatingIfNeeded: bits)), to: SIMD8<UInt16>.self)
  }
}
