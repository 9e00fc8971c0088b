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

  /// Calls `body` with the tiles, to be read as long as it runs.
  func withTiles<Result>(_ body: (Tiles) -> Result) -> Result {
    numbers.withUnsafeBufferPointer { body(Tiles(numbers: $0, rowCount: rowCount)) }
  }

  struct Tiles {
    fileprivate let numbers: UnsafeBufferPointer<SIMD8<UInt16>>
    fileprivate let rowCount: Int

    /// Adds the products of an article's common terms to the sums of a tile's 64 articles.
    ///
    /// - Parameter terms: dense row << 16 | weight.
    /// - Returns: whether a sum reaches the row's threshold or that of its column.
    @inline(__always)
    func add(
      _ terms: UnsafeBufferPointer<UInt32>, tile: Int, to sums: UnsafeMutablePointer<SIMD8<UInt16>>,
      rowThreshold: UInt16, columnThresholds: UnsafePointer<SIMD8<UInt16>>
    ) -> Bool {
      guard let start = numbers.baseAddress.map({ $0 + tile &* rowCount &* 8 }) else {
        return false
      }
      var a = sums[0]
      var b = sums[1]
      var c = sums[2]
      var d = sums[3]
      var e = sums[4]
      var f = sums[5]
      var g = sums[6]
      var h = sums[7]
      for entry in terms {
        let weight = SIMD8<UInt32>(repeating: entry & 0xFFFF)
        let row = start + Int(entry >> 16) &* 8
        a &+= Self.product(row[0], weight)
        b &+= Self.product(row[1], weight)
        c &+= Self.product(row[2], weight)
        d &+= Self.product(row[3], weight)
        e &+= Self.product(row[4], weight)
        f &+= Self.product(row[5], weight)
        g &+= Self.product(row[6], weight)
        h &+= Self.product(row[7], weight)
      }
      let least = SIMD8(repeating: rowThreshold)
      let hits =
        Self.reaches(a, least, columnThresholds[0]) .| Self.reaches(b, least, columnThresholds[1])
        .| Self.reaches(c, least, columnThresholds[2])
        .| Self.reaches(d, least, columnThresholds[3])
        .| Self.reaches(e, least, columnThresholds[4])
        .| Self.reaches(f, least, columnThresholds[5])
        .| Self.reaches(g, least, columnThresholds[6])
        .| Self.reaches(h, least, columnThresholds[7])
      guard any(hits) else { return false }
      sums[0] = a
      sums[1] = b
      sums[2] = c
      sums[3] = d
      sums[4] = e
      sums[5] = f
      sums[6] = g
      sums[7] = h
      return true
    }

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
  }
}
