/// What the list of an article has at least for its last place, once the sums of its rare terms with
/// many others are known: common terms only add to them.
///
/// Without it the first articles that are met would all be taken in, and thrown out one by one.
enum FirstFloor {
  /// A number of units that `limit` of the sums reach, 0 where this way of looking finds too few.
  ///
  /// Only the greatest sum of every lane is looked at, as the best of a row are rarely two in a lane;
  /// `limit` of these reach what is returned, so that no fewer of all do. Lower bits are left out.
  ///
  /// Unsafe: reads through a pointer; `FirstFloorTests` holds it to the plain twin.
  ///
  /// - Parameter sums: `tileCount` tiles of sums, counted from `CommonTermTiles.zero`.
  static func units(_ sums: UnsafePointer<UInt16>, tileCount: Int, limit: Int) -> UInt16 {
    let width = CommonTermTiles.width
    return withUnsafeTemporaryAllocation(of: Int16.self, capacity: width) { greatest in
      guard let greatest = greatest.baseAddress else { return 0 }
      for lane in 0..<width { greatest[lane] = .min }
      for tile in 0..<tileCount {
        let sums = sums + tile &* width
        for lane in 0..<width {
          greatest[lane] = max(greatest[lane], Int16(bitPattern: sums[lane]))
        }
      }
      var units: UInt16 = 0
      for bit in (3..<16).reversed() {
        let more = units | 1 << bit
        let least = Int32(Int16(bitPattern: more ^ CommonTermTiles.zero))
        // Counted by the sign of differences: no branch to be guessed wrong.
        var below: Int32 = 0
        for lane in 0..<width { below &-= (Int32(greatest[lane]) &- least) &>> 31 }
        if width &- Int(below) >= limit { units = more }
      }
      return units
    }
  }
}
