/// The distinct words of a run of articles as they stand in the text, numbered as they appear.
///
/// A word is kept once per language, as stop words and stems differ. Open addressing over one array
/// of bytes: no `String` is made per token, and everything slow about a word (folding, stemming) is
/// done once per distinct word instead of once per occurrence.
struct SurfaceTable {
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = [0]
  private(set) var languages: [Language] = []
  private(set) var counts: [Int] = []
  /// A power of two in number, at most half of them taken.
  private var slots = [Slot](repeating: .free, count: 1 << 12)

  var count: Int { languages.count }

  func word(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }

  /// The number of `word`, new or known; its count rises by `occurrences`.
  mutating func insert(
    _ word: UnsafeBufferPointer<UInt8>, language: Language, occurrences: Int = 1
  ) -> UInt32 {
    let key = WordKey(word, language: language)
    let mask = slots.count - 1
    var place = key.hash & mask
    while slots[place].number != 0 {
      let index = Int(slots[place].number - 1)
      if slots[place].key == key, word.count <= 8 || isEqual(index, word) {
        counts[index] += occurrences
        return UInt32(index)
      }
      place = (place + 1) & mask
    }
    let index = count
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    languages.append(language)
    counts.append(occurrences)
    slots[place] = Slot(key: key, number: UInt32(index + 1))
    if (index + 1) * 2 > slots.count { grow() }
    return UInt32(index)
  }

  private func isEqual(_ index: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[index]
    for k in 0..<word.count where bytes[start + k] != word[k] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [Slot](repeating: .free, count: slots.count * 2)
    let mask = larger.count - 1
    for slot in slots where slot.number != 0 {
      var place = slot.key.hash & mask
      while larger[place].number != 0 { place = (place + 1) & mask }
      larger[place] = slot
    }
    slots = larger
  }

  private struct Slot {
    var key: WordKey
    /// The word's number plus one; 0 is free.
    var number: UInt32

    static let free = Slot(key: WordKey(), number: 0)
  }
}

/// What tells most words apart at one look: the first and last bytes, the length, the language.
/// Words of at most eight bytes it tells apart altogether.
private struct WordKey: Equatable {
  private var ends: UInt64 = 0
  private var middle: UInt32 = 0
  private var tag: UInt32 = 0

  init() {}

  /// - Precondition: a word has at least one byte.
  init(_ word: UnsafeBufferPointer<UInt8>, language: Language) {
    let raw = UnsafeRawBufferPointer(word)
    let count = word.count
    tag = UInt32(truncatingIfNeeded: count) << 8 | UInt32(language.rawValue)
    if count >= 4 {
      // Overlapping where the word is shorter than eight bytes: still one number for one word.
      let head = raw.loadUnaligned(as: UInt32.self)
      let tail = raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      ends = UInt64(head) | UInt64(tail) << 32
      if count > 8 { middle = raw.loadUnaligned(fromByteOffset: count / 2 - 2, as: UInt32.self) }
    } else {
      ends = UInt64(word[0]) | UInt64(word[count / 2]) << 8 | UInt64(word[count - 1]) << 16
    }
  }

  var hash: Int {
    var hash = (ends ^ UInt64(middle) << 17 ^ UInt64(tag) << 40) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash &* 0x9e37_79b9_7f4a_7c15 >> 33)
  }
}
