import Foundation

/// Where the paragraphs of a text begin and end, in its UTF-8 bytes.
enum Paragraphs {
  /// A blank line (also one with spaces) ends a paragraph. A text without blank lines has one
  /// paragraph a line, as many feeds write it.
  ///
  /// - Complexity: O(bytes).
  static func ranges(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    let lines = lines(in: text)
    if lines.count == 1 { return isBlank(text, lines[0]) ? [] : lines }
    var result: [Range<Int>] = []
    var open: Range<Int>? = nil
    var sawBlank = false
    for line in lines {
      if isBlank(text, line) {
        if let open {
          result.append(open)
          sawBlank = true
        }
        open = nil
      } else {
        open = (open?.lowerBound ?? line.lowerBound)..<line.upperBound
      }
    }
    if let open { result.append(open) }
    return sawBlank && result.count > 1 ? result : lines.filter { !isBlank(text, $0) }
  }

  private static func lines(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard let base = text.baseAddress else { return [0..<0] }
    var result: [Range<Int>] = []
    var start = 0
    // The C library looks at many bytes at a time.
    while let end = memchr(base + start, Int32(UInt8(ascii: "\n")), text.count - start) {
      let next = UnsafeRawPointer(end) - UnsafeRawPointer(base)
      result.append(start..<next)
      start = next + 1
    }
    result.append(start..<text.count)
    return result
  }

  private static func isBlank(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    line.allSatisfy { text[$0] == 0x20 || text[$0] == 0x09 || text[$0] == 0x0D }
  }
}
