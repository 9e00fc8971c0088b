/// The sums of one article with the 64 of a tile, in eight registers: what is done to them is written
/// out for each, as a loop would keep them in memory.
///
/// Unsafe, as `EightSums` is.
struct TileSums {
  private var a, b, c, d, e, f, g, h: EightSums

  @inline(__always)
  init(_ sums: UnsafePointer<UInt16>) {
    a = EightSums(sums, 0)
    b = EightSums(sums, 1)
    c = EightSums(sums, 2)
    d = EightSums(sums, 3)
    e = EightSums(sums, 4)
    f = EightSums(sums, 5)
    g = EightSums(sums, 6)
    h = EightSums(sums, 7)
  }

  /// Adds the products of common terms.
  @inline(__always)
  mutating func add(
    _ terms: UnsafePointer<CommonTerm>, _ places: Range<Int>, of tile: UnsafePointer<UInt16>
  ) {
    for place in places {
      let term = terms[place]
      add(tile + term.offset, times: term.eightWeights)
    }
  }

  /// Whether any exceeds its row's limit or its column's.
  @inline(__always)
  func exceed(_ limit: Int16, _ columnLimits: UnsafePointer<Int16>) -> Bool {
    let limit = SIMD8(repeating: limit)
    return EightSums.isAny(
      a.exceeding(limit, columnLimits) .| b.exceeding(limit, columnLimits)
        .| c.exceeding(limit, columnLimits) .| d.exceeding(limit, columnLimits)
        .| e.exceeding(limit, columnLimits) .| f.exceeding(limit, columnLimits)
        .| g.exceeding(limit, columnLimits) .| h.exceeding(limit, columnLimits))
  }

  /// With the products of 64 numbers and one on top.
  ///
  /// If these are lengths of what is missing, the result is at least what the sums become: roundings
  /// down of parts are no more than that of the whole.
  @inline(__always)
  func adding(_ row: UnsafePointer<UInt16>, times weight: UInt16) -> TileSums {
    var most = self
    most.add(row, times: SIMD8(repeating: weight))
    return most
  }

  /// Adds the products of 64 numbers with one.
  @inline(__always)
  private mutating func add(_ row: UnsafePointer<UInt16>, times weights: SIMD8<UInt16>) {
    a.add(row, times: weights)
    b.add(row, times: weights)
    c.add(row, times: weights)
    d.add(row, times: weights)
    e.add(row, times: weights)
    f.add(row, times: weights)
    g.add(row, times: weights)
    h.add(row, times: weights)
  }

  @inline(__always)
  func store(to sums: UnsafeMutablePointer<UInt16>) {
    a.store(to: sums)
    b.store(to: sums)
    c.store(to: sums)
    d.store(to: sums)
    e.store(to: sums)
    f.store(to: sums)
    g.store(to: sums)
    h.store(to: sums)
  }
}

/// The sums of one article with eight of a tile.
///
/// What the standard library does to vectors by generic functions (conversions, `pointwiseMin`, `any`)
/// is written out by lanes or by other means: whether those are inlined changed from build to build,
/// and as calls they make a rebuild three times as slow. `Tests/kernel` looks for calls.
///
/// Unsafe: reads and writes through pointers to the numbers of a tile's 64 articles.
struct EightSums {
  private var values: SIMD8<UInt16>
  /// They are those of the lanes from `8 * part` on.
  private let part: Int

  @inline(__always)
  init(_ sums: UnsafePointer<UInt16>, _ part: Int) {
    values = Self.eight(sums, part)
    self.part = part
  }

  /// Adds the products of numbers of the tile with as many others.
  @inline(__always)
  mutating func add(_ row: UnsafePointer<UInt16>, times weights: SIMD8<UInt16>) {
    values &+= Self.product(Self.eight(row, part), weights)
  }

  /// Whether any exceeds its row's limit or its column's.
  @inline(__always)
  func exceed(_ limit: Int16, _ columnLimits: UnsafePointer<Int16>) -> Bool {
    Self.isAny(exceeding(SIMD8(repeating: limit), columnLimits))
  }

  /// Which exceed their row's limit or their column's.
  @inline(__always)
  fileprivate func exceeding(
    _ limit: SIMD8<Int16>, _ columnLimits: UnsafePointer<Int16>
  ) -> SIMDMask<SIMD8<Int16>> {
    let sums = unsafeBitCast(values, to: SIMD8<Int16>.self)
    let columns = UnsafeRawPointer(columnLimits)
      .loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<Int16>.self)
    return (sums .> limit) .| (sums .> columns)
  }

  @inline(__always)
  func store(to sums: UnsafeMutablePointer<UInt16>) {
    UnsafeMutableRawPointer(sums).storeBytes(
      of: values, toByteOffset: part &* 16, as: SIMD8<UInt16>.self)
  }

  /// ⌊a·b / 2¹⁶⌋, one instruction on x86-64.
  @inline(__always)
  private static func product(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(
      high(a[0], b[0]), high(a[1], b[1]), high(a[2], b[2]), high(a[3], b[3]),
      high(a[4], b[4]), high(a[5], b[5]), high(a[6], b[6]), high(a[7], b[7]))
  }

  @inline(__always)
  private static func high(_ a: UInt16, _ b: UInt16) -> UInt16 {
    UInt16(truncatingIfNeeded: (UInt32(a) &* UInt32(b)) &>> 16)
  }

  /// Whether any lane is set.
  @inline(__always)
  fileprivate static func isAny(_ mask: SIMDMask<SIMD8<Int16>>) -> Bool {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] != 0
  }

  /// The numbers from `8 * part` on.
  @inline(__always)
  private static func eight(_ numbers: UnsafePointer<UInt16>, _ part: Int) -> SIMD8<UInt16> {
    UnsafeRawPointer(numbers).loadUnaligned(fromByteOffset: part &* 16, as: SIMD8<UInt16>.self)
  }
}
