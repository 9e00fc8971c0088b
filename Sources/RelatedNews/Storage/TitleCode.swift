/// A headline as what stands between its words: the words themselves stand in the article's
/// sequence already.
///
/// Of `"Dam holds, for now"`, whose words are `Dam` and `holds`: nothing, a space, `", for now"`. One
/// bit says "a space, as usual".
enum TitleCode {
  /// - Parameter words: those of its words that have a term, in order.
  static func encoded<Word: Collection<UInt8>>(
    _ title: some Collection<UInt8>, words: [Word], to bits: inout BitWriter
  ) -> [UInt8] {
    let title = Array(title)
    var gaps: [ArraySlice<UInt8>] = []
    var end = 0
    for word in words {
      guard let start = firstPlace(of: word, in: title, from: end) else {
        // Words that are not those of the title: it stands as it is.
        return raw(title, to: &bits)
      }
      gaps.append(title[end..<start])
      end = start + word.count
    }
    bits.write(1, bits: 1)
    for (place, gap) in gaps.enumerated() {
      // Usually there is nothing before the first word, and a space before the others.
      if place == 0 ? gap.isEmpty : gap.count == 1 && gap.first == 0x20 {
        bits.write(1, bits: 1)
      } else {
        bits.write(0, bits: 1)
        write(gap, to: &bits)
      }
    }
    write(title[end...], to: &bits)
    return bits.take()
  }

  /// - Parameters:
  ///   - words: how many there are.
  ///   - word: the bytes of each, asked for in order.
  static func title(
    _ bytes: UnsafeRawBufferPointer, words: Int,
    _ word: (Int) throws(IndexFileError) -> some Collection<UInt8>
  ) throws(IndexFileError) -> String {
    var bits = BitReader(bytes)
    var title: [UInt8] = []
    if bits.readBit() {
      for place in 0..<words {
        if !bits.readBit() {
          read(from: &bits, limit: bytes.count, to: &title)
        } else if place > 0 {
          title.append(0x20)
        }
        title += try word(place)
      }
    }
    read(from: &bits, limit: bytes.count, to: &title)
    guard !bits.isBroken, let text = String(validating: title, as: UTF8.self) else {
      throw .inconsistent(.records, "a headline that makes no sense")
    }
    return text
  }

  private static func raw(_ title: [UInt8], to bits: inout BitWriter) -> [UInt8] {
    bits.write(0, bits: 1)
    write(title[...], to: &bits)
    return bits.take()
  }

  private static func write(_ text: ArraySlice<UInt8>, to bits: inout BitWriter) {
    bits.writeGamma(text.count + 1)
    for byte in text { bits.write(UInt64(byte), bits: 8) }
  }

  private static func read(from bits: inout BitReader, limit: Int, to text: inout [UInt8]) {
    // Of more than there is the reader breaks at its end.
    let count = min(bits.readGamma() - 1, limit + 1)
    for _ in 0..<count { text.append(UInt8(bits.read(bits: 8))) }
  }

  private static func firstPlace(
    of word: some Collection<UInt8>, in title: [UInt8], from start: Int
  ) -> Int? {
    guard !word.isEmpty, title.count - start >= word.count else { return nil }
    return (start...title.count - word.count).first {
      title[$0..<$0 + word.count].elementsEqual(word)
    }
  }
}
