import Testing

@testable import RelatedNews

/// Words found eight bytes at a time against the rules byte by byte.
@Suite struct WordScannerTests {
  private static let pieces = [
    "a", "dam", "Korea’s", "don't", "workers'", "3.5", "1,000", "1,000.", "U.S.", "x.1", "1.x",
    "state-of-the-art", "eightlet", "nineletter", "sixteenletterword", "naïve", "e\u{301}t", "北京市",
    "水", "ダム", "한국", "soft\u{AD}ware", "\u{200B}", "½", "€", "’", "'", ".", ",", " ", "  ", "\n",
    "0123456789", "@`[{/:", String(repeating: "long", count: 30), "😀", "\u{0}", "A1b2C3d4", "и",
  ]

  @Test("both ways find the same words", arguments: 0..<300 as Range<UInt64>)
  func agreement(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
    }.joined(separator: seed % 2 == 0 ? " " : "")
    text.withUTF8 { bytes in
      var found: [Range<Int>] = []
      WordScanner.scan(bytes) { word, head in
        found.append(word)
        let first = bytes[word].prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(head == first)
      }
      #expect(found == Self.plainWords(Array(bytes)))
    }
  }

  /// One scalar after the other, by the rules as they are written down.
  private static func plainWords(_ bytes: [UInt8]) -> [Range<Int>] {
    var scalars: [(value: Unicode.Scalar, range: Range<Int>)] = []
    var offset = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let length = String(scalar).utf8.count
      scalars.append((scalar, offset..<offset + length))
      offset += length
    }
    func scalarClass(_ i: Int) -> ScalarClass? {
      scalars.indices.contains(i) ? ScalarClass(scalars[i].value) : nil
    }
    func isDigit(_ i: Int) -> Bool {
      scalars.indices.contains(i) && ("0"..."9").contains(Character(scalars[i].value))
    }
    func isLetterOrBeyond(_ i: Int) -> Bool {
      guard scalars.indices.contains(i) else { return false }
      let value = scalars[i].value.value
      return value >= 0x80 || value | 0x20 >= 0x61 && value | 0x20 <= 0x7A
    }
    var words: [Range<Int>] = []
    var i = 0
    while let first = scalarClass(i) {
      let start = i
      if first == .unspaced {
        while scalarClass(i) == .unspaced { i += 1 }
        if i == start + 1 { words.append(scalars[start].range) }
        for pair in start..<i - 1 {
          words.append(scalars[pair].range.lowerBound..<scalars[pair + 1].range.upperBound)
        }
        continue
      }
      i += 1
      guard first == .word else { continue }
      var last = i
      scanning: while let next = scalarClass(i) {
        switch next {
        case .word:
          i += 1
          last = i
        case .ignorable: i += 1
        case .apostrophe where isLetterOrBeyond(i + 1): i += 1
        case .separator
        where (scalars[i].value == "." || scalars[i].value == ",") && isDigit(i - 1)
          && isDigit(i + 1):
          i += 1
        case .apostrophe, .separator, .unspaced: break scanning
        }
      }
      words.append(scalars[start].range.lowerBound..<scalars[last - 1].range.upperBound)
    }
    return words
  }

  @Test("a table of words numbers them as a dictionary does", arguments: 0..<20 as Range<UInt64>)
  func surfaceTable(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var table = SurfaceTable()
    var numbers: [String: UInt32] = [:]
    for _ in 0..<6_000 {
      // Many share their first eight bytes, some their last eight as well.
      let middle = Int.random(in: 0..<3_000, using: &random)
      var word = ["w\(middle)", "together\(middle)apart", "together\(middle)tearapart"][
        Int(seed % 3)]
      let expected = numbers[word] ?? UInt32(numbers.count)
      numbers[word] = expected
      #expect(word.withUTF8 { table.number(of: $0) } == expected)
      #expect(word.withUTF8 { table.find($0) } == expected)
      #expect(table.word(Int(expected)).elementsEqual(word.utf8))
    }
    var other = SurfaceTable()
    var known = "together7apart"
    _ = known.withUTF8 { other.number(of: $0) }
    let merged = other.merge(table)
    for (word, number) in numbers {
      #expect(other.word(Int(merged[Int(number)])).elementsEqual(word.utf8))
    }
  }
}
