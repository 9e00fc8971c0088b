/// A quantised weight and where it stands, in one small number, as those of a block are more than the
/// nearest caches hold.
struct PlacedWeight: Sendable, BitwiseCopyable {
  private let bits: UInt32

  /// - Parameter place: below 65,536.
  init(place: Int, weight: UInt16) { bits = UInt32(weight) << 16 | UInt32(place) }

  @inline(__always)
  var place: Int { Int(bits & 0xFFFF) }

  @inline(__always)
  var weight: UInt16 { UInt16(truncatingIfNeeded: bits &>> 16) }
}
