/// Byte strings, numbered in the order they are first seen: `d7` is 0, `d2` is 1, `d7` is 0 again.
///
/// Ids are compared by their bytes: to Swift's `String` the two spellings of "é" are one.
struct ByteTable: Sendable, Hashable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Open addressing: number + 1 at the hash of each string, 0 where a slot is free. The count is a
  /// power of two and at least twice the number of strings.
  private var slots: [Int32] = []

  init() {}

  init(_ strings: some Sequence<String>) {
    for string in strings { insert(Array(string.utf8).span) }
  }

  var count: Int { ends.count }

  /// The string of this number.
  subscript(_ number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

  /// The number of `string`, which is added if it is new.
  ///
  /// - Complexity: O(m) amortized, m its bytes.
  @discardableResult
  mutating func insert(_ string: Span<UInt8>) -> (number: Int, isNew: Bool) {
    if (count + 1) * 2 > slots.count { grow() }
    var slot = Self.hash(string) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isEqual(number, string) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    for index in string.indices { bytes.append(string[index]) }
    ends.append(bytes.count)
    slots[slot] = Int32(count)
    return (count - 1, true)
  }

  /// The number of `string`; nil if it is not here.
  func number(of string: Span<UInt8>) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.hash(string) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isEqual(number, string) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  func number(of string: String) -> Int? { number(of: Array(string.utf8).span) }

  /// Empties the table and keeps its room.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }
}

extension ByteTable {
  private func range(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  private func isEqual(_ number: Int, _ string: Span<UInt8>) -> Bool {
    let range = range(of: number)
    guard range.count == string.count else { return false }
    for index in string.indices where bytes[range.lowerBound + index] != string[index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: max(16, slots.count * 2))
    for number in 0..<count {
      var slot = Self.hash(bytes.span.extracting(range(of: number))) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  /// FNV-1a, the high bits folded down: docnos differ in their last bytes.
  @inline(__always)
  private static func hash(_ string: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in string.indices { hash = (hash ^ UInt64(string[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7fff_ffff_ffff_ffff)
  }
}
