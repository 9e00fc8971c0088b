/// Reads the postings of a list, a group at a time, each part of the group in a loop of its own.
///
/// `IndexCodeTests` holds it to a `BitReader` that goes from the first bit to the last.
/// Unsafe: bits are loaded without bounds checks, from a place that was checked to be in the list or
/// directly behind it, where a section has room.
struct PostingsReader {
  private let base: UnsafeRawPointer
  /// In bits, as all places here.
  private let end: Int
  private let universe: Int
  /// Of the list's Rice code.
  private let low: Int
  private var position = 0
  /// No place that follows is lower.
  private var next = 0

  /// So many ones are found at once, so there may be more than a group has.
  private static let wordBits = 56
  private static let room = PostingsCode.group + wordBits

  private init(_ bytes: UnsafeRawBufferPointer, count: Int, universe: Int) {
    // An empty buffer has no base address; nothing is ever read from it.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
    end = bytes.count &* 8
    self.universe = universe
    low = RiceCode.lowBits(universe: universe, count: count)
  }

  /// Calls `group` with up to 64 postings after the other: their places, and beside each the value of
  /// its count.
  ///
  /// - Parameters:
  ///   - bytes: of a section, which has room behind them.
  ///   - count: the postings.
  ///   - universe: above all places, at most 2³¹.
  ///   - value: what stands for a count; is asked once for the common ones.
  /// - Returns: whether the list was whole and every place below `universe`; what was called with is
  ///   below it in any case.
  @inline(__always)
  static func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, universe: Int, value: (Float) -> Float,
    group: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Float>) -> Void
  ) -> Bool {
    precondition(universe <= 1 << 31)
    guard count > 0 else { return true }
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { places in
      let capacity = PostingsCode.group + PostingsCode.mostOfShort
      return withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { values in
        var reader = PostingsReader(bytes, count: count, universe: universe)
        let common = UnsafeMutableBufferPointer(rebasing: values[PostingsCode.group...])
        for index in common.indices { common[index] = value(Float(index &+ 1)) }
        var left = count
        while left > 0 {
          let size = min(PostingsCode.group, left)
          guard reader.readGroup(of: size, to: places, values, common: common, value: value) else {
            return false
          }
          group(
            UnsafeBufferPointer(rebasing: places[..<size]),
            UnsafeBufferPointer(rebasing: values[..<size]))
          left &-= size
        }
        return true
      }
    }
  }

  /// - Returns: whether it was whole and every place below `universe`.
  @inline(__always)
  private mutating func readGroup(
    of size: Int, to places: UnsafeMutableBufferPointer<UInt32>,
    _ values: UnsafeMutableBufferPointer<Float>, common: UnsafeMutableBufferPointer<Float>,
    value: (Float) -> Float
  ) -> Bool {
    // A bit, the low bits and a one of each.
    guard position &+ size &* (low &+ 2) <= end else { return false }
    var isOther = bits(at: position)
    if size > Self.wordBits {
      isOther &= 1 &<< UInt64(Self.wordBits) &- 1
      isOther |= bits(at: position &+ Self.wordBits) &<< UInt64(Self.wordBits)
    }
    isOther &= ~0 &>> UInt64(64 &- size)
    position &+= size
    let lowBits = position
    position &+= size &* low
    guard readHighs(of: size, to: places) else { return false }
    addLows(of: size, at: lowBits, to: places)
    guard next <= universe, position <= end else { return false }
    for index in 0..<size { values[index] = common[0] }
    return isOther == 0 || readCounts(of: isOther, to: values, common: common, value: value)
  }

  /// Reads where the ones are: a place is its number among them and the zeros before it.
  @inline(__always)
  private mutating func readHighs(of size: Int, to places: UnsafeMutableBufferPointer<UInt32>)
    -> Bool
  {
    /// So many zeros are a place behind all others.
    let mostZeros = universe &>> low
    var found = 0
    var start = 0
    while found < size {
      guard start &- size <= mostZeros, position &+ start <= end else { return false }
      var word = bits(at: position &+ start) & (1 &<< UInt64(Self.wordBits) &- 1)
      while word != 0 {
        places[found] = UInt32(truncatingIfNeeded: start &+ word.trailingZeroBitCount)
        word &= word &- 1
        found &+= 1
      }
      start &+= Self.wordBits
    }
    let last = Int(places[size &- 1])
    position &+= last &+ 1
    return last &- (size &- 1) <= mostZeros
  }

  /// Makes the places of what `readHighs` found. They ascend, so all are right where the last one is,
  /// and only then.
  @inline(__always)
  private mutating func addLows(
    of size: Int, at start: Int, to places: UnsafeMutableBufferPointer<UInt32>
  ) {
    var sum = next
    let lastFound = Int(places[size &- 1])
    if low == 0 {
      for index in 0..<size { places[index] &+= UInt32(truncatingIfNeeded: sum) }
    } else {
      let step = 1 &<< low
      let mask = UInt64(step &- 1)
      var position = start
      for index in 0..<size {
        sum &+= Int(truncatingIfNeeded: bits(at: position) & mask)
        position &+= low
        places[index] = UInt32(
          truncatingIfNeeded: sum &+ (Int(places[index]) &- index) &* step &+ index)
      }
    }
    next = sum &+ (lastFound &- (size &- 1)) &<< low &+ size
  }

  /// - Parameter isOther: by bits, whose count is not 1.
  /// - Returns: whether all counts were there.
  @inline(__always)
  private mutating func readCounts(
    of isOther: UInt64, to values: UnsafeMutableBufferPointer<Float>,
    common: UnsafeMutableBufferPointer<Float>, value: (Float) -> Float
  ) -> Bool {
    var left = isOther
    var others: UInt64 = 0
    while left != 0 {
      let index = left.trailingZeroBitCount
      left &= left &- 1
      let code = bits(at: position) & 3
      position &+= 2
      values[index] = common[Int(truncatingIfNeeded: code &+ 1) & 3]
      if code == PostingsCode.other { others |= 1 &<< UInt64(index) }
    }
    guard position <= end else { return false }
    return others == 0 || readOthers(of: others, to: values, value: value)
  }

  @inline(__always)
  private mutating func readOthers(
    of others: UInt64, to values: UnsafeMutableBufferPointer<Float>, value: (Float) -> Float
  ) -> Bool {
    var reader = BitReader(
      UnsafeRawBufferPointer(start: base, count: end &>> 3), at: position)
    var left = others
    while left != 0 {
      values[left.trailingZeroBitCount] = value(PostingsCode.readOther(from: &reader))
      left &= left &- 1
    }
    position = reader.position
    return !reader.isBroken
  }

  /// 57 bits from a place on, and what chance has behind them.
  @inline(__always)
  private func bits(at position: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position &>> 3, as: UInt64.self))
      &>> UInt64(position & 7)
  }
}
