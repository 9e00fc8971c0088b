import Foundation

/// What an interrupted rebuild has written: a line for what it is about, and one for each whole piece.
///
///     related-news rebuild 1 9f3c… 41dd3f7a00000000 77d0…
///     2048 17 913022 5e0c7ab2f6d3a811
///
/// A piece is so many lists, so many of them empty, in so many bytes, of this checksum.
struct RebuildJournal {
  struct Piece {
    let lists: Int
    let empty: Int
    let length: Int
    let checksum: String

    init(lists: Int, empty: Int, bytes: [UInt8]) {
      self.lists = lists
      self.empty = empty
      length = bytes.count
      var hash = ContentHash()
      hash.add("\(lists) \(empty)")
      bytes.withUnsafeBytes { hash.add(bytes: $0) }
      checksum = hash.text
    }

    var line: String { "\(lists) \(empty) \(length) \(checksum)\n" }
  }

  private static let magic = "related-news rebuild 1"
  /// Nil where there is no journal, or one of somebody else.
  let key: String?
  let moment: Date
  private(set) var pieces: [Piece] = []

  init(key: String, moment: Date) {
    self.key = key
    self.moment = moment
  }

  /// Reads what a run has left: the pieces from the first on that are whole.
  ///
  /// - Complexity: O(bytes): every piece is checked.
  init(of log: Int32, data: Int32) {
    let text = String(
      decoding: Self.bytes(of: log, at: 0, count: Self.length(of: log)) ?? [], as: UTF8.self)
    // The last line may be cut: only what ends with a line end counts.
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()[...]
    let head = lines.popFirst()?.split(separator: " ").map(String.init) ?? []
    guard head.count == 6, head[..<3].joined(separator: " ") == Self.magic,
      let bits = UInt64(head[4], radix: 16), head[5] == Self.checksum(of: head[3] + head[4])
    else {
      key = nil
      moment = Date(timeIntervalSince1970: 0)
      return
    }
    key = head[3]
    moment = Date(timeIntervalSinceReferenceDate: Double(bitPattern: bits))
    let total = Self.length(of: data)
    var offset = 0
    for line in lines {
      let fields = line.split(separator: " ")
      guard fields.count == 4, let lists = Int(fields[0]), let empty = Int(fields[1]),
        let length = Int(fields[2]), lists > 0, empty >= 0, length >= 0, length <= total - offset,
        let bytes = Self.bytes(of: data, at: offset, count: length)
      else { return }
      let piece = Piece(lists: lists, empty: empty, bytes: bytes)
      guard piece.checksum == fields[3] else { return }
      pieces.append(piece)
      offset += length
    }
  }

  var dataLength: Int { pieces.reduce(0) { $0 + $1.length } }

  /// The journal as it is written.
  var text: String {
    let bits = String(moment.timeIntervalSinceReferenceDate.bitPattern, radix: 16)
    let head = "\(Self.magic) \(key ?? "") \(bits) \(Self.checksum(of: (key ?? "") + bits))\n"
    return head + pieces.map(\.line).joined()
  }

  private static func checksum(of text: String) -> String {
    var hash = ContentHash()
    hash.add(text)
    return hash.text
  }

  /// Why a run of this key cannot go on from here.
  func whyNot(key wanted: String) -> String {
    guard let key else {
      return "nothing to resume: no interrupted rebuild was found; starting anew"
    }
    return key == wanted
      ? "nothing to resume: no list was finished; starting anew"
      : "the interrupted rebuild was of another archive, other options or another version; "
        + "starting anew"
  }

  private static func length(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
      }
      guard got > 0 else { return nil }
      done += got
    }
    return bytes
  }
}
