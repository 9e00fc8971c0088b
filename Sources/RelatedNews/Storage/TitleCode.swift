/// A headline as what stands between its words: the words themselves stand in the article's
/// sequence already.
///
/// Of `"Dam holds, for now"`, whose words are `Dam` and `holds`: nothing, a space, `", for now"`. One
/// bit says "a space, as usual".
enum TitleCode {
  /// - Parameter words: those of its words that have a term, in order.
  static func encoded(
    _ title: some Collection<UInt8>, words: [ArraySlice<UInt8>], to bits: inout BitWriter
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
      if gap.elementsEqual(usualGap(before: place)) {
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
        title += bits.readBit() ? usualGap(before: place) : read(from: &bits, limit: bytes.count)
        title += try word(place)
      }
    }
    title += read(from: &bits, limit: bytes.count)
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

  private static func usualGap(before place: Int) -> [UInt8] { place == 0 ? [] : [0x20] }

  private static func write(_ text: ArraySlice<UInt8>, to bits: inout BitWriter) {
    bits.writeGamma(text.count + 1)
    for byte in text { bits.write(UInt64(byte), bits: 8) }
  }

  private static func read(from bits: inout BitReader, limit: Int) -> [UInt8] {
    let count = bits.readGamma() - 1
    guard count <= limit else {
      // More than there is: the reader breaks at its end.
      return (0..<limit + 1).map { _ in UInt8(bits.read(bits: 8)) }
    }
    return (0..<count).map { _ in UInt8(bits.read(bits: 8)) }
  }

  private static func firstPlace(
    of word: ArraySlice<UInt8>, in title: [UInt8], from start: Int
  ) -> Int? {
    guard !word.isEmpty, title.count - start >= word.count else { return nil }
    return (start...title.count - word.count).first {
      title[$0..<$0 + word.count].elementsEqual(word)
    }
  }
}
