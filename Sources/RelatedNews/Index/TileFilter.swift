/// Rules out, in 8-bit numbers, most tiles of a block before their products are added up.
///
/// Holds the common terms of a block as dense rows of 8-bit weights, rounded up: a unit is 1/255 of
/// the longest article's length. For a row of another block the weights of each of its `TermGroups` are added
/// up, sixteen articles at a time, then multiplied by the group's greatest weight. With the sum of
/// the rare terms on top that is an upper bound of the quantised sum; a tile where it reaches no threshold
/// needs no second look: on most archives four in five. The bound costs a fifth of the products.
///
/// A sum that is cut off at 255 is no bound: then the tile counts as reached.
///
/// Unsafe: the rows are read through pointers without bounds checks. `BlockPairsTests`
/// holds it to the plain twin.
struct TileFilter {
  private static let width = CommonTermTiles.width
  private static let bytes = SIMD16<UInt8>.scalarCount
  /// The weight of tile t, dense row r and lane l: byte `position(of: l)` of the 64 at
  /// `(t * rowCount + r) * 64`.
  private var numbers: [SIMD16<UInt8>] = []
  private var rowCount = 0
  /// The thresholds of a tile's articles in units of 4.
  private var columnThresholds = [SIMD8<UInt16>](repeating: .zero, count: width / 8)
  /// Of a row block: beside each group its factor, f << 16 | s for f / 2ˢ, beside each term where its
  /// row begins.
  private var factors: [UInt32] = []
  private var offsets: [UInt32] = []

  /// Lanes lie so that the even bytes of sixteen are eight lanes in a row and the odd ones the next:
  /// two shifts make 16-bit numbers of them.
  private static func position(of lane: Int) -> Int {
    lane / 16 * 16 + lane % 8 * 2 + lane / 8 % 2
  }

  /// Takes the weights of a block.
  mutating func load(_ block: ArticleBlock, rowCount: Int) {
    self.rowCount = rowCount
    let tileCount = (block.count + Self.width - 1) / Self.width
    let size = tileCount * rowCount * Self.width / Self.bytes
    if numbers.count < size { numbers = Array(repeating: .zero, count: size) }
    numbers.withUnsafeMutableBytes { numbers in
      numbers.initializeMemory(as: UInt8.self, repeating: 0)
      for article in 0..<block.count {
        let tile = article / Self.width * rowCount * Self.width
        let position = tile + Self.position(of: article % Self.width)
        for place in Int(block.commonStarts[article])..<Int(block.commonStarts[article + 1]) {
          let entry = block.common[place]
          let weight = Int(entry >> 16) * 255
          let unit = WeightQuantizer.greatest
          numbers[position + Int(entry & 0xFFFF) * Self.width] = UInt8((weight + unit - 1) / unit)
        }
      }
    }
  }

  /// Takes the terms of the block that is to meet the loaded one.
  mutating func load(rows: ArticleBlock) {
    factors.removeAll(keepingCapacity: true)
    for greatest in rows.groups.greatest { factors.append(Self.factor(of: greatest)) }
    offsets.removeAll(keepingCapacity: true)
    for term in rows.groups.terms { offsets.append(term * UInt32(Self.width)) }
  }

  /// Eight articles of a tile and a row that may reach a threshold with one of them.
  struct Part {
    fileprivate let bits: UInt16
    var row: Int { Int(bits &>> 3) }
    var part: Int { Int(bits & 7) }

    static let none = Part(bits: 0)
  }

  /// What a sum of 8-bit weights is to be multiplied by, rounded up to 8 bits: units of 4 of the
  /// quantised sums. At least 1, as no bound may be 0 where a sum is not.
  private static func factor(of greatest: UInt16) -> UInt32 {
    let unit = 255 * 65536 * 4
    let factor = max(Int(greatest) * WeightQuantizer.greatest, unit)
    var shift = 0
    while factor << (shift + 1) <= 255 * unit { shift += 1 }
    return UInt32(((factor << shift) + unit - 1) / unit) << 16 | UInt32(shift)
  }

  /// What of a tile may reach a threshold; sets the sums of the rest to zero.
  ///
  /// - Parameters:
  ///   - sums: those of row 0 with this tile start at `place`; the other rows' follow.
  ///   - found: receives it, by ascending rows.
  /// - Returns: how many there are.
  mutating func survivors(
    _ rows: ArticleBlock, _ range: Range<Int>, tile: Int, sums: inout [UInt16], place: Int,
    rowThresholds: [UInt16], columnThresholds: [UInt16], found: inout [Part]
  ) -> Int {
    for part in self.columnThresholds.indices {
      for lane in 0..<8 {
        self.columnThresholds[part][lane] = Self.quartered(
          columnThresholds[tile * Self.width + part * 8 + lane])
      }
    }
    return numbers.withUnsafeBytes { numbers in
      rows.groups.rowStarts.withUnsafeBufferPointer { rowStarts in
        rows.groups.termStarts.withUnsafeBufferPointer { termStarts in
          factors.withUnsafeBufferPointer { factors in
            offsets.withUnsafeBufferPointer { offsets in
              rowThresholds.withUnsafeBufferPointer { rowThresholds in
                self.columnThresholds.withUnsafeBufferPointer { columnThresholds in
                  sums.withUnsafeMutableBytes { sums in
                    found.withUnsafeMutableBufferPointer { found in
                      guard let numbers = numbers.baseAddress,
                        let rowStarts = rowStarts.baseAddress,
                        let termStarts = termStarts.baseAddress,
                        let rowThresholds = rowThresholds.baseAddress,
                        let columnThresholds = columnThresholds.baseAddress,
                        let sums = sums.baseAddress, let found = found.baseAddress
                      else { return 0 }
                      return Self.survivors(
                        rowStarts, termStarts, factors, offsets, range,
                        numbers + tile &* rowCount &* Self.width, sums + place &* 2,
                        rowThresholds, columnThresholds, found)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// A threshold in units of 4, less what the roundings of a bound can hide: one unit for each
  /// product. Never 0: a bound of 0 is a score of 0.
  @inline(__always)
  private static func quartered(_ threshold: UInt16) -> UInt16 {
    let least = threshold >> 2
    return least > UInt16(TermGroups.most) ? least &- UInt16(TermGroups.most) : 1
  }

  /// Not inlined, so that the compiler has all registers for it.
  @inline(never)
  private static func survivors(
    _ rowStarts: UnsafePointer<UInt32>, _ termStarts: UnsafePointer<UInt32>,
    _ factors: UnsafeBufferPointer<UInt32>, _ offsets: UnsafeBufferPointer<UInt32>,
    _ rows: Range<Int>, _ tile: UnsafeRawPointer, _ firstSums: UnsafeMutableRawPointer,
    _ rowThresholds: UnsafePointer<UInt16>, _ columnThresholds: UnsafePointer<SIMD8<UInt16>>,
    _ found: UnsafeMutablePointer<Part>
  ) -> Int {
    let full = SIMD8<UInt16>(repeating: 255)
    var count = 0
    var sums = firstSums + rows.lowerBound &* width &* 2
    for index in rows {
      var a = quartered(sums, 0)
      var b = quartered(sums, 1)
      var c = quartered(sums, 2)
      var d = quartered(sums, 3)
      var e = quartered(sums, 4)
      var f = quartered(sums, 5)
      var g = quartered(sums, 6)
      var h = quartered(sums, 7)
      var most = SIMD16<UInt8>.zero
      for group in Int(rowStarts[index])..<Int(rowStarts[index &+ 1]) {
        var p = SIMD16<UInt8>.zero
        var q = SIMD16<UInt8>.zero
        var r = SIMD16<UInt8>.zero
        var s = SIMD16<UInt8>.zero
        for place in Int(termStarts[group])..<Int(termStarts[group &+ 1]) {
          let row = tile + Int(offsets[place])
          p = cutOffSum(p, row.load(as: SIMD16<UInt8>.self))
          q = cutOffSum(q, row.load(fromByteOffset: 16, as: SIMD16<UInt8>.self))
          r = cutOffSum(r, row.load(fromByteOffset: 32, as: SIMD16<UInt8>.self))
          s = cutOffSum(s, row.load(fromByteOffset: 48, as: SIMD16<UInt8>.self))
        }
        let factor = SIMD8(repeating: UInt16(truncatingIfNeeded: factors[group] &>> 16))
        let shift = SIMD8(repeating: UInt16(truncatingIfNeeded: factors[group]))
        a &+= (even(p) &* factor) &>> shift
        b &+= (odd(p) &* factor) &>> shift
        c &+= (even(q) &* factor) &>> shift
        d &+= (odd(q) &* factor) &>> shift
        e &+= (even(r) &* factor) &>> shift
        f &+= (odd(r) &* factor) &>> shift
        g &+= (even(s) &* factor) &>> shift
        h &+= (odd(s) &* factor) &>> shift
        most = greater(most, greater(greater(p, q), greater(r, s)))
      }
      let least = SIMD8(repeating: quartered(rowThresholds[index]))
      let hits = (
        reaches(a, least, columnThresholds[0]), reaches(b, least, columnThresholds[1]),
        reaches(c, least, columnThresholds[2]), reaches(d, least, columnThresholds[3]),
        reaches(e, least, columnThresholds[4]), reaches(f, least, columnThresholds[5]),
        reaches(g, least, columnThresholds[6]), reaches(h, least, columnThresholds[7])
      )
      let isCutOff = isAny((even(most) .>= full) .| (odd(most) .>= full))
      if isCutOff
        || isAny(
          (hits.0 .| hits.1 .| (hits.2 .| hits.3)) .| (hits.4 .| hits.5 .| (hits.6 .| hits.7)))
      {
        let row = UInt16(truncatingIfNeeded: index &<< 3)
        keep(0, isCutOff || isAny(hits.0), row, sums, found, &count)
        keep(1, isCutOff || isAny(hits.1), row, sums, found, &count)
        keep(2, isCutOff || isAny(hits.2), row, sums, found, &count)
        keep(3, isCutOff || isAny(hits.3), row, sums, found, &count)
        keep(4, isCutOff || isAny(hits.4), row, sums, found, &count)
        keep(5, isCutOff || isAny(hits.5), row, sums, found, &count)
        keep(6, isCutOff || isAny(hits.6), row, sums, found, &count)
        keep(7, isCutOff || isAny(hits.7), row, sums, found, &count)
      } else {
        for part in 0..<8 {
          sums.storeBytes(of: .zero, toByteOffset: part &* 16, as: SIMD8<UInt16>.self)
        }
      }
      sums += width &* 2
    }
    return count
  }

  @inline(__always)
  private static func isAny(_ mask: SIMDMask<SIMD8<Int16>>) -> Bool {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] != 0
  }

  @inline(__always)
  private static func keep(
    _ part: Int, _ isHit: Bool, _ row: UInt16, _ sums: UnsafeMutableRawPointer,
    _ found: UnsafeMutablePointer<Part>, _ count: inout Int
  ) {
    // Written in any case, kept by the count: no branch to be guessed wrong.
    found[count] = Part(bits: row | UInt16(truncatingIfNeeded: part))
    count &+= isHit ? 1 : 0
    let offset = part &* 16
    let kept = sums.load(fromByteOffset: offset, as: SIMD8<UInt16>.self)
    sums.storeBytes(
      of: kept & SIMD8(repeating: isHit ? .max : 0), toByteOffset: offset,
      as: SIMD8<UInt16>.self)
  }

  /// Eight sums in units of 4, rounded up.
  @inline(__always)
  private static func quartered(
    _ sums: UnsafeMutableRawPointer, _ part: Int
  ) -> SIMD8<UInt16> {
    (sums.load(fromByteOffset: part &* 16, as: SIMD8<UInt16>.self) &+ 3) &>> 2
  }

  /// a + b, at most 255: `paddusb`.
  @inline(__always)
  private static func cutOffSum(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> SIMD16<UInt8> {
    let room = ~b
    return a.replacing(with: room, where: a .> room) &+ b
  }

  @inline(__always)
  private static func greater(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> SIMD16<UInt8> {
    a.replacing(with: b, where: b .> a)
  }

  /// The even bytes.
  @inline(__always)
  private static func even(_ bytes: SIMD16<UInt8>) -> SIMD8<UInt16> {
    unsafeBitCast(bytes, to: SIMD8<UInt16>.self) & 0xFF
  }

  /// The odd bytes.
  @inline(__always)
  private static func odd(_ bytes: SIMD16<UInt8>) -> SIMD8<UInt16> {
    unsafeBitCast(bytes, to: SIMD8<UInt16>.self) &>> 8
  }

  @inline(__always)
  private static func reaches(
    _ sums: SIMD8<UInt16>, _ row: SIMD8<UInt16>, _ columns: SIMD8<UInt16>
  ) -> SIMDMask<SIMD8<Int16>> {
    (sums .>= row) .| (sums .>= columns)
  }
}
