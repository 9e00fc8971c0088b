/// Distinct words as they stand in texts, numbered as they appear. Open addressing over one array
/// of bytes: no `String` is made per token, and everything slow about a word (folding, stemming) is
/// done once per distinct word instead of once per occurrence.
struct SurfaceTable: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = [0]
  /// A power of two in number, at most half of them taken.
  private var slots = [Slot](repeating: .free, count: 1 << 12)
  /// How far a hash is shifted to be the place of a slot.
  private var shift: UInt64 = 64 - 12

  /// In place of a word's number or a term's where there is none.
  static let none = UInt32.max

  var count: Int { starts.count - 1 }

  func word(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }

  /// The number of `word`, new or known.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    number(of: word, key: WordKey(word, head: EightBytes(word, at: 0).bits))
  }

  private mutating func number(of word: UnsafeBufferPointer<UInt8>, key: WordKey) -> UInt32 {
    let place = place(of: word, key: key)
    let number = slots[place].number
    return number != Self.none ? number : insert(word, key: key, at: place)
  }

  /// The place of the slot that has `word`, or of the free one where it belongs.
  private func place(of word: UnsafeBufferPointer<UInt8>, key: WordKey) -> Int {
    var place = Int(truncatingIfNeeded: key.hash &>> shift)
    while slots[place].number != Self.none, !isFound(word, key: key, in: slots[place]) {
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  /// A word of a text, with its first eight bytes, 0 beyond its end.
  struct FoundWord {
    let head: UInt64
    let start: Int
    let length: UInt32

    @inline(__always)
    init(_ range: Range<Int>, head: UInt64) {
      self.head = head
      start = range.lowerBound
      length = UInt32(truncatingIfNeeded: range.count)
    }
  }

  /// So many words are looked up at once.
  static let blockSize = 32

  /// Appends the numbers of words of `text`, new or known.
  ///
  /// The slots of all are fetched before the first is looked at: the table of an archive's words is
  /// larger than the caches, and a processor fetches several slots at a time if nothing depends on
  /// what it will find.
  ///
  /// - Precondition: at most `blockSize` words.
  mutating func appendNumbers(
    of words: UnsafeMutableBufferPointer<FoundWord>, in text: UnsafeBufferPointer<UInt8>,
    to numbers: inout [UInt32]
  ) {
    withUnsafeTemporaryAllocation(of: Slot.self, capacity: Self.blockSize) { fetched in
      withUnsafeTemporaryAllocation(of: WordKey.self, capacity: Self.blockSize) { keys in
        slots.withUnsafeBufferPointer { slots in
          for i in words.indices {
            let key = WordKey(words[i].bytes(in: text), head: words[i].head)
            keys.initializeElement(at: i, to: key)
            fetched.initializeElement(at: i, to: slots[Int(truncatingIfNeeded: key.hash &>> shift)])
          }
        }
        for i in words.indices {
          let word = words[i].bytes(in: text)
          numbers.append(
            isFound(word, key: keys[i], in: fetched[i])
              ? fetched[i].number : number(of: word, key: keys[i]))
        }
      }
    }
  }

  @inline(__always)
  private func isFound(
    _ word: UnsafeBufferPointer<UInt8>, key: WordKey, in slot: Slot
  ) -> Bool {
    slot.key == key && (word.count <= 8 || isEqual(slot.number, word))
  }

  /// The number of `word`, if it is known.
  func find(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let key = WordKey(word, head: EightBytes(word, at: 0).bits)
    let number = slots[place(of: word, key: key)].number
    return number != Self.none ? number : nil
  }

  /// Takes in the words of `other`; returns their numbers here.
  mutating func merge(_ other: SurfaceTable) -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(other.count)
    other.bytes.withUnsafeBufferPointer { bytes in
      withUnsafeTemporaryAllocation(of: FoundWord.self, capacity: Self.blockSize) { block in
        for first in stride(from: 0, to: other.count, by: Self.blockSize) {
          let count = min(Self.blockSize, other.count - first)
          for i in 0..<count {
            let range = other.starts[first + i]..<other.starts[first + i + 1]
            let head = EightBytes(bytes, at: range.lowerBound).first(range.count)
            block.initializeElement(at: i, to: FoundWord(range, head: head))
          }
          appendNumbers(of: .init(rebasing: block[..<count]), in: bytes, to: &numbers)
        }
      }
    }
    return numbers
  }

  private func isEqual(_ number: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[Int(number)]
    for k in 8..<word.count where bytes[start + k] != word[k] { return false }
    return true
  }

  @inline(never)
  private mutating func insert(
    _ word: UnsafeBufferPointer<UInt8>, key: WordKey, at place: Int
  ) -> UInt32 {
    let number = UInt32(count)
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    slots[place] = Slot(key: key, number: number)
    if count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    var larger = [Slot](repeating: .free, count: slots.count * 4)
    shift -= 2
    for slot in slots where slot.number != Self.none {
      var place = Int(truncatingIfNeeded: slot.key.hash &>> shift)
      while larger[place].number != Self.none { place = (place + 1) & (larger.count - 1) }
      larger[place] = slot
    }
    slots = larger
  }

  fileprivate struct Slot: Sendable {
    var key: WordKey
    /// The word's number; `none` is free.
    var number: UInt32

    static let free = Slot(key: WordKey(), number: SurfaceTable.none)
  }
}

extension SurfaceTable.FoundWord {
  @inline(__always)
  fileprivate func bytes(in text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[start..<start + Int(length)])
  }
}

/// What tells most words apart at one look: the first bytes, the length, and something of the bytes
/// behind the eighth. Words of at most eight bytes it tells apart altogether.
private struct WordKey: Equatable, Sendable {
  private var head: UInt64 = 0
  /// The length in the lowest 16 bits, and as many that the rest of a long word has mixed.
  private var tag: UInt32 = 0

  init() {}

  /// - Precondition: no word is longer than 65,535 bytes.
  @inline(__always)
  init(_ word: UnsafeBufferPointer<UInt8>, head: UInt64) {
    self.head = head
    tag = UInt32(truncatingIfNeeded: word.count)
    if word.count > 8 { tag |= Self.rest(word) << 16 }
  }

  @inline(__always)
  var hash: UInt64 {
    let product = (head ^ UInt64(tag) << 29)
      .multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return (product.high ^ product.low) &* 0xd6e8_feb8_6659_fd93
  }

  /// Mixes the last eight bytes and eight of the middle: between them all of a word of 24 bytes.
  @inline(__always)
  private static func rest(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let last = EightBytes(word, at: word.count - 8).bits
    let middle = EightBytes(word, at: (word.count - 8) / 2).bits
    return UInt32(truncatingIfNeeded: (last ^ middle << 21) &* 0x9e37_79b9_7f4a_7c15 >> 48)
  }
}
