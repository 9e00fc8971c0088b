/// The 64-bit checksum of a block of an index file.
///
/// Four lanes of eight bytes, each multiplied on by odd constants, so that a block of 4 KiB costs a
/// fraction of a microsecond. Every step can be undone, in the word it takes in and in the lane: a
/// change within one aligned word always changes the sum, so no flipped bit goes unseen; wider
/// damage is missed once in 2⁶⁴. The seed says which block it is: two blocks that changed places are
/// found too. It guards against accidents, not against forgers.
enum BlockChecksum {
  static func checksum(of bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var a = seed &* odd1 &+ odd2
    var b = seed ^ odd3
    var c = seed &+ odd4
    var d = ~seed &* odd2
    var i = 0
    while i + 32 <= bytes.count {
      a = step(a, word(bytes, i), odd1)
      b = step(b, word(bytes, i + 8), odd2)
      c = step(c, word(bytes, i + 16), odd3)
      d = step(d, word(bytes, i + 24), odd4)
      i += 32
    }
    while i + 8 <= bytes.count {
      a = step(a, word(bytes, i), odd1)
      i += 8
    }
    if i < bytes.count {
      var rest: UInt64 = 0
      for k in i..<bytes.count { rest |= UInt64(bytes[k]) << UInt64(8 * (k - i)) }
      b = step(b, rest, odd2)
    }
    var sum = UInt64(bytes.count) &* odd4
    for lane in [a, b, c, d] { sum = step(sum, lane, odd1) }
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
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
