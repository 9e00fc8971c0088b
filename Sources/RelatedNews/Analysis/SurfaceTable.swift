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
  private var hashes: [UInt32] = []
  /// Word number plus one; 0 is free. A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  var count: Int { languages.count }

  func word(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }

  /// The number of `word`, new or known; its count rises by `occurrences`.
  mutating func insert(
    _ word: UnsafeBufferPointer<UInt8>, language: Language, occurrences: Int = 1
  ) -> UInt32 {
    let hash = Self.hash(word, seed: language.rawValue)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if hashes[index] == hash, languages[index] == language, isEqual(index, word) {
        counts[index] += occurrences
        return UInt32(index)
      }
      slot = (slot + 1) & mask
    }
    let index = count
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    languages.append(language)
    counts.append(occurrences)
    hashes.append(hash)
    slots[slot] = UInt32(index + 1)
    if (index + 1) * 2 > slots.count { grow() }
    return UInt32(index)
  }

  private func isEqual(_ index: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[index]
    guard starts[index + 1] - start == word.count else { return false }
    for k in 0..<word.count where bytes[start + k] != word[k] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for index in 0..<count {
      var slot = Int(hashes[index]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// FNV-1a with a final mix: words are a few bytes long, so simple beats clever.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>, seed: UInt8) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(seed)
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash ^= hash >> 29
    return UInt32(truncatingIfNeeded: (hash &* 0x9e37_79b9_7f4a_7c15) >> 32)
  }
}
