/// The 64-bit checksum of a block of an index file.
///
/// Four lanes of eight bytes, each multiplied on by odd constants, so that a block of 4 KiB costs a
/// fraction of a microsecond. Every step can be undone, in the word it takes in and in the lane: a
/// change within one aligned word always changes the sum, so no flipped bit goes unseen; wider
/// damage is missed once in 2⁶⁴. The seed says which block it is: two blocks that changed places are
/// found too. It guards against accidents, not against forgers.
///
/// Unsafe: words are loaded from within `bytes` without asking again whether they are.
enum BlockChecksum {
  static func checksum(of bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var a = seed &* odd1 &+ odd2
    var b = seed ^ odd3
    var c = seed &+ odd4
    var d = ~seed &* odd2
    // Through the address, as a buffer checks its end at every word.
    guard let base = bytes.baseAddress else { return sum(a, b, c, d, count: 0) }
    let count = bytes.count
    // Zero, which the compiler does not see: of factors that it knows it makes two multiplications
    // where a rotation stands, which take longer.
    let zero = UInt64(truncatingIfNeeded: count) &>> 62
    let (odd1, odd2, odd3, odd4) = (odd1 ^ zero, odd2 ^ zero, odd3 ^ zero, odd4 ^ zero)
    var i = 0
    while i &+ 32 <= count {
      a = step(a, word(base, i), odd1)
      b = step(b, word(base, i &+ 8), odd2)
      c = step(c, word(base, i &+ 16), odd3)
      d = step(d, word(base, i &+ 24), odd4)
      i &+= 32
    }
    while i &+ 8 <= count {
      a = step(a, word(base, i), odd1)
      i &+= 8
    }
    if i < count {
      var rest: UInt64 = 0
      for k in i..<count { rest |= UInt64(bytes[k]) << UInt64(8 * (k - i)) }
      b = step(b, rest, odd2)
    }
    return sum(a, b, c, d, count: count)
  }

  private static func sum(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, count: Int) -> UInt64
  {
    let first = step(step(UInt64(count) &* odd4, a, odd1), b, odd1)
    let sum = step(step(first, c, odd1), d, odd1)
    return (sum ^ sum >> 32) &* odd3
  }

  static func checksum(of bytes: [UInt8], seed: UInt64) -> UInt64 {
    bytes.withUnsafeBytes { checksum(of: $0, seed: seed) }
  }

  // Odd, with bits well spread: digits of √2, √3, √5 and √7.
  private static let odd1: UInt64 = 0x6a09_e667_f3bc_c909
  private static let odd2: UInt64 = 0xbb67_ae85_84ca_a73b
  private static let odd3: UInt64 = 0x3c6e_f372_fe94_f82b
  private static let odd4: UInt64 = 0xa54f_f53a_5f1d_36f1

  @inline(__always)
  private static func step(_ lane: UInt64, _ word: UInt64, _ factor: UInt64) -> UInt64 {
    let mixed = (lane ^ word) &* factor
    return mixed << 29 | mixed >> 35
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
