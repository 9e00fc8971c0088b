/// The common terms of a block of articles as dense rows of 16-bit weights, in tiles of 64 articles:
/// the weight of the article at `lane` of a tile for dense row r stands at
/// `numbers[tile * rowCount * 8 + r * 8 + lane / 8][lane % 8]`.
///
/// The sums of a tile stay in eight registers while an article's terms go by, one row of 64 weights
/// each: a multiplication and an addition of eight numbers at a time, which every x86-64 and ARM64
/// has (`pmulhuw` and `paddw` here). On Reuters news 16 additions a cycle, against one in two for
/// postings.
///
/// Unsafe: the rows are read through pointers without bounds checks. `BlockPairsTests` holds it to
/// the plain twin.
struct CommonTermTiles {
  static let width = 64
  /// At most this many rows a group, as a `Hit` has ten bits for them.
  static let longestGroup = 1024
  private var numbers: [SIMD8<UInt16>] = []
  private var rowCount = 0

  /// Takes the weights of a block.
  mutating func load(_ block: ArticleBlock, rowCount: Int) {
    self.rowCount = rowCount
    let tileCount = (block.count + Self.width - 1) / Self.width
    let size = tileCount * rowCount * 8
    if numbers.count < size { numbers = Array(repeating: .zero, count: size) }
    numbers.withUnsafeMutableBytes { bytes in
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      let weights = bytes.assumingMemoryBound(to: UInt16.self)
      for article in 0..<block.count {
        let tile = article / Self.width * rowCount * Self.width + article % Self.width
        for place in Int(block.commonStarts[article])..<Int(block.commonStarts[article + 1]) {
          let entry = block.common[place]
          weights[tile + Int(entry >> 16) * Self.width] = UInt16(truncatingIfNeeded: entry)
        }
      }
    }
  }

  /// Adds the products of the common terms of a group of rows to the sums of one tile's articles.
  ///
  /// - Parameters:
  ///   - sums: those of the group's first row for this tile; the next row's are `stride` behind.
  ///   - hits: receives what reaches its row's threshold or its column's.
  /// - Returns: how many hits there are.
  func add(
    _ rows: ArticleBlock, _ group: Range<Int>, tile: Int, to sums: inout [SIMD8<UInt16>],
    place: Int, stride: Int, rowThresholds: [UInt16], columnThresholds: [UInt16],
    hits: inout [Hit]
  ) -> Int {
    numbers.withUnsafeBufferPointer { numbers in
      rows.common.withUnsafeBufferPointer { terms in
        rows.commonStarts.withUnsafeBufferPointer { starts in
          sums.withUnsafeMutableBufferPointer { sums in
            rowThresholds.withUnsafeBufferPointer { rowThresholds in
              columnThresholds.withUnsafeBufferPointer { columnThresholds in
                hits.withUnsafeMutableBufferPointer { hits in
                  guard let numbers = numbers.baseAddress, let terms = terms.baseAddress,
                    let starts = starts.baseAddress, let sums = sums.baseAddress,
                    let rowThresholds = rowThresholds.baseAddress,
                    let columnThresholds = columnThresholds.baseAddress,
                    let hits = hits.baseAddress
                  else { return 0 }
                  return Self.add(
                    terms, starts, group, numbers + tile &* rowCount &* 8, sums + place, stride,
                    rowThresholds, columnThresholds + tile &* Self.width, hits)
                }
              }
            }
          }
        }
      }
    }
  }

  /// A sum that reaches a threshold: row (counted in its group), lane of the tile, and the sum.
  struct Hit {
    fileprivate let bits: UInt32
    var row: Int { Int(bits &>> 6) & 0x3FF }
    var lane: Int { Int(bits) & 63 }
    var sum: UInt16 { UInt16(truncatingIfNeeded: bits &>> 16) }

    static let none = Hit(bits: 0)
  }

  /// Not inlined: in a larger function the compiler leaves the conversions in `product` as calls.
  @inline(never)
  private static func add(
    _ terms: UnsafePointer<UInt32>, _ starts: UnsafePointer<Int32>, _ group: Range<Int>,
    _ tile: UnsafePointer<SIMD8<UInt16>>, _ firstSums: UnsafeMutablePointer<SIMD8<UInt16>>,
    _ stride: Int, _ rowThresholds: UnsafePointer<UInt16>,
    _ columnThresholds: UnsafePointer<UInt16>, _ hits: UnsafeMutablePointer<Hit>
  ) -> Int {
    var hitCount = 0
    var sums = firstSums
    for index in group {
      var a = sums[0]
      var b = sums[1]
      var c = sums[2]
      var d = sums[3]
      var e = sums[4]
      var f = sums[5]
      var g = sums[6]
      var h = sums[7]
      for place in Int(starts[index])..<Int(starts[index &+ 1]) {
        let entry = terms[place]
        let weight = SIMD8<UInt32>(repeating: entry & 0xFFFF)
        let row = tile + Int(entry &>> 16) &* 8
        a &+= product(row[0], weight)
        b &+= product(row[1], weight)
        c &+= product(row[2], weight)
        d &+= product(row[3], weight)
        e &+= product(row[4], weight)
        f &+= product(row[5], weight)
        g &+= product(row[6], weight)
        h &+= product(row[7], weight)
      }
      let rowThreshold = rowThresholds[index]
      let least = SIMD8(repeating: rowThreshold)
      let columns = UnsafeRawPointer(columnThresholds)
      let isHit =
        reaches(a, least, columns, 0) .| reaches(b, least, columns, 1)
        .| reaches(c, least, columns, 2) .| reaches(d, least, columns, 3)
        .| reaches(e, least, columns, 4) .| reaches(f, least, columns, 5)
        .| reaches(g, least, columns, 6) .| reaches(h, least, columns, 7)
      if any(isHit) {
        sums[0] = a
        sums[1] = b
        sums[2] = c
        sums[3] = d
        sums[4] = e
        sums[5] = f
        sums[6] = g
        sums[7] = h
        let numbers = UnsafeRawPointer(sums).assumingMemoryBound(to: UInt16.self)
        let row = UInt32(truncatingIfNeeded: index &- group.lowerBound) &<< 6
        for lane in 0..<width {
          let sum = numbers[lane]
          // Written in any case, kept by the count: no branch to be guessed wrong.
          hits[hitCount] = Hit(bits: UInt32(sum) &<< 16 | row | UInt32(truncatingIfNeeded: lane))
          hitCount &+= sum >= min(rowThreshold, columnThresholds[lane]) ? 1 : 0
        }
      }
      sums += stride
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
    _ sums: SIMD8<UInt16>, _ row: SIMD8<UInt16>, _ columns: UnsafeRawPointer, _ part: Int
  ) -> SIMDMask<SIMD8<Int16>> {
    let columns = columns.loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<UInt16>.self)
    return (sums .>= row) .| (sums .>= columns)
  }
}
