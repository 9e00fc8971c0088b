/// Pieces on their way into a `BlobTable`, in one array of bytes: what one core has made.
struct BlobPieces: Sendable {
  /// Beside each piece where it ends.
  private(set) var ends: [Int] = []
  var bytes: [UInt8] = []

  /// What was appended since the last piece is one.
  mutating func closePiece() { ends.append(bytes.count) }

  /// Appends an entry of a piece of several: its length, then its bytes.
  mutating func append(_ bits: inout BitWriter) {
    bytes.appendVarint(UInt64(bits.byteCount))
    bits.take(to: &bytes)
  }

  /// `count` things, `size` to a piece, each piece made by `body`, spread over `jobs` cores.
  static func made(
    of count: Int, size: Int, jobs: Int,
    _ body: @Sendable (_ things: Range<Int>, inout BlobPieces, inout BitWriter) -> Void
  ) -> [BlobPieces] {
    made(of: BlobTable.pieces(of: count, size: size), jobs: jobs) { range, pieces, bits in
      for piece in range {
        body(piece * size..<min((piece + 1) * size, count), &pieces, &bits)
        pieces.closePiece()
      }
    }
  }

  /// `count` pieces, made and closed by `body`, spread over `jobs` cores.
  static func made(
    of count: Int, jobs: Int,
    _ body: @Sendable (_ pieces: Range<Int>, inout BlobPieces, inout BitWriter) -> Void
  ) -> [BlobPieces] {
    let ranges = evenRanges(of: count, pieces: jobs * 8)
    return concurrentMap(count: ranges.count, jobs: jobs) { part in
      var pieces = BlobPieces()
      var bits = BitWriter()
      body(ranges[part], &pieces, &bits)
      return pieces
    }
  }

  /// The bytes of `parts`, one after the other, and where in them each piece stands.
  static func joined(_ parts: [BlobPieces]) -> (bytes: [UInt8], ranges: [Range<Int>]) {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    ranges.reserveCapacity(parts.reduce(0) { $0 + $1.ends.count })
    for part in parts {
      var start = 0
      for end in part.ends {
        ranges.append(bytes.count + start..<bytes.count + end)
        start = end
      }
      bytes += part.bytes
    }
    return (bytes, ranges)
  }
}
