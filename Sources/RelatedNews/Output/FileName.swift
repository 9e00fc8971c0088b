import Foundation

/// A file name for an id: `"harrow-dam"` is `harrow-dam`, `"LEWIS 7"` is `~l~e~w~i~s_207`.
///
/// Two different ids never have one name, also where a file system takes `A` for `a`: lower-case
/// letters, digits, `-` and inner dots stand for themselves, `~a` for `A`, and every other byte is
/// `_` with two hexadecimal digits. Only characters that a URL takes as they are. An id that would
/// make too long a name goes into folders, `first part~~/rest`.
package enum FileName {
  /// File systems allow 255 bytes; a temporary name and an ending need some.
  package static let longest = 200

  /// The path below the folder, without an ending.
  package static func path(for id: String) -> String {
    guard !id.isEmpty else { return "~" }
    var parts: [String] = [""]
    for (index, byte) in id.utf8.enumerated() {
      let piece = text(of: byte, isFirst: index == 0)
      if parts[parts.count - 1].utf8.count + piece.utf8.count > longest {
        parts[parts.count - 1] += "~~"
        parts.append("")
      }
      parts[parts.count - 1] += piece
    }
    return parts.joined(separator: "/")
  }

  private static func text(of byte: UInt8, isFirst: Bool) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      return String(Unicode.Scalar(byte))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return "~" + String(Unicode.Scalar(byte | 0x20))
    case UInt8(ascii: ".") where !isFirst: return "."
    default: return "_" + HTML.hexadecimal(byte)
    }
  }
}
