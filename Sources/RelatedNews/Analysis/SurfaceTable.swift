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

  /// The bytes of a word where they stand, lent for the call only. A slice would count its users, which
  /// costs more than a word where several cores read one table.
  @inline(__always)
  func withWord<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[starts[index]..<starts[index + 1]]))
    }
  }

  /// The number of `word`, new or known.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    number(of: word, key: WordKey(word))
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

  /// Makes `numbers` those of words of `text`, new or known, beside `words`.
  ///
  /// The slots of all are fetched before the first is looked at: the table of an archive's words is
  /// larger than the caches, and a processor fetches several slots at a time if nothing depends on
  /// what it will find.
  ///
  /// - Precondition: at most `blockSize` words, and as much room in `numbers`.
  mutating func number(
    _ words: UnsafeMutableBufferPointer<FoundWord>, of text: UnsafeBufferPointer<UInt8>,
    to numbers: UnsafeMutableBufferPointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: Slot.self, capacity: Self.blockSize) { fetched in
      withUnsafeTemporaryAllocation(of: WordKey.self, capacity: Self.blockSize) { keys in
        slots.withUnsafeBufferPointer { slots in
          for i in words.indices {
            let key = WordKey(words[i], of: text)
            keys.initializeElement(at: i, to: key)
            fetched.initializeElement(at: i, to: slots[Int(truncatingIfNeeded: key.hash &>> shift)])
          }
        }
        for i in words.indices {
          if fetched[i].key == keys[i], words[i].length <= WordKey.longest {
            numbers[i] = fetched[i].number
          } else {
            numbers[i] = number(of: words[i].bytes(in: text), key: keys[i])
          }
        }
      }
    }
  }

  @inline(__always)
  private func isFound(
    _ word: UnsafeBufferPointer<UInt8>, key: WordKey, in slot: Slot
  ) -> Bool {
    slot.key == key && (word.count <= WordKey.longest || isEqual(slot.number, word))
  }

  /// The number of `word`, if it is known.
  func find(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let key = WordKey(word)
    let number = slots[place(of: word, key: key)].number
    return number != Self.none ? number : nil
  }

  /// Takes in the words of `other`; returns their numbers here.
  mutating func merge(_ other: SurfaceTable) -> [UInt32] {
    var numbers = [UInt32](repeating: Self.none, count: other.count)
    other.bytes.withUnsafeBufferPointer { bytes in
      numbers.withUnsafeMutableBufferPointer { numbers in
        withUnsafeTemporaryAllocation(of: FoundWord.self, capacity: Self.blockSize) { block in
          for first in stride(from: 0, to: other.count, by: Self.blockSize) {
            let count = min(Self.blockSize, other.count - first)
            for i in 0..<count {
              let range = other.starts[first + i]..<other.starts[first + i + 1]
              let head = EightBytes(bytes, at: range.lowerBound).first(range.count)
              block.initializeElement(at: i, to: FoundWord(range, head: head))
            }
            number(
              .init(rebasing: block[..<count]), of: bytes,
              to: .init(rebasing: numbers[first..<first + count]))
          }
        }
      }
    }
    return numbers
  }

  private func isEqual(_ number: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    withWord(Int(number)) { $0.elementsEqual(word) }
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
    var larger = [Slot](repeating: .free, count: slots.count * 2)
    shift -= 1
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

/// What tells words apart at one look: the length, the first eight bytes and the last eight. Words of
/// at most sixteen bytes it tells apart altogether.
private struct WordKey: Equatable, Sendable {
  private var head: UInt64 = 0
  /// 0 for a word that ends with its head; of one longer than `longest` its middle is mixed in.
  private var tail: UInt64 = 0
  private var length: UInt32 = 0

  /// Longer words may have the key of another.
  static let longest = 16

  init() {}

  init(_ word: UnsafeBufferPointer<UInt8>) {
    self.init(.init(0..<word.count, head: EightBytes(word, at: 0).bits), of: word)
  }

  @inline(__always)
  init(_ word: SurfaceTable.FoundWord, of text: UnsafeBufferPointer<UInt8>) {
    head = word.head
    length = word.length
    guard length > 8 else { return }
    let rest = Int(length) &- 8
    tail = EightBytes(text, at: word.start &+ rest).bits
    if length > Self.longest { tail ^= EightBytes(text, at: word.start &+ rest / 2).bits &* 3 }
  }

  @inline(__always)
  var hash: UInt64 {
    let mixed = head ^ tail &* 0xd6e8_feb8_6659_fd93 ^ UInt64(length) &<< 58
    let product = mixed.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return (product.high ^ product.low) &* 0xd6e8_feb8_6659_fd93
  }
}
