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

  /// Not inlined: in a larger function the compiler leaves the conversions of products as calls.
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
    for index in rows {
      var tileSums = TileSums(sums)
      tileSums.add(terms, Int(starts[index])..<Int(topStarts[index]), of: tile)
      let limit = SIMD8<Int16>(repeating: rowLimits[index])
      // What is missing is at most this product: roundings down of its parts are no more than its
      // own.
      if tileSums.withBound(topNorms[index], columnNorms).exceed(limit, columnLimits) {
        tileSums.add(terms, Int(topStarts[index])..<Int(starts[index &+ 1]), of: tile)
        if tileSums.exceed(limit, columnLimits) {
          tileSums.store(to: sums)
          addHits(
            of: index &- rows.lowerBound, sums: sums, limit: limit, columnLimits: columnLimits,
            to: hits, count: &hitCount)
        }
      }
      sums.update(repeating: zero, count: width)
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
    for part in 0..<8 where any(TileSums.exceeds(sums, part, limit, columnLimits)) {
      for lane in 8 &* part..<8 &* part &+ 8 {
        let sum = sums[lane]
        // Written in any case, kept by the count: no branch to be guessed wrong.
        hits[count] = Hit(
          bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
        count &+= Int16(bitPattern: sum) > min(limit[0], columnLimits[lane]) ? 1 : 0
      }
    }
  }
}

/// The sums of one article with the 64 of a tile, in eight registers: what is done to them is written
/// out for each, as a loop would keep them in memory.
private struct TileSums {
  private var a, b, c, d, e, f, g, h: SIMD8<UInt16>

  @inline(__always)
  init(_ sums: UnsafePointer<UInt16>) {
    a = Self.eight(sums, 0)
    b = Self.eight(sums, 1)
    c = Self.eight(sums, 2)
    d = Self.eight(sums, 3)
    e = Self.eight(sums, 4)
    f = Self.eight(sums, 5)
    g = Self.eight(sums, 6)
    h = Self.eight(sums, 7)
  }

  @inline(__always)
  mutating func add(
    _ terms: UnsafePointer<CommonTerm>, _ places: Range<Int>, of tile: UnsafePointer<UInt16>
  ) {
    for place in places {
      let term = terms[place]
      add(tile + term.offset, times: term.eightWeights)
    }
  }

  /// Adds the products of 64 numbers with one.
  @inline(__always)
  private mutating func add(_ row: UnsafePointer<UInt16>, times weight: SIMD8<UInt16>) {
    a &+= Self.product(Self.eight(row, 0), weight)
    b &+= Self.product(Self.eight(row, 1), weight)
    c &+= Self.product(Self.eight(row, 2), weight)
    d &+= Self.product(Self.eight(row, 3), weight)
    e &+= Self.product(Self.eight(row, 4), weight)
    f &+= Self.product(Self.eight(row, 5), weight)
    g &+= Self.product(Self.eight(row, 6), weight)
    h &+= Self.product(Self.eight(row, 7), weight)
  }

  /// With the most that two lengths can bring on top.
  @inline(__always)
  func withBound(_ norm: UInt16, _ columnNorms: UnsafePointer<UInt16>) -> TileSums {
    var most = self
    most.add(columnNorms, times: SIMD8(repeating: norm))
    return most
  }

  /// Whether any exceeds its row's limit or its column's.
  @inline(__always)
  func exceed(_ limit: SIMD8<Int16>, _ columnLimits: UnsafePointer<Int16>) -> Bool {
    any(
      Self.exceeds(a, 0, limit, columnLimits) .| Self.exceeds(b, 1, limit, columnLimits)
        .| Self.exceeds(c, 2, limit, columnLimits) .| Self.exceeds(d, 3, limit, columnLimits)
        .| Self.exceeds(e, 4, limit, columnLimits) .| Self.exceeds(f, 5, limit, columnLimits)
        .| Self.exceeds(g, 6, limit, columnLimits) .| Self.exceeds(h, 7, limit, columnLimits))
  }

  @inline(__always)
  func store(to sums: UnsafeMutablePointer<UInt16>) {
    Self.set(sums, 0, a)
    Self.set(sums, 1, b)
    Self.set(sums, 2, c)
    Self.set(sums, 3, d)
    Self.set(sums, 4, e)
    Self.set(sums, 5, f)
    Self.set(sums, 6, g)
    Self.set(sums, 7, h)
  }

  /// Which of the stored sums from `8 * part` on exceed their limits.
  @inline(__always)
  static func exceeds(
    _ sums: UnsafePointer<UInt16>, _ part: Int, _ limit: SIMD8<Int16>,
    _ columnLimits: UnsafePointer<Int16>
  ) -> SIMDMask<SIMD8<Int16>> { exceeds(eight(sums, part), part, limit, columnLimits) }

  @inline(__always)
  private static func exceeds(
    _ sums: SIMD8<UInt16>, _ part: Int, _ limit: SIMD8<Int16>,
    _ columnLimits: UnsafePointer<Int16>
  ) -> SIMDMask<SIMD8<Int16>> {
    let sums = unsafeBitCast(sums, to: SIMD8<Int16>.self)
    let columns = UnsafeRawPointer(columnLimits)
      .loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<Int16>.self)
    return (sums .> limit) .| (sums .> columns)
  }

  /// ⌊a·b / 2¹⁶⌋.
  @inline(__always)
  private static func product(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(
      truncatingIfNeeded: (SIMD8<UInt32>(truncatingIfNeeded: a)
        &* SIMD8<UInt32>(truncatingIfNeeded: b)) &>> 16)
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
    bits = UInt64(row * CommonTermTiles.width) << 32 | UInt64(weight) << 16 | UInt64(weight)
  }

  var row: Int { Int(bits >> 32) / CommonTermTiles.width }
  var weight: UInt16 { UInt16(truncatingIfNeeded: bits) }

  /// Numbers from the beginning of a tile.
  @inline(__always)
  fileprivate var offset: Int { Int(truncatingIfNeeded: bits &>> 32) }

  @inline(__always)
  fileprivate var eightWeights: SIMD8<UInt16> {
    unsafeBitCast(
      SIMD4<UInt32>(repeating: UInt32(truncatingIfNeeded: bits)), to: SIMD8<UInt16>.self)
  }
}
